package postil

import (
	"slices"

	"postil/internal/match"
)

// mention is a stretch of the text and the terms it may name.
type mention struct {
	first, last uint32 // tokens, inclusive
	start, end  uint32 // bytes
	from, to    uint32 // its matches
	term        uint32
	entry       uint32 // of the term in work.terms
	detail      int32  // 1 + place in decider.details; 0 if it has none
	weak        bool   // all matches are weak
	settled     bool   // the document itself says what it means
	plain       bool   // names one term that asks for no evidence
	score       float64
}

// name makes m a mention of a term.
func (w *work) name(m *mention, term uint32) {
	m.term, m.entry = term, w.terms.enter(term)
}

// group makes one mention of the matches of one stretch, and enters the terms of
// those that can mean one thing only.
func (a *Annotator) group(w *work) {
	a.addDefined(w)
	n := 0
	for i := 0; i < len(w.matches); i = w.stretch(i) {
		n++
	}
	w.mentions = slices.Grow(w.mentions[:0], n)
	for i := 0; i < len(w.matches); {
		x, j := &w.matches[i], w.stretch(i)
		w.mentions = append(w.mentions, mention{
			first: x.First, last: x.Last, start: x.Start, end: x.End, from: uint32(i), to: uint32(j),
		})
		w.judge(&w.mentions[len(w.mentions)-1])
		i = j
	}
}

// stretch is the end of the matches of the stretch that match i is of.
func (w *work) stretch(i int) int {
	x := &w.matches[i]
	j := i + 1
	for j < len(w.matches) && w.matches[j].Start == x.Start && w.matches[j].End == x.End {
		j++
	}
	return j
}

// judge says of a mention whether there is anything to decide.
func (w *work) judge(m *mention) {
	m.weak = w.dropWeak(m)
	form := w.shortForm(m)
	m.settled = w.decider.settles(form)
	if m.weak || !oneTerm(w.matchesOf(m)) {
		return
	}
	x := &w.matches[m.from]
	w.name(m, x.Term)
	e := &w.terms.entries[m.entry]
	e.present = true
	if x.Flags.Asks() || x.Flags.Word() && w.doc.Shouted(int(m.first)) {
		return
	}
	m.plain = !m.settled
	if m.plain || w.decider.means(form, x.Term) {
		e.often++
		e.named = e.named || m.last > m.first
	}
}

func (w *work) matchesOf(m *mention) []match.Match { return w.matches[m.from:m.to] }
