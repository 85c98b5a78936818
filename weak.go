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
func (w *work) dropWeak(m *mention) (weak bool) {
	if kept := w.keep(m, func(x *match.Match) bool { return !x.Flags.Weak() }); kept > m.from {
		m.to = kept
		return false
	}
	return true
}

// keep moves the matches of a mention that are wanted to the front, and returns
// their end.
func (w *work) keep(m *mention, wanted func(*match.Match) bool) (end uint32) {
	end = m.from
	for i := m.from; i < m.to; i++ {
		if x := w.matches[i]; wanted(&x) {
			w.matches[end], w.matches[i] = x, w.matches[end]
			end++
		}
	}
	return end
}

// decideWeak chooses among the terms of a weak mention those that the text
// names. It reports whether it could, or whether their context must decide.
func (w *work) decideWeak(m *mention) bool {
	kept := w.keep(m, func(x *match.Match) bool {
		e := w.terms.find(x.Term)
		return e != nil && e.present
	})
	x := &w.matches[m.from]
	w.name(m, x.Term)
	if m.score = scoreUnnamed; kept == m.from {
		return true
	}
	m.score, m.to = scoreWeak, kept
	return !x.Flags.Evidence() && oneTerm(w.matchesOf(m))
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
