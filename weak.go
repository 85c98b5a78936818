package postil

import "postil/internal/match"

// A weak form is short or derived and may mean something else as well. It names
// its term where the text names the term by another form too, or defines it.

// Scores of weak forms.
const (
	scoreWeak    = 0.7 // the text names the term otherwise
	scoreUnnamed = 0.1 // it does not
)

// dropWeak takes the weak matches of a mention out if it has others; it reports
// whether there are none but weak ones.
func (a *Annotator) dropWeak(w *work, m *mention) (weak bool) {
	kept := m.from
	for i := m.from; i < m.to; i++ {
		if x := w.matches[i]; !a.dict.Weak(x.Form) {
			w.matches[kept], w.matches[i] = x, w.matches[kept]
			kept++
		}
	}
	if kept == m.from {
		return true
	}
	m.to = kept
	return false
}

// decideWeak chooses among the terms of a weak mention those that the text
// names. It reports whether it could, or whether their context must decide.
func (a *Annotator) decideWeak(w *work, m *mention) bool {
	kept := m.from
	for i := m.from; i < m.to; i++ {
		if x := w.matches[i]; a.names(w, x.Term) {
			w.matches[kept], w.matches[i] = x, w.matches[kept]
			kept++
		}
	}
	m.term, m.score = w.matches[m.from].Term, scoreUnnamed
	if kept == m.from {
		return true
	}
	m.to = kept
	if m.score = scoreWeak; a.attributes(m.term).evidence() {
		return false
	}
	return oneTerm(w.matches[m.from:kept])
}

// names reports whether the text names a term by a form that is not weak and
// that no other term shares.
func (a *Annotator) names(w *work, term uint32) bool {
	d := &w.decider
	if !d.listed {
		d.listed = true
		d.present = map[uint32]bool{}
		for i := range w.mentions {
			m := &w.mentions[i]
			if !m.weak && oneTerm(w.matches[m.from:m.to]) {
				d.present[w.matches[m.from].Term] = true
			}
		}
	}
	return d.present[term]
}

// oneTerm reports whether matches, of which there is one at least, are all of
// one term.
func oneTerm(matches []match.Match) bool {
	for _, x := range matches[1:] {
		if x.Term != matches[0].Term {
			return false
		}
	}
	return true
}
