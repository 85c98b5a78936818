package abbrev

import (
	"testing"
)

// naiveMarks are the places that a marker may not miss: opening brackets, and of
// each word the second capital.
func naiveMarks(text string) (at []int) {
	caps := 0
	for i := range len(text) {
		switch c := class[text[i]]; {
		case bracketAt(text, i) > 0:
			at = append(at, i)
			caps = 0
		case c&isUpper != 0:
			if caps++; caps == 2 {
				at = append(at, i)
			}
		case !inCapitalWord(text[i]):
			caps = 0
		}
	}
	return at
}

func FuzzMarker(f *testing.F) {
	for _, text := range []string{
		"", "A", "AB", "aA", "the CMA (UK)", "McKinsey & Co", "A-b/C&D", "word WORD woRD", "a（B）C", "[[((AA))]]",
		"AaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaB", "aaaaaaaA Aaaaaaa(", "1234567AB",
		"É\u00c0AB\x01\x00A\x00B", "A.B.C", "'N'A", "AAAAAAAAAAAAAAAA", "A\nB", "\xef\xbc\x88X Y",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		marked := map[int]bool{}
		var m marker
		for i := 0; i < len(text); i += 8 {
			marks := m.at(text, i)
			if marks&^highs != 0 {
				t.Fatalf("%q: marks %x of byte %d are not in the highest bits", text, marks, i)
			}
			for k := range 8 {
				marked[i+k] = marks>>(8*k)&0x80 != 0
			}
		}
		for _, i := range naiveMarks(text) {
			if !marked[i] {
				t.Fatalf("%q: no mark at byte %d", text, i)
			}
		}
	})
}
