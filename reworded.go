package postil

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"postil/internal/abbrev"
	"postil/internal/match"
	"postil/internal/text"
)

// A text may define a short form of the glossary's in other words than the glossary:
// "the EU's Emissions Trading System (ETS)" where that is the EU Emissions Trading
// System, or "carbon capture, utilisation and storage (CCUS)". It means the term all
// the same if one of the names is the other with little more.

const (
	// maxReworded is how many terms of a document are compared by their names.
	maxReworded = 256
	// leastWords is how many words such names have in common at least.
	leastWords = 2
	// maxNameWords is how many words of a name are looked at: bits of a uint64.
	maxNameWords = 64
)

// reworded looks for the term that has the short form of a pair among its forms and
// is called by the long form in other words: nobody if there is none. It reports
// false if the long form says too little, as "Court of Justice" does for CJEU.
func (a *Annotator) reworded(w *work, p abbrev.Pair) (term uint32, says bool) {
	alike := w.matchesAt(p.ShortStart, p.ShortEnd)
	for i := range alike {
		if term := alike[i].Term; w.endsAs(term, p) {
			return term, true
		}
	}
	if len(alike) == 0 {
		return nobody, true
	}
	return a.called(w, alike, w.doc.Text[p.LongStart:p.LongEnd], a.longWords(w, p))
}

// matchesAt are the matches of one stretch of the text.
func (w *work) matchesAt(start, end int) []match.Match {
	i := w.matchAt(uint32(start))
	for i < len(w.matches) && int(w.matches[i].Start) == start && int(w.matches[i].End) != end {
		i++
	}
	j := i
	for j < len(w.matches) && int(w.matches[j].Start) == start && int(w.matches[j].End) == end {
		j++
	}
	return w.matches[i:j]
}

// called is the term of one of the matches that is called by a long form, given with
// its words; nobody if there is none. It reports false if the long form says too
// little.
func (a *Annotator) called(w *work, matches []match.Match, long string, words []string) (term uint32, says bool) {
	term, says = nobody, true
	most := 0.0 // of the shares
	for i := range matches {
		if w.compared == maxReworded {
			break
		}
		w.compared++
		l := a.likeness(matches[i].Term, long, words)
		if l.share > most {
			most, term = l.share, matches[i].Term
		}
		says = says && !l.part
	}
	return term, says || term != nobody
}

// endsAs reports whether a longer mention of a term ends where the long form does:
// "the EU [Emissions Trading System] (ETS)".
func (w *work) endsAs(term uint32, p abbrev.Pair) bool {
	const longest = 200 // bytes that the mention begins before
	for i := w.matchAt(uint32(max(0, p.LongStart-longest))); i < len(w.matches) && int(w.matches[i].Start) < p.LongStart; i++ {
		if m := &w.matches[i]; m.Term == term && int(m.End) == p.LongEnd {
			return true
		}
	}
	return false
}

// longWords are the words of a pair's long form, none if it gives a value: "HR
// (hazard ratio 0.60)".
func (a *Annotator) longWords(w *work, p abbrev.Pair) []string {
	long := w.doc.Text[p.LongStart:p.LongEnd]
	if p.ShortStart < p.LongStart && strings.ContainsAny(long, "0123456789") {
		return []string{}
	}
	return a.nameWords(long)
}

// likeness is what the names of a term and a long form have in common.
type likeness struct {
	share float64 // of their words, from 2/3 to 1; 0 if the names differ
	part  bool    // the long form is in one of the names, but less than that
}

// likeness compares the label and the aliases of a term with a long form, given with
// its words.
func (a *Annotator) likeness(term uint32, form string, long []string) (l likeness) {
	r, err := a.record(int(term))
	if err != nil {
		return l
	}
	for _, name := range r.names() {
		words := a.nameWords(name)
		less, more := words, long
		if len(less) > len(more) {
			less, more = more, less
		}
		switch {
		case strings.EqualFold(name, form):
			l.share = 1
		case len(less) < leastWords || !within(less, more):
		case 2*len(more) <= 3*len(less):
			l.share = max(l.share, float64(len(less))/float64(len(more)))
		case len(more) == len(words):
			l.part = true
		}
	}
	return l
}

// within reports whether y has all the words of x.
func within(x, y []string) bool {
	used := uint64(0)
	for _, word := range x {
		found := false
		for k := 0; k < len(y) && !found; k++ {
			if used>>k&1 == 0 && sameStem(word, y[k]) {
				used |= 1 << k
				found = true
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// sameStem reports whether two words are the same or begin alike, as purchase and
// purchasing: with five letters or more, of which the longer word has half as many
// again at most.
func sameStem(x, y string) bool {
	n := 0
	for n < min(len(x), len(y)) && x[n] == y[n] {
		n++
	}
	return n == max(len(x), len(y)) || utf8.RuneCountInString(x[:n]) >= 5 && 3*n >= 2*max(len(x), len(y))
}

// nameWords are the words of a name in their normal form, without those that short
// forms skip and without numbers: the General Data Protection Regulation 2016/679.
func (a *Annotator) nameWords(name string) (words []string) {
	var buf [match.MaxTokens]text.Token
	for _, t := range text.Tokens(buf[:0], name) {
		token := name[t.Start:t.End]
		if abbrev.Skips(strings.ToLower(token)) || '0' <= token[0] && token[0] <= '9' {
			continue
		}
		if normal, _ := text.Normal(nil, token, a.dict.Language); len(normal) > 0 && len(words) < maxNameWords {
			words = append(words, string(normal))
		}
	}
	return words
}

// names are the label and the aliases of a term, as far as the record is sound.
func (r *record) names() (names []string) {
	d := jsontext.NewDecoder(bytes.NewBuffer(r.json))
	if _, err := d.ReadToken(); err != nil {
		return nil
	}
	for d.PeekKind() == jsontext.KindString {
		member, err := d.ReadToken()
		if err != nil {
			return names
		}
		name := member.String()
		value, err := d.ReadValue()
		if err != nil {
			return names
		}
		if name == "label" || name == "aliases" {
			names = appendTexts(names, value)
		}
	}
	return names
}

// appendTexts appends the strings in a JSON value.
func appendTexts(dst []string, value jsontext.Value) []string {
	d := jsontext.NewDecoder(bytes.NewBuffer(value))
	for {
		t, err := d.ReadToken()
		if err != nil {
			return dst
		}
		if t.Kind() == jsontext.KindString {
			dst = append(dst, t.String())
		}
	}
}
