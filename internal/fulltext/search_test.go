package fulltext_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"postil/internal/fulltext"
)

var background = context.Background()

// library reads the articles that most tests use.
func library(t testing.TB) []fulltext.Article {
	t.Helper()
	b, err := os.ReadFile("testdata/articles.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	var out []fulltext.Article
	for d := json.NewDecoder(bytes.NewReader(b)); d.More(); {
		var a fulltext.Article
		if err := d.Decode(&a); err != nil {
			t.Fatal(err)
		}
		out = append(out, a)
	}
	return out
}

// segments makes one segment of so many articles each.
func segments(t testing.TB, articles []fulltext.Article, each int) []fulltext.Segment {
	t.Helper()
	var out []fulltext.Segment
	for part := range slices.Chunk(articles, each) {
		data, err := fulltext.Build(part, "")
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fulltext.Segment{ID: fmt.Sprint("s", len(out)), Data: data})
	}
	return out
}

func open(t testing.TB, s []fulltext.Segment, l fulltext.Limits) *fulltext.Index {
	t.Helper()
	x, err := fulltext.Open(s, fulltext.Options{Limits: l})
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func ids(hits []fulltext.Hit) string {
	var out []string
	for _, h := range hits {
		out = append(out, h.ID)
	}
	return strings.Join(out, " ")
}

// found returns the ids of the hits.
func found(t testing.TB, x *fulltext.Index, r fulltext.Request) string {
	t.Helper()
	res, err := x.Search(background, r)
	if err != nil {
		t.Fatalf("%+v: %v", r, err)
	}
	return ids(res.Hits)
}

func TestSearch(t *testing.T) {
	b, err := os.ReadFile("testdata/search.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range []int{100, 2} {
		x := open(t, segments(t, library(t), each), fulltext.Limits{})
		for line := range strings.Lines(string(b)) {
			q, want, ok := strings.Cut(strings.TrimSpace(line), "=>")
			if q, want = strings.TrimSpace(q), strings.TrimSpace(want); !ok {
				continue
			}
			res, err := x.Search(background, fulltext.Request{Text: q})
			if problem, bad := strings.CutPrefix(want, "! "); bad {
				var qe *fulltext.QueryError
				if !errors.As(err, &qe) || !strings.Contains(err.Error(), problem) {
					t.Errorf("%s: error %v; want %s", q, err, problem)
				}
			} else if err != nil {
				t.Errorf("%s: %v", q, err)
			} else if got := ids(res.Hits); got != want {
				t.Errorf("%s, %d to a segment: found %s; want %s", q, each, got, want)
			}
		}
	}
}

func TestLimits(t *testing.T) {
	x := open(t, segments(t, library(t), 3), fulltext.Limits{Terms: 20, Hits: 50})
	var many strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&many, "word%d ", i)
	}
	for name, c := range map[string]struct {
		r    fulltext.Request
		want error
	}{
		"many clauses":         {fulltext.Request{Text: strings.Repeat("a ", 2000)}, fulltext.ErrTooComplex},
		"long query":           {fulltext.Request{Text: many.String()}, fulltext.ErrTooLong},
		"long and approximate": {fulltext.Request{Text: strings.Repeat("a", 280) + "~2"}, fulltext.ErrTooComplex},
		"all terms":            {fulltext.Request{Text: "*"}, fulltext.ErrTooManyTerms},
		"all by regexp":        {fulltext.Request{Text: "/.*/"}, fulltext.ErrTooManyTerms},
		"less than none":       {fulltext.Request{Text: "cloud", Size: -1}, fulltext.ErrValue},
		"huge page":            {fulltext.Request{Text: "cloud", Size: 51}, fulltext.ErrValue},
		"sort":                 {fulltext.Request{Text: "cloud", Sort: []string{"text"}}, fulltext.ErrValue},
		"cursor":               {fulltext.Request{Text: "cloud", Cursor: "nonsense"}, fulltext.ErrCursor},
		"fragments":            {fulltext.Request{Text: "cloud", Highlight: &fulltext.Highlight{Size: 1e6}}, fulltext.ErrValue},
	} {
		if _, err := x.Search(background, c.r); !errors.Is(err, c.want) {
			t.Errorf("%s: error %v; want %v", name, err, c.want)
		}
	}
	done, cancel := context.WithCancel(background)
	cancel()
	if _, err := x.Search(done, fulltext.Request{Text: "cloud"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled search: %v", err)
	}
}

// TestPages follows cursors through all orders: the pages are the whole, cut.
func TestPages(t *testing.T) {
	x := open(t, segments(t, library(t), 3), fulltext.Limits{})
	for _, sort := range [][]string{nil, {"-_score"}, {"published"}, {"-published", "-_score"}, {"terms"}, {"_id"}, {"-url"}} {
		for _, text := range []string{"-nothing", "cloud training models authority"} {
			whole := found(t, x, fulltext.Request{Text: text, Size: 100, Sort: sort})
			var pages []string
			for cursor := ""; ; {
				res, err := x.Search(background, fulltext.Request{Text: text, Size: 1, Sort: sort, Cursor: cursor})
				if err != nil {
					t.Fatal(err)
				}
				pages = append(pages, ids(res.Hits))
				if cursor = res.Cursor; cursor == "" || len(pages) > 20 {
					break
				}
			}
			if got := strings.Join(pages, " "); got != whole {
				t.Errorf("%q by %v: pages %s; want %s", text, sort, got, whole)
			}
		}
	}
	res, err := x.Search(background, fulltext.Request{Text: "cloud", Size: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.Search(background, fulltext.Request{Text: "cloud", Size: 1, Sort: []string{"published"}, Cursor: res.Cursor}); !errors.Is(err, fulltext.ErrCursor) {
		t.Errorf("a cursor of another order: %v", err)
	}
}

func TestHighlight(t *testing.T) {
	articles := library(t)
	x := open(t, segments(t, articles, 3), fulltext.Limits{})
	res, err := x.Search(background, fulltext.Request{Text: "decision cloud", Highlight: &fulltext.Highlight{Size: 60, Fragments: 3}})
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]string{fulltext.FieldTitle: articles[0].Title, fulltext.FieldText: articles[0].Text}
	var all strings.Builder
	for _, f := range res.Hits[0].Fragments {
		if f.Text != fields[f.Field][f.Start:f.End] || len(f.Marks) == 0 {
			t.Errorf("fragment %+v is not what is there", f)
		}
		bare := strings.NewReplacer("<mark>", "", "</mark>", "").Replace(f.HTML())
		if html.UnescapeString(bare) != f.Text || strings.Contains(bare, "<") {
			t.Errorf("unsafe HTML: %s", f.HTML())
		}
		all.WriteString(f.HTML())
	}
	for _, want := range []string{"<mark>Cloud</mark> contracts", "<mark>cloud</mark>", "&lt;b&gt;No <mark>decision</mark>&lt;/b&gt;"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("%s: want %s", all.String(), want)
		}
	}
}

// TestHighlightOptional: a word that a hit need not have is marked in the one that
// has it, wherever the others stand.
func TestHighlightOptional(t *testing.T) {
	for _, text := range []string{"+market cloud", "+market cloud^3 chip", `+market "cloud chip"`, "+market clou*", "+market cloud~1 -nothing"} {
		for at := range 4 {
			var articles []fulltext.Article
			for i := range 4 {
				a := fulltext.Article{ID: fmt.Sprint(i), Text: "A market."}
				if i == at {
					a.Text = "A market for cloud chips."
				}
				articles = append(articles, a)
			}
			x := open(t, segments(t, articles, 3), fulltext.Limits{})
			for size := 1; size <= 4; size++ {
				res, err := x.Search(background, fulltext.Request{Text: text, Size: size, Highlight: &fulltext.Highlight{}})
				if err != nil {
					t.Fatal(err)
				}
				h := res.Hits[0]
				if h.ID != fmt.Sprint(at) || !strings.Contains(h.Fragments[0].HTML(), "<mark>cloud</mark>") {
					t.Errorf("%s, article %d, %d hits: %s: %s", text, at, size, h.ID, h.Fragments[0].HTML())
				}
			}
		}
	}
}

func TestArticle(t *testing.T) {
	articles := library(t)
	x := open(t, segments(t, articles, 3), fulltext.Limits{})
	for _, want := range articles {
		got, ok, err := x.Article(want.ID)
		want.Headings = nil
		if !ok || err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: %v, %v, %v; want %v", want.ID, got, ok, err, want)
		}
	}
	if _, ok, err := x.Article("none"); ok || err != nil {
		t.Errorf("an article that is not there: %v, %v", ok, err)
	}
	if n, err := x.Frequency(fulltext.FieldText, "accelər"); n != 0 || err != nil {
		t.Error(n, err)
	}
	if n, err := x.Frequency(fulltext.FieldTerms, "gpu"); n != 2 || err != nil {
		t.Error(n, err)
	}
}

func TestRelated(t *testing.T) {
	x := open(t, segments(t, library(t), 3), fulltext.Limits{})
	for id, want := range map[string]string{"chips": "training", "merger": "cloud", "none": "", "empty": ""} {
		hits, err := x.Related(background, id, 1)
		if err != nil || ids(hits) != want {
			t.Errorf("%s: related %q, %v; want %q", id, ids(hits), err, want)
		}
	}
	if got := found(t, x, fulltext.Request{Query: fulltext.Mentions("cma"), Sort: []string{"-published"}}); got != "merger cloud" {
		t.Errorf("mentions: %s", got)
	}
}

func TestSuggest(t *testing.T) {
	x := open(t, segments(t, library(t), 3), fulltext.Limits{})
	for typed, want := range map[string]string{
		"contr": "cloud", "cloud contr": "cloud", "partnersh": "merger", "modles": "open", "trianing": "training", "r": "cloud chips region",
		"dé": "region", "données": "region", "zzz": "", "": "", "  ": "", "exprot ru": "chips",
	} {
		hits, err := x.Suggest(background, typed, 3)
		got := strings.Fields(ids(hits))
		wanted := strings.Fields(want)
		slices.Sort(got)
		slices.Sort(wanted)
		if err != nil || !slices.Equal(got, wanted) {
			t.Errorf("%q: suggested %v, %v; want %v", typed, got, err, wanted)
		}
	}
}

// TestConcurrent searches one index from several goroutines.
func TestConcurrent(t *testing.T) {
	x := open(t, segments(t, library(t), 3), fulltext.Limits{})
	want := everything(t, x)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 5 {
				if got := everything(t, x); got != want {
					t.Error("another answer at the same time")
				}
			}
		})
	}
	all.Wait()
}

// TestNotes: a note is kept, terms keep their order, and names are suggested and
// not searched.
func TestNotes(t *testing.T) {
	want := fulltext.Article{ID: "a", Title: "Alpha", Text: "text", Terms: []string{"z", "m", "a", "q"}, Note: "1 2\nβ"}
	given := want
	given.Names = []string{"Omega point"}
	x := open(t, segments(t, []fulltext.Article{given, {ID: "b", Text: "other"}}, 1), fulltext.Limits{})
	data, err := x.Merge()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []*fulltext.Index{x, open(t, []fulltext.Segment{{Data: data}}, fulltext.Limits{})} {
		got, _, err := x.Article("a")
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%+v, %v; want %+v", got, err, want)
		}
		if hits, err := x.Suggest(background, "omeg", 2); err != nil || ids(hits) != "a" {
			t.Errorf("suggested %v, %v", hits, err)
		}
		if got := found(t, x, fulltext.Request{Text: "omega"}); got != "" {
			t.Errorf("found %s", got)
		}
	}
}
