package live_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"postil"
	"postil/internal/live"
	"postil/internal/store/storetest"
)

// TestBadArticles: what cannot be indexed stores nothing, not even for a moment.
func TestBadArticles(t *testing.T) {
	a := annotator(t)
	for name, x := range map[string]postil.Article{
		"no id":                 {Text: "x"},
		"an id of 2 KB":         {ID: strings.Repeat("x", 2<<10), Text: "x"},
		"an id that is no text": {ID: "\xff", Text: "x"},
		"an id of two lines":    {ID: "a\nb", Text: "x"},
		"a text that is none":   {ID: "a", Text: "\xff\xfe"},
		"a title that is none":  {ID: "a", Title: "\xff", Text: "x"},
		"an address not UTF-8":  {ID: "a", Text: "x", URL: "https://example.org/\xff"},
		"a heading not UTF-8":   {ID: "a", Text: "x", Headings: []string{"\xc3"}},
	} {
		st := &storetest.Faulty{Store: &storetest.Memory{}}
		if _, _, err := open(a, st).Put(t.Context(), x, always); err == nil {
			t.Errorf("%s is taken", name)
		}
		if n := st.Calls(); n > 0 {
			t.Errorf("%s costs %d calls to the store", name, n)
		}
	}
}

// TestOddIDs: ids never become keys of the store.
func TestOddIDs(t *testing.T) {
	a, st := annotator(t), &storetest.Memory{}
	x := open(a, st)
	want := builtWords()
	for i, id := range []string{"a/b", "../../x", "/", ".", "größe", "<img src=x>", `"`, "a b", strings.Repeat("x", 512)} {
		want[id] = fmt.Sprint("w", i)
		put(t, x, id, want[id])
	}
	expect(t, "with odd ids", view(t, open(a, st)), want)
	for _, key := range segments(t, st) {
		if strings.Count(key, "/") != 4 {
			t.Errorf("%q has part of an id", key)
		}
	}
	if err := x.Delete(t.Context(), "../../x", always); err != nil {
		t.Fatal(err)
	}
	delete(want, "../../x")
	expect(t, "one of them deleted", view(t, open(a, st)), want)
	for _, id := range []string{"", "\xff", strings.Repeat("x", 2<<10)} {
		if err := x.Delete(t.Context(), id, always); !errors.Is(err, postil.ErrNoArticle) {
			t.Errorf("deleting %.10q: %v", id, err)
		}
	}
}

// crowd is an archive of many segments, all of one article.
func crowd(t *testing.T) (x *live.Archive, want map[string]string) {
	t.Helper()
	x, want = open(annotator(t), &storetest.Memory{}), builtWords()
	for i := range 40 {
		id := fmt.Sprintf("new-%02d", i)
		want[id] = fmt.Sprint("w", i)
		put(t, x, id, want[id])
	}
	return x, want
}

// TestWideQueries: what fits everything finds everything; what has too many parts
// is refused.
func TestWideQueries(t *testing.T) {
	x, want := crowd(t)
	v := view(t, x)
	for _, text := range []string{"*", "text:*", "?*", "/.*/", "text:/.+/", "cma*", "+* -zzz", `published:>"1700-01-01"`} {
		r, err := v.Search(postil.SearchQuery{Text: text, Scope: postil.ScopeArticles, Limit: 5})
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if r.Total != len(want) || len(r.Articles) != 5 {
			t.Errorf("%s finds %d of %d", text, r.Total, len(want))
		}
	}
	_, err := v.Search(postil.SearchQuery{Text: strings.Repeat("a ", 2000), Scope: postil.ScopeArticles})
	if !errors.Is(err, postil.ErrTooComplex) {
		t.Errorf("2,000 clauses: %v", err)
	}
	_, err = v.Search(postil.SearchQuery{Text: strings.Repeat("ab ", 10000), Scope: postil.ScopeArticles})
	if !errors.Is(err, postil.ErrTooLong) {
		t.Errorf("10,000 clauses: %v", err)
	}
}

// TestDeepPaging goes to the last page, one hit at a time: each article comes
// once, although the segments are merged on the way.
func TestDeepPaging(t *testing.T) {
	x, want := crowd(t)
	v := view(t, x)
	seen := map[string]bool{}
	q := postil.SearchQuery{Text: "cma", Scope: postil.ScopeArticles, Limit: 1}
	for {
		r, err := v.Search(q)
		if err != nil {
			t.Fatal(err)
		}
		for _, h := range r.Articles {
			if seen[h.ID] {
				t.Fatalf("%s comes twice", h.ID)
			}
			seen[h.ID] = true
		}
		if q.Cursor = r.Next; q.Cursor == "" {
			break
		}
		if len(seen) == 20 {
			if err := x.Compact(t.Context()); err != nil {
				t.Fatal(err)
			}
			v = view(t, x)
		}
	}
	if len(seen) != len(want) {
		t.Errorf("%d articles on all pages, want %d", len(seen), len(want))
	}
}
