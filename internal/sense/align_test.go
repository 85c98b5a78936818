package sense

import (
	"math"
	"testing"
)

func TestAlign(t *testing.T) {
	cases := []struct {
		form, name             string
		initial, part, missing float64
		skipped                int
	}{
		{"AGI", "artificial general intelligence", 1, 0, 0, 0},
		{"CMA", "Competition and Markets Authority", 1, 0, 0, 0},
		{"HPV", "human papillomavirus", 2. / 3, 1. / 3, 0, 0},
		{"AMD", "age-related macular degeneration", 1, 0, 0, 0},
		{"AGE", "advanced glycation end products", 1, 0, 0, 1},
		{"AAA", "aplastic anemia", 2. / 3, 0, 0, 0},
		{"IL17", "interleukin 17", 0.5, 0, 0, 0},
		{"B12", "vitaminb12", 0, 1. / 3, 0, 0},
		{"XYZ", "none of these", 0, 0, 1, 2},
		{"DoJ", "Department of Justice", 1, 0, 0, 0},
		{"A", "", 0, 0, 1, 0},
		{"ÄÖ", "Ärztliche Österreichische", 1, 0, 0, 0},
	}
	a := aligner{
		stop: func(w string) bool { return w == "and" || w == "of" },
		word: func(w string) bool { return w == "virus" },
	}
	for _, c := range cases {
		got := a.align(c.form, c.name)
		near := func(x, y float64) bool { return math.Abs(x-y) < 1e-9 }
		if !near(got.initial, c.initial) || !near(got.part, c.part) || !near(got.missing, c.missing) || got.skipped != c.skipped {
			t.Errorf("%s, %s: got %+v", c.form, c.name, got)
		}
	}
}

func TestIsAbbreviation(t *testing.T) {
	for form, want := range map[string]bool{"AGI": true, "IL-17": true, "mRNA": true, "TPUs": true, "Azure": false, "New York": false, "a": false, "X": false, "DG COMP": false, "ABCDEFGHIJKLM": false, "": false} {
		if isAbbreviation(form) != want {
			t.Errorf("%q: want %v", form, want)
		}
	}
}

func TestEachPart(t *testing.T) {
	var got []string
	eachPart("a bc d", func(s string) { got = append(got, s) })
	want := []string{"a", "a bc", "a bc d", "bc", "bc d", "d"}
	if len(got) != len(want) {
		t.Fatal(got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatal(got)
		}
	}
}
