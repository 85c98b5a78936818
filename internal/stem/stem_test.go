package stem

import (
	"testing"

	"github.com/blevesearch/bleve/v2/analysis"
)

// appending is a filter that adds a letter.
type appending byte

func (a appending) Filter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range in {
		t.Term = append(t.Term[:len(t.Term):len(t.Term)], byte(a))
	}
	return in
}

func TestWith(t *testing.T) {
	f := With(func(w []byte) bool { return string(w) == "same" }, appending('b'), appending('c'))
	word := []byte("a")
	for range 3 {
		if got := string(f(word)); got != "abc" || string(word) != "a" {
			t.Fatalf("got %q of %q", got, word)
		}
		if got := string(f([]byte("same"))); got != "same" {
			t.Fatalf("got %q", got)
		}
	}
}
