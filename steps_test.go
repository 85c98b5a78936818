package postil

import (
	"fmt"
	"strings"
	"testing"
)

// steps is how much work an annotation was, counted and not timed: nodes of the
// trie, matches, what the search for abbreviations did, and the words that
// decisions looked at.
func (w *work) steps() int {
	return w.doc.Steps() + len(w.doc.Tokens) + len(w.matches) + w.abbrev.Steps() + w.context.steps
}

// TestLinear doubles texts that are made to take long: the work no more than
// doubles, and is bounded by the length of the text.
func TestLinear(t *testing.T) {
	a := adversary(t)
	long := strings.Repeat("d ", 31) + "d"
	for name, unit := range map[string]string{
		"one letter":             "a",
		"a letter as words":      "a ",
		"words of long forms":    "d ",
		"all but the last word":  long[:len(long)-1] + "x ",
		"prefixes":               "d. d d. d d d. d d d d. d d d d d. d d d d d d. ",
		"nested":                 "a b c a b c ",
		"no space":               "x1",
		"zero-width joiners":     "\u200d",
		"zero-width spaces":      "d\u200b",
		"combining marks":        "a\u0301\u0301\u0301",
		"decisions":              "shared word evidence ",
		"many decisions":         "f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 ",
		"definitions":            "Alpha Beta (AB) and AB. ",
		"brackets":               "(A ",
		"nested brackets":        "((((AB))))",
		"capitals":               "ABC DEF GHI ",
		"capitals to be defined": "AB CD EF, Alpha Beta, ",
		"plural short forms":     "Alpha Betas (ABs) ABs ",
		"signs":                  "C++C++ ",
		"addresses":              "http://a/d/d/d/",
		"han":                    "人工智能",
		"lines":                  "d\n",
		"blank lines":            "d\n\n",
	} {
		t.Run(name, func(t *testing.T) {
			const size = 1 << 16
			text := strings.Repeat(unit, size/len(unit))
			small, large := count(t, a, text), count(t, a, text+text)
			t.Logf("%.1f steps a byte", float64(small)/float64(len(text)))
			if large > 2*small+small/10+1000 {
				t.Errorf("%d steps for %d bytes, %d for twice as many", small, len(text), large)
			}
			if most := 32 * len(text); small > most {
				t.Errorf("%d steps for %d bytes, want at most %d", small, len(text), most)
			}
		})
	}
}

func count(t *testing.T, a *Annotator, text string) int {
	t.Helper()
	o := Options{MinScore: -1, Overlaps: OverlapsAll, Abbreviations: true}
	w := new(work)
	if _, err := a.annotate(w, text, o); err != nil {
		t.Fatal(err)
	}
	return w.steps()
}

// adversary has forms with which the texts of TestLinear take long.
func adversary(t *testing.T) *Annotator {
	t.Helper()
	terms := []Term{
		{ID: "long", Label: strings.TrimSpace(strings.Repeat("d ", MaxWords))}, {ID: "d", Label: "d"}, {ID: "dd", Label: "d d"}, {ID: "ddd", Label: "d d d"},
		{ID: "abc", Label: "a b c"}, {ID: "bc", Label: "b c"}, {ID: "bca", Label: "b c a b"}, {ID: "c", Label: "c"}, {ID: "cpp", Label: "C++"},
		{ID: "ab", Label: "Alpha Beta"}, {ID: "abx", Label: "Alpha Beta gamma", Abbreviations: []string{"AB"}}, {ID: "ki", Label: "人工智能"},
		{ID: "s1", Label: "first", Aliases: []string{"shared"}, Context: []string{"word"}}, {ID: "s2", Label: "second", Aliases: []string{"shared"}},
		{ID: "e", Label: "evidence", Evidence: true, Context: []string{"shared"}},
	}
	for i := range 10 {
		terms = append(terms, Term{ID: fmt.Sprint("f", i), Label: fmt.Sprint("f", i), Evidence: true, Context: []string{"word"}})
	}
	data, err := Compile(terms, CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}
