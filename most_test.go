package postil_test

import (
	"errors"
	"testing"

	"postil"
)

// TestMaxMentions refuses a text with more mentions than are wanted, and no other.
func TestMaxMentions(t *testing.T) {
	a := open(t, postil.Term{ID: "cma", Label: "CMA"})
	const text = "The CMA and the CMA."
	for most, want := range map[int]error{0: nil, 1: postil.ErrTooMany, 2: nil} {
		o := postil.Options{MaxMentions: most}
		for name, annotate := range map[string]func(string, postil.Options) (*postil.Result, error){"text": a.Annotate, "html": a.AnnotateHTML} {
			if _, err := annotate(text, o); !errors.Is(err, want) {
				t.Errorf("%s, at most %d: %v, want %v", name, most, err, want)
			}
		}
		if _, _, err := a.MarkHTML(nil, text, o); !errors.Is(err, want) {
			t.Errorf("marked, at most %d: %v, want %v", most, err, want)
		}
	}
}
