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
	d.defined, d.other = nil, nil
	for _, p := range w.pairs {
		short := w.doc.Text[p.ShortStart:p.ShortEnd]
		term := a.termAt(w, p)
		if term == nobody {
			if short == strings.ToLower(short) {
				continue // a word may be explained and go on to mean what it does
			}
			if d.other == nil {
				d.other = map[string]bool{}
			}
			d.other[short] = true
			continue
		}
		if d.defined == nil {
			d.defined = map[string]uint32{}
		}
		if _, ok := d.defined[short]; !ok {
			d.defined[short] = term
		}
	}
	if n := len(w.matches); len(w.pairs) > 0 {
		if len(d.defined) > 0 {
			a.addShorts(w)
		}
		a.addExpanded(w)
		if len(w.matches) > n {
			slices.SortStableFunc(w.matches, func(x, y match.Match) int {
				return cmp.Or(cmp.Compare(x.First, y.First), cmp.Compare(x.Last, y.Last), cmp.Compare(x.Term, y.Term))
			})
		}
	}
}

// termAt returns the term that the long form of a pair names, or nobody.
func (a *Annotator) termAt(w *work, p abbrev.Pair) uint32 {
	for i := w.matchAt(uint32(p.LongStart)); i < len(w.matches) && int(w.matches[i].Start) == p.LongStart; i++ {
		if int(w.matches[i].End) == p.LongEnd {
			return w.matches[i].Term
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
	var firsts [256]bool
	var longest uint32
	for short := range w.decider.defined {
		firsts[short[0]] = true
		longest = max(longest, uint32(len(short)))
	}
	known := len(w.matches)
	for first, t := range w.doc.Tokens {
		if !firsts[w.doc.Text[t.Start]] {
			continue
		}
		for last := first; last < len(w.doc.Tokens) && w.doc.End(last)-t.Start <= longest+1; last++ {
			end := w.doc.End(last)
			short := w.doc.Text[t.Start:end]
			term, ok := w.decider.defined[short]
			if !ok && w.doc.Tokens[last].Ending()&text.Plural != 0 {
				term, ok = w.decider.defined[short[:len(short)-1]]
			}
			if ok && !w.has(known, t.Start, term) {
				w.matches = append(w.matches, match.Match{
					First: uint32(first), Last: uint32(last), Start: t.Start, End: end, Term: term, Form: nobody,
				})
			}
		}
	}
}

// addExpanded adds the matches of longer names in which the document writes one
// of its own short forms: ES cell, where ES is defined as embryonic stem.
func (a *Annotator) addExpanded(w *work) {
	longs := map[string][]uint32{}
	var lengths [256]uint64 // of the short forms that begin with a byte, as bits
	for _, p := range w.pairs {
		short := w.doc.Text[p.ShortStart:p.ShortEnd]
		if _, ok := longs[short]; ok || len(short) > 63 {
			continue
		}
		if longs[short] = w.classes(p.LongStart, p.LongEnd); longs[short] != nil {
			lengths[short[0]] |= 1 << len(short)
		}
	}
	for i, t := range w.doc.Tokens {
		if lengths[w.doc.Text[t.Start]]&(1<<min(t.End-t.Start, 63)) == 0 {
			continue
		}
		if long := longs[w.doc.Text[t.Start:t.End]]; long != nil {
			w.matches = a.dict.FindExpanded(w.matches, &w.doc, i, long)
		}
	}
}

// classes are those of the tokens in a stretch of the text, nil if one of them
// is unknown.
func (w *work) classes(start, end int) (classes []uint32) {
	i, _ := slices.BinarySearchFunc(w.doc.Tokens, uint32(start), func(t match.Token, at uint32) int { return cmp.Compare(t.Start, at) })
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
