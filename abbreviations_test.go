package postil_test

import (
	"testing"

	"postil"
)

// TestAbbreviations checks which term each definition of a short form is of, also where
// a text defines it twice.
func TestAbbreviations(t *testing.T) {
	a := open(t,
		postil.Term{ID: "cma", Label: "Competition and Markets Authority", Abbreviations: []string{"CMA"}},
		postil.Term{ID: "music", Label: "Country Music Awards", Hidden: true},
	)
	text := "The Competition and Markets Authority (CMA) acts. The Capital Markets Association (CMA) sits. " +
		"The UK Competition & Markets Authority (CMA) waits. The Country Music Awards (CMA) are given."
	r, err := a.Annotate(text, postil.Options{Abbreviations: true})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"cma", "", "cma", ""}
	if len(r.Abbreviations) != len(want) {
		t.Fatalf("%d abbreviations, want %d: %v", len(r.Abbreviations), len(want), r.Abbreviations)
	}
	for i, x := range r.Abbreviations {
		if x.Term != want[i] || x.Short.Text != "CMA" {
			t.Errorf("%s (%s) is %q, want %q", x.Long.Text, x.Short.Text, x.Term, want[i])
		}
	}
}
