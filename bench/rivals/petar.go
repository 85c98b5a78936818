package rivals

import petar "github.com/petar-dambovaliev/aho-corasick"

// petarFinder asks the library for all matches. Its own leftmost-longest search
// of whole words gives wrong answers: it forgets a shorter form where a longer
// one is not a whole word, repeats forms that are inside others, and takes the
// bytes of other letters than ASCII's for characters.
type petarFinder struct{ automaton petar.AhoCorasick }

func buildPetar(forms []string) (Finder, error) {
	b := petar.NewAhoCorasickBuilder(petar.Opts{MatchKind: petar.StandardMatch, DFA: true})
	return petarFinder{b.Build(forms)}, nil
}

func (f petarFinder) Find(dst []Span, text []byte) []Span {
	it := f.automaton.IterOverlappingByte(text)
	for m := it.Next(); m != nil; m = it.Next() {
		if wholeWord(text, m.Start(), m.End()) {
			dst = add(dst, Span{m.Start(), m.End()})
		}
	}
	return dst
}
