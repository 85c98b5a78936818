package rivals

import (
	"bytes"

	coregx "github.com/coregx/ahocorasick"
)

// coregxFinder asks the library for all matches: its leftmost-longest search
// knows no words, so that it would lose a form to one that is inside a word. All
// come in one slice, which is why it gets some lines at a time.
type coregxFinder struct{ automaton *coregx.Automaton }

func buildCoregx(forms []string) (Finder, error) {
	a, err := coregx.NewBuilder().AddStrings(forms).Build()
	return coregxFinder{a}, err
}

// stretch is the least length of a text to search at once, in bytes.
const stretch = 16 << 10

func (f coregxFinder) Find(dst []Span, text []byte) []Span {
	for at := 0; at < len(text); {
		end := min(at+stretch, len(text))
		if n := bytes.IndexByte(text[end:], '\n'); n >= 0 {
			end += n + 1
		} else {
			end = len(text)
		}
		for _, m := range f.automaton.FindAllOverlapping(text[at:end]) {
			if s := (Span{at + m.Start, at + m.End}); wholeWord(text, s.Start, s.End) {
				dst = add(dst, s)
			}
		}
		at = end
	}
	return dst
}
