package postil_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"postil"
)

// inserted are the tags that MarkHTML adds; in an end tag's place only they can
// stand, as the cases have no span of their own with this class.
var inserted = regexp.MustCompile(`<span class="postil" data-postil="[^"]*">([^<]*)</span>`)

func TestHTMLCases(t *testing.T) {
	forEachCase(t, func(t *testing.T, a *postil.Annotator, c annotateCase) {
		if c.HTML == "" {
			return
		}
		marked, r, err := a.MarkHTML(nil, c.HTML, c.Options)
		if err != nil {
			t.Fatal(err)
		}
		if got := inserted.ReplaceAllString(string(marked), "[$1]"); got != c.Marked {
			t.Errorf("marked\n%s\nwant\n%s", got, c.Marked)
		}
		checkHTML(t, a, c.HTML, string(marked), r, c.Options)
	})
}

// TestExpandedAgain says what one form is short for more often than forms are compared;
// what another one is must be heard.
func TestExpandedAgain(t *testing.T) {
	a := open(t,
		postil.Term{ID: "agi", Label: "Artificial general intelligence", Abbreviations: []string{"AGI"}},
		postil.Term{ID: "cma", Label: "Competition and Markets Authority", Abbreviations: []string{"CMA"}},
	)
	page := strings.Repeat("<p><abbr title='Artificial general intelligence'>AGI</abbr></p>", 300) +
		"<p>The <abbr title='Country Music Association'>CMA</abbr>.</p>"
	r, err := a.AnnotateHTML(page, postil.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Annotations) != 300 {
		t.Errorf("%d annotations, want the 300 of AGI", len(r.Annotations))
	}
}

// checkHTML holds for every page: without the inserted tags it is the source,
// the ranges lie in the source in order, and annotating again adds nothing.
func checkHTML(t *testing.T, a *postil.Annotator, src, marked string, r *postil.Result, o postil.Options) {
	t.Helper()
	if got := inserted.ReplaceAllString(marked, "$1"); got != src {
		t.Fatalf("without the tags it is\n%q\nnot\n%q", got, src)
	}
	for _, x := range r.Annotations {
		ranges := x.Ranges
		if ranges == nil {
			ranges = []postil.Range{{Start: x.Start, End: x.End}}
		}
		last := x.Start
		for _, y := range ranges {
			if y.Start < last || y.End <= y.Start || strings.Contains(slice(src, y.Start, y.End, r.Offsets), "<") {
				t.Fatalf("range %v of %+v in %q", y, x, src)
			}
			last = y.End
		}
		if last != x.End {
			t.Fatalf("%+v ends at %d", x, last)
		}
	}
	again, _, err := a.MarkHTML(nil, marked, o)
	if err != nil || string(again) != marked {
		t.Fatalf("annotated twice it is\n%s\nnot\n%s (%v)", again, marked, err)
	}
}

func FuzzHTML(f *testing.F) {
	a := open(f, postil.Term{ID: "ai", Label: "AI"}, postil.Term{ID: "sov", Label: "sovereign AI"}, postil.Term{ID: "x", Label: "b c"})
	f.Add("<p>sovereign <b>AI</b> &amp; <a>AI</a> b\r\nc<table>AI<td>b c")
	f.Fuzz(func(t *testing.T, src string) {
		if !utf8.ValidString(src) || strings.Contains(src, "postil") {
			return
		}
		marked, r, err := a.MarkHTML(nil, src, postil.Options{})
		if err != nil {
			t.Fatal(err)
		}
		checkHTML(t, a, src, string(marked), r, postil.Options{})
	})
}
