package rivals

import bobusumisu "github.com/BobuSumisu/aho-corasick"

// bobusumisuFinder walks the trie itself: the library's Match allocates every
// match.
type bobusumisuFinder struct{ trie *bobusumisu.Trie }

func buildBobuSumisu(forms []string) (Finder, error) {
	return bobusumisuFinder{bobusumisu.NewTrieBuilder().AddStrings(forms).Build()}, nil
}

func (f bobusumisuFinder) Find(dst []Span, text []byte) []Span {
	f.trie.Walk(text, func(last, n, _ int64) bool {
		if s := (Span{int(last - n + 1), int(last + 1)}); wholeWord(text, s.Start, s.End) {
			dst = add(dst, s)
		}
		return true
	})
	return dst
}
