package postil_test

import (
	"encoding/json"
	"errors"
	"testing"

	"postil"
)

// TestOptionsJSON: options are the same once they are written and read; a value without
// a name is not written.
func TestOptionsJSON(t *testing.T) {
	want := postil.Options{Overlaps: postil.OverlapsNoSub, Occurrences: postil.OccurrencesFirst, Offsets: postil.UTF32}
	data, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	var got postil.Options
	if err := json.Unmarshal(data, &got); err != nil || got.Overlaps != want.Overlaps || got.Occurrences != want.Occurrences || got.Offsets != want.Offsets {
		t.Errorf("%s is %+v, %v", data, got, err)
	}
	for _, o := range []postil.Options{{Overlaps: 9}, {Occurrences: 9}, {Offsets: 9}} {
		data, err := json.Marshal(o)
		if bad := (*postil.ValueError)(nil); !errors.As(err, &bad) || bad.Value != "9" {
			t.Errorf("%+v: %s, %v", o, data, err)
		}
	}
}

// TestTermsLimit: a limit below zero is refused, by what goes through all terms as well.
func TestTermsLimit(t *testing.T) {
	a := open(t, postil.Term{ID: "a", Label: "A"})
	for _, err := range a.AllTerms(postil.TermQuery{Limit: -1}) {
		if bad := (*postil.ValueError)(nil); !errors.As(err, &bad) || bad.Option != "limit" {
			t.Errorf("the error is %v", err)
		}
		return
	}
	t.Error("no error")
}
