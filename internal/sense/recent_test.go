package sense

import (
	"strings"
	"testing"
)

// TestRecent asks for more words than Recent has places for, each more than once
// and some with a common beginning or end, and compares with the model.
func TestRecent(t *testing.T) {
	b := small()
	b.Vectors, b.Vocabulary = topics(t), 1000
	m := open(t, b)
	words := strings.Fields("guitar merger regulator competition authority artificial a an of internationalisation Merger m3rger né")
	for a := 'a'; a <= 'z'; a++ {
		for b := 'a'; b <= 'z'; b++ {
			words = append(words, string([]rune{a, b}), "abcdefgh"+string([]rune{a, b}), string([]rune{a, b})+"abcdefghijklmn")
		}
	}
	s := strings.Join(words, " ") + " and some more text"
	var r Recent
	for range 2 {
		at := 0
		for _, word := range words {
			w, ok, known := r.Word(m, s, at, at+len(word))
			if want, wantOK := m.Word(word); known && (w != want || ok != wantOK) {
				t.Fatalf("%q is %+v, %v, want %+v, %v", word, w, ok, want, wantOK)
			}
			if small := strings.Trim(word, "abcdefghijklmnopqrstuvwxyz") == ""; known != (small && len(word) <= maxRecent) {
				t.Fatalf("%q is known: %v", word, known)
			}
			at += len(word) + 1
		}
	}
}
