package postil

import (
	"errors"
	"runtime"
	"slices"
	"unicode/utf8"

	"postil/internal/abbrev"
	"postil/internal/markup"
	"postil/internal/match"
)

// work is the scratch memory of one annotation.
type work struct {
	doc      match.Document
	matches  []match.Match
	added    []match.Match // scratch
	mentions []mention
	terms    roster
	spans    []match.Span
	pairs    []abbrev.Pair
	meant    []uint32 // by pair: the term that its long form is, or nobody
	compared int      // terms by their names
	abbrev   abbrev.Finder
	useful   usefulness
	decider  decider
	own      own
	context  contextWords
	page     markup.Document
	sections []int32 // byte offsets where sections start, ascending
	// Stretches that must not be marked, and those of them that are marked
	// already; ascending, disjoint.
	skip, annotated []markup.Span
	expansions      []markup.Expansion // of the page's abbreviations
	shown           []match.Span       // mentions that are marked already
}

// Annotate finds the terms of the index in a plain text. Blank lines and short
// lines end a paragraph; no mention goes across. The error is ErrUTF8,
// ErrTooMany, a *ValueError or, of a damaged index, a *FormatError.
func (a *Annotator) Annotate(text string, o Options) (*Result, error) {
	w := a.work.Get().(*work)
	defer a.putBack(w)
	return a.annotate(w, text, o)
}

// putBack keeps w for another text. WebAssembly's memory is never given back, so
// there it does not keep what w has for hundreds of thousands of mentions, which few
// texts have. Elsewhere the collector soon empties the pool, and to make room anew is
// a tenth of the time of such a text.
func (a *Annotator) putBack(w *work) {
	const most = 1 << 16
	if runtime.GOARCH == "wasm" && cap(w.matches) > most {
		w.matches, w.added, w.mentions, w.spans = nil, nil, nil, nil
		w.decider.open = openMentions{}
	}
	a.work.Put(w)
}

func (a *Annotator) annotate(w *work, text string, o Options) (*Result, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if !utf8.ValidString(text) {
		return nil, ErrUTF8
	}
	f, err := a.newSelection(&o)
	if err != nil {
		return nil, err
	}
	w.doc.Reset(text)
	w.doc.Plain = true
	w.sections, w.skip, w.annotated, w.expansions = w.sections[:0], nil, nil, nil
	if o.Occurrences == OccurrencesSection {
		w.sections = plainSections(w.sections, text)
	}
	spans := a.spans(w, &o, f)
	return a.result(w, &o, spans)
}

// spans returns the mentions to be shown, in order; Index is the place in
// w.mentions.
func (a *Annotator) spans(w *work, o *Options, f *selection) []match.Span {
	w.matches = a.dict.Find(w.matches[:0], &w.doc)
	w.pairs = w.pairs[:0]
	switch {
	case o.Abbreviations:
		w.abbrev.Wanted = nil
		w.pairs = w.abbrev.Find(w.pairs, w.doc.Text)
	case len(w.matches) > 0:
		w.abbrev.Wanted = w.useful.of(a.dict, &w.doc, w.matches)
		w.pairs = w.abbrev.Find(w.pairs, w.doc.Text)
	}
	w.terms.reset()
	a.group(w)
	a.decide(w, o)
	w.spans, w.shown = slices.Grow(w.spans[:0], len(w.mentions)), w.shown[:0]
	for i := range w.mentions {
		m := &w.mentions[i]
		// A high MinScore must not bring out the names inside longer ones.
		if m.score < min(o.minScore(), DefaultMinScore) || !f.keeps(a, m.term) {
			continue
		}
		span := match.Span{First: m.first, Last: m.last, Start: m.start, End: m.end, Index: i}
		if !touches(w.skip, m) {
			w.spans = append(w.spans, span)
		} else if touches(w.annotated, m) {
			w.shown = append(w.shown, span)
		}
	}
	w.spans, w.shown = o.Overlaps.resolve(w.spans), o.Overlaps.resolve(w.shown)
	w.spans = slices.DeleteFunc(w.spans, func(s match.Span) bool {
		m := &w.mentions[s.Index]
		return m.score < o.minScore() || a.attributes(m.term).hidden()
	})
	return w.occurrences(o.Occurrences)
}

// touches reports whether a mention overlaps one of the spans, which are
// ascending and disjoint.
func touches(spans []markup.Span, m *mention) bool {
	i, _ := slices.BinarySearchFunc(spans, int(m.start), func(s markup.Span, at int) int {
		if s.End <= at {
			return -1
		}
		return 1
	})
	return i < len(spans) && spans[i].Start < int(m.end)
}

// minScore is the score from which mentions are kept.
func (o *Options) minScore() float64 {
	if o.MinScore == 0 {
		return DefaultMinScore
	}
	return o.MinScore
}

// selection keeps terms by the options Kinds, Terms and Exclude.
type selection struct {
	kinds    []bool // by number in meta.Kinds; nil keeps all
	terms    map[uint32]bool
	excluded map[uint32]bool
}

func (a *Annotator) newSelection(o *Options) (*selection, error) {
	f := &selection{}
	if len(o.Kinds) > 0 {
		f.kinds = make([]bool, len(a.meta.Kinds)+1)
		for _, k := range o.Kinds {
			i, ok := slices.BinarySearch(a.meta.Kinds, k)
			if !ok {
				return nil, &ValueError{Option: "kinds", Value: k, Allowed: a.meta.Kinds, Reason: "no term of the index has a kind"}
			}
			f.kinds[i+1] = true
		}
	}
	var err error
	if f.terms, err = a.numbers("terms", o.Terms); err != nil {
		return nil, err
	}
	f.excluded, err = a.numbers("exclude", o.Exclude)
	return f, err
}

// numbers looks up the ids given for an option.
func (a *Annotator) numbers(option string, ids []string) (map[uint32]bool, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	out := make(map[uint32]bool, len(ids))
	for _, id := range ids {
		n, err := a.number(id)
		if errors.Is(err, ErrNoTerm) {
			return nil, &ValueError{Option: option, Value: id, Reason: "the index has no such term"}
		}
		if err != nil {
			return nil, err
		}
		out[uint32(n)] = true
	}
	return out, nil
}

func (f *selection) keeps(a *Annotator, term uint32) bool {
	if f.kinds != nil {
		if k := a.attributes(term).kind; k >= len(f.kinds) || !f.kinds[k] {
			return false
		}
	}
	return (f.terms == nil || f.terms[term]) && !f.excluded[term]
}
