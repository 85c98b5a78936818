package postil

import (
	"cmp"
	"slices"
	"strings"

	"postil/internal/abbrev"
	"postil/internal/match"
	"postil/internal/text"
)

// addDefined notes which terms the document's own abbreviations stand for, and
// adds the mentions of those that the glossary does not know as forms.
func (a *Annotator) addDefined(w *work) {
	d := &w.decider
	clear(d.defined)
	clear(d.other)
	d.shorts.reset()
	if len(w.pairs) == 0 {
		return
	}
	d.define(a, w)
	n := len(w.matches)
	if len(d.defined) > 0 {
		a.addShorts(w)
	}
	a.addExpanded(w)
	w.mergeMatches(n)
}

// define fills in what the document itself says.
func (d *decider) define(a *Annotator, w *work) {
	if d.defined == nil {
		d.defined, d.other = map[string]uint32{}, map[string]bool{}
	}
	for _, p := range w.pairs {
		short := w.doc.Text[p.ShortStart:p.ShortEnd]
		if term := a.termAt(w, p); term != nobody {
			if _, ok := d.defined[short]; !ok {
				d.defined[short] = term
			}
		} else if short != strings.ToLower(short) { // a word may be explained and go on to mean what it does
			d.other[short] = true
		} else {
			continue
		}
		d.shorts.add(short)
	}
}

// mergeMatches puts the matches from n on into their places among those before.
func (w *work) mergeMatches(n int) {
	before := func(x, y match.Match) int {
		return cmp.Or(cmp.Compare(x.First, y.First), cmp.Compare(x.Last, y.Last), cmp.Compare(x.Term, y.Term))
	}
	added := w.matches[n:]
	if len(added) == 0 {
		return
	}
	slices.SortStableFunc(added, before)
	w.merged = w.merged[:0]
	for _, m := range w.matches[:n] {
		for len(added) > 0 && before(added[0], m) < 0 {
			w.merged, added = append(w.merged, added[0]), added[1:]
		}
		w.merged = append(w.merged, m)
	}
	w.matches, w.merged = append(w.merged, added...), w.matches
}

// termAt returns the term that the long form of a pair names, or nobody.
func (a *Annotator) termAt(w *work, p abbrev.Pair) uint32 {
	for i := w.matchAt(uint32(p.LongStart)); i < len(w.matches); i++ {
		m := &w.matches[i]
		// The long form may begin with an article that has been elided.
		if int(m.Start) != p.LongStart && int(w.doc.Tokens[m.First].Start) > p.LongStart {
			break
		}
		if int(m.End) == p.LongEnd {
			return m.Term
		}
	}
	return nobody
}

// matchAt is the place of the first match that starts at a byte or later.
func (w *work) matchAt(start uint32) int {
	i, _ := slices.BinarySearchFunc(w.matches, start, func(m match.Match, at uint32) int { return cmp.Compare(m.Start, at) })
	return i
}

// addShorts adds a match wherever the document has one of its own short forms
// as words of their own and the glossary knows no such form of the term.
func (a *Annotator) addShorts(w *work) {
	var starts filter // of the first tokens of those that have several
	longest, several := uint32(0), false
	for short := range w.decider.defined {
		if t := text.Tokens(nil, short); len(t) > 1 {
			starts.add(short[t[0].Start:t[0].End])
			longest, several = max(longest, uint32(len(short))), true
		}
	}
	known := len(w.matches)
	for first := range w.doc.Tokens {
		t := &w.doc.Tokens[first]
		if !w.decider.shorts.begins(w.doc.Text[w.doc.Start(first)]) {
			continue
		}
		w.addShort(known, first, first)
		if several && starts.has(w.doc.Text[t.Start:t.End]) {
			for last := first + 1; last < len(w.doc.Tokens) && w.doc.End(last)-t.Start <= longest+1; last++ {
				w.addShort(known, first, last)
			}
		}
	}
}

// addShort adds a match of tokens first to last, if they are one of the
// document's own short forms and not among the first matches, known by number.
func (w *work) addShort(known, first, last int) {
	d := &w.decider
	start, end := w.doc.Start(first), w.doc.End(last)
	short := w.doc.Text[start:end]
	term, ok := d.term(short)
	if !ok && w.doc.Tokens[last].Ending()&text.Plural != 0 {
		term, ok = d.term(short[:len(short)-1])
	}
	if ok && !w.has(known, start, term) {
		w.matches = append(w.matches, match.Match{
			First: uint32(first), Last: uint32(last), Start: start, End: end, Term: term, Form: nobody,
		})
	}
}

// term is what the document itself says a form means.
func (d *decider) term(form string) (uint32, bool) {
	if !d.shorts.has(form) {
		return 0, false
	}
	term, ok := d.defined[form]
	return term, ok
}

// addExpanded adds the matches of longer names in which the document writes one
// of its own short forms: ES cell, where ES is defined as embryonic stem.
func (a *Annotator) addExpanded(w *work) {
	longs := map[string][]uint32{}
	var shorts filter
	for _, p := range w.pairs {
		short := w.doc.Text[p.ShortStart:p.ShortEnd]
		if _, ok := longs[short]; ok || len(short) > 63 {
			continue
		}
		if longs[short] = w.classes(p.LongStart, p.LongEnd); longs[short] != nil {
			shorts.add(short)
		}
	}
	if shorts.empty() {
		return
	}
	for i := range w.doc.Tokens {
		t := &w.doc.Tokens[i]
		start := w.doc.Start(i)
		if !shorts.begins(w.doc.Text[start]) {
			continue
		}
		token := w.doc.Text[start:t.End]
		if !shorts.has(token) {
			continue
		}
		if long := longs[token]; long != nil {
			w.matches = a.dict.FindExpanded(w.matches, &w.doc, i, long)
		}
	}
}

// classes are those of the tokens in a stretch of the text, nil if one of them
// is unknown.
func (w *work) classes(start, end int) (classes []uint32) {
	i, _ := slices.BinarySearchFunc(w.doc.Tokens, uint32(start), func(t match.Token, at uint32) int { return cmp.Compare(t.Start, at) })
	if i > 0 && int(w.doc.Start(i-1)) >= start {
		i-- // an article has been elided
	}
	for ; i < len(w.doc.Tokens) && int(w.doc.Tokens[i].End) <= end; i++ {
		class := w.doc.Tokens[i].Class()
		if class == 0 {
			return nil
		}
		classes = append(classes, class)
	}
	return classes
}

// has reports whether one of the first n matches, which are sorted, is of the
// term and starts at a byte.
func (w *work) has(n int, start, term uint32) bool {
	known := w.matches[:n]
	i, _ := slices.BinarySearchFunc(known, start, func(m match.Match, at uint32) int { return cmp.Compare(m.Start, at) })
	for ; i < n && known[i].Start == start; i++ {
		if known[i].Term == term {
			return true
		}
	}
	return false
}
