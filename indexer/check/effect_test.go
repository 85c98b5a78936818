package check_test

import (
	"slices"
	"strings"
	"testing"

	"postil"
	"postil/indexer/check"
	"postil/indexer/source"
	"postil/language"
)

// TestIdleContext asks the engine about every term of the starter glossary that has
// context: it is said to be idle where no form of the term is decided by it.
func TestIdleContext(t *testing.T) {
	g, err := source.ReadGlossary("../../glossary")
	if err != nil {
		t.Fatal(err)
	}
	idle := map[string]bool{}
	for _, d := range check.Glossary(g) {
		if d.Code == "idle-context" {
			idle[d.Position.String()] = true
		}
	}
	data, err := postil.Compile(g.Terms, postil.CompileOptions{Language: "en", Languages: language.All()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	for i := range g.Terms {
		term := &g.Terms[i]
		if len(term.Context) == 0 {
			continue
		}
		is, decides := idle[g.At(i, "context").String()], decided(t, a, term)
		if is && decides || !is && !decides && !term.Hidden { // hidden ones are not shown where they are meant
			t.Errorf("%s: idle is %t, but the engine decides by context: %t", term.ID, is, decides)
		}
	}
}

// decided reports whether the engine decides on one of the term's forms by what
// stands around it.
func decided(t *testing.T, a *postil.Annotator, term *postil.Term) bool {
	t.Helper()
	for _, form := range slices.Concat([]string{term.Label}, term.Aliases, term.Abbreviations) {
		for text, written := range map[string]string{ // NATO, Nato; in a line of capitals
			"The " + form + " is.":                                 form,
			"The " + form[:1] + strings.ToLower(form[1:]) + " is.": form[:1] + strings.ToLower(form[1:]),
			"ALL THAT THE " + strings.ToUpper(form) + " IS":        strings.ToUpper(form),
		} {
			r, err := a.Annotate(text, postil.Options{Explain: true, Candidates: true, MinScore: -1, Overlaps: postil.OverlapsAll})
			if err != nil {
				t.Fatal(err)
			}
			for _, x := range r.Annotations {
				if x.Exact == written && slices.ContainsFunc(x.Reasons, func(r postil.Reason) bool { return r.Kind != "form" }) {
					return true
				}
			}
		}
	}
	return false
}
