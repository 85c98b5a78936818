package text

import (
	"strings"
	"testing"
)

// FuzzBlock compares blocks with one byte after another.
func FuzzBlock(f *testing.F) {
	f.Add(strings.Repeat("A word's end, 1.5_x: don't—und é. ", 3))
	f.Add(strings.Repeat("\x00\x1f !/09:;@AZ[_`az{\x7f\x80\xbf\xff", 4))
	f.Fuzz(func(t *testing.T, s string) {
		for i := 0; i+BlockSize <= len(s); i++ {
			b := BlockAt(s, i)
			for k := range BlockSize {
				c := s[i+k]
				if word := classes[c] >= extend; b.Word>>k&1 != 0 != word {
					t.Fatalf("%q: %q at %d: word is not %v", s, c, i+k, word)
				}
				if b.Space>>k&1 != 0 != (c == ' ') || b.Wide>>k&1 != 0 != (c >= 0x80) {
					t.Fatalf("%q: %q at %d: space or wide", s, c, i+k)
				}
			}
		}
	})
}
