package rivals

import coregx "github.com/coregx/ahocorasick"

// coregxFinder asks the library for all matches: its leftmost-longest search
// knows no words, so that it would lose a form before one that is inside a word.
type coregxFinder struct{ automaton *coregx.Automaton }

func buildCoregx(forms []string) (Finder, error) {
	a, err := coregx.NewBuilder().AddStrings(forms).Build()
	return coregxFinder{a}, err
}

func (f coregxFinder) Find(dst []Span, text []byte) []Span {
	for _, m := range f.automaton.FindAllOverlapping(text) {
		if wholeWord(text, m.Start, m.End) {
			dst = add(dst, Span{m.Start, m.End})
		}
	}
	return dst
}
