package postil_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"postil"
)

var (
	archiveTerms = []postil.Term{
		{ID: "agi", Label: "Artificial general intelligence", Abbreviations: []string{"AGI"}, Definition: "A system as able as people are."},
		{ID: "tpu", Label: "Tensor processing unit", Abbreviations: []string{"TPU"}, Aliases: []string{"tensor accelerator"}, Definition: "A chip for training."},
		{ID: "law/ai-act", Label: "AI Act", Definition: "A law."},
		{ID: "secret", Label: "Secret thing", Hidden: true},
	}
	archiveArticles = []postil.Article{
		{ID: "old", Title: "Chips of old", Text: "They had no TPU then. Dr. Who said so.\n\nThe end.", Published: "2020-02-03", Headings: []string{"Old\nchips"}},
		{ID: "new/1", Title: "On AGI", Text: "Intro 😀 first. It is said that AGI needs a <b>TPU</b> & more! Next one.", URL: "https://example.org/new?a=1&b=2", Published: "2026-04-27T09:30:00+02:00"},
		{ID: "undated", Title: "Laws", Text: "The AI Act is a law, a law of laws. So is a TPU not, nor Secret thing.", Published: "someday"},
		{ID: "title-only", Title: "AGI", Text: "Nothing here about it. Training chips.", Published: "2021-01-01"},
	}
)

func archive(t testing.TB) *postil.Annotator {
	t.Helper()
	data, err := postil.Compile(archiveTerms, postil.CompileOptions{Articles: archiveArticles})
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func foundIDs(r *postil.SearchResult) string {
	var out []string
	for _, h := range r.Articles {
		out = append(out, h.ID)
	}
	for _, t := range r.Terms {
		out = append(out, "+"+t.ID)
	}
	return strings.Join(out, " ")
}

func TestSearch(t *testing.T) {
	a := archive(t)
	for text, want := range map[string]string{
		"law":                     "undated +law/ai-act",
		"chips":                   "old title-only +tpu",
		"training chips":          "title-only old +tpu",
		"terms:agi":               "new/1 title-only",
		"+terms:tpu -law":         "new/1 old",
		"terms:secret":            "",
		`published:>"2025-01-01"`: "new/1",
		"":                        "",
		"headings:old":            "old",
		"accelerator":             "+tpu",
	} {
		r, err := a.Search(postil.SearchQuery{Text: text})
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got := strings.Fields(foundIDs(r))
		wanted := strings.Fields(want)
		slices.Sort(got)
		slices.Sort(wanted)
		if !slices.Equal(got, wanted) {
			t.Errorf("%s: found %q, want %q", text, foundIDs(r), want)
		}
	}
}

func TestSearchPages(t *testing.T) {
	a := archive(t)
	for _, scope := range []postil.Scope{postil.ScopeAll, postil.ScopeArticles, postil.ScopeTerms} {
		q := postil.SearchQuery{Text: "-nothing", Scope: scope, Limit: 100}
		whole, err := a.Search(q)
		if err != nil {
			t.Fatal(err)
		}
		q.Limit = 1
		var pages []string
		for n := 0; n < 9; n++ {
			r, err := a.Search(q)
			if err != nil {
				t.Fatal(err)
			}
			if scope == postil.ScopeAll {
				r.Terms = nil
			}
			pages = append(pages, foundIDs(r))
			if q.Cursor = r.Next; q.Cursor == "" {
				break
			}
		}
		if scope == postil.ScopeAll {
			whole.Terms = nil
		}
		if got := strings.Join(pages, " "); got != foundIDs(whole) || got == "" {
			t.Errorf("scope %d: pages %s, whole %s", scope, got, foundIDs(whole))
		}
	}
}

func TestSearchErrors(t *testing.T) {
	a := archive(t)
	for text, want := range map[string]struct {
		err    error
		offset int
	}{
		`chips "law`:                 {postil.ErrSyntax, 6},
		"chips +":                    {postil.ErrSyntax, 6},
		"*":                          {nil, 0}, // a small archive has few words
		strings.Repeat("a ", 2000):   {postil.ErrTooComplex, -1},
		strings.Repeat("word ", 1e4): {postil.ErrTooLong, -1},
		"/(a*b*c*d*e*f*g*h*)*/":      {postil.ErrTooComplex, -1},
	} {
		_, err := a.Search(postil.SearchQuery{Text: text})
		var q *postil.QueryError
		if want.err == nil {
			if err != nil {
				t.Errorf("%.20s: %v", text, err)
			}
		} else if !errors.As(err, &q) || !errors.Is(err, want.err) || q.Offset != want.offset {
			t.Errorf("%.20s: %v (%+v), want %v", text, err, q, want)
		}
	}
	for _, cursor := range []string{"nonsense", "eyJhIjpbIngiLCJ5Il19", "eyJhIjpbIk5hTiIsIiJdfQ", "eyJhIjpbXX0"} {
		if _, err := a.Search(postil.SearchQuery{Text: "law", Cursor: cursor}); !errors.Is(err, postil.ErrCursor) {
			t.Errorf("cursor %s: %v", cursor, err)
		}
	}
	for _, limit := range []int{-1, postil.MaxHits + 1} {
		var v *postil.ValueError
		if _, err := a.Search(postil.SearchQuery{Text: "law", Limit: limit}); !errors.As(err, &v) || v.Option != "limit" {
			t.Errorf("limit %d: %v", limit, err)
		}
	}
}

func TestFragments(t *testing.T) {
	a := archive(t)
	for unit, want := range map[postil.Offsets][2]int{postil.UTF8: {49, 52}, postil.UTF16: {47, 50}, postil.UTF32: {46, 49}} {
		r, err := a.Search(postil.SearchQuery{Text: "tpu", Offsets: unit, Scope: postil.ScopeArticles})
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(r.Articles, func(h postil.ArticleHit) bool { return h.ID == "new/1" })
		f := r.Articles[i].Fragments[0]
		if len(f.Marks) != 1 || f.Marks[0] != (postil.Range{Start: want[0], End: want[1]}) {
			t.Errorf("%v: marks %v, want %v", unit, f.Marks, want)
		}
		if !strings.Contains(f.HTML, "&lt;b&gt;<mark>TPU</mark>&lt;/b&gt; &amp; more") {
			t.Error(f.HTML)
		}
		if b := r.AppendJSON(nil); !json.Valid(b) || bytes.ContainsAny(b, "<>&") {
			t.Errorf("JSON %s", b)
		}
	}
}

func TestSuggest(t *testing.T) {
	a := archive(t)
	for typed, want := range map[string]string{
		"tens": "[tpu] []", "tenser": "[tpu] []", "accel": "[tpu] []", "AG": "[agi] [new/1 title-only]", "chi": "[] [old]",
		"secr": "[] []", "": "[] []", "law": "[] [undated]", "artifical gen": "[agi] []",
	} {
		s, err := a.Suggest(typed, 0)
		if err != nil {
			t.Fatal(err)
		}
		var terms, articles []string
		for _, x := range s.Terms {
			terms = append(terms, x.ID)
		}
		for _, x := range s.Articles {
			articles = append(articles, x.ID)
		}
		slices.Sort(articles)
		if got := fmt.Sprint(terms, articles); got != want {
			t.Errorf("%q: %s, want %s", typed, got, want)
		}
		if b := s.AppendJSON(nil); !json.Valid(b) {
			t.Errorf("JSON %s", b)
		}
	}
}

func TestMentions(t *testing.T) {
	a := archive(t)
	show := func(q postil.MentionQuery) string {
		r, err := a.Mentions(q)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, m := range r.Mentions {
			s := []rune(m.Sentence)
			out = append(out, fmt.Sprintf("%s: %s[%s]%s", m.ID, string(s[:m.Start]), string(s[m.Start:m.End]), string(s[m.End:])))
		}
		if b := r.AppendJSON(nil); !json.Valid(b) {
			t.Errorf("JSON %s", b)
		}
		return strings.Join(out, "\n")
	}
	for term, want := range map[string]string{
		"tpu": "new/1: It is said that AGI needs a <b>[TPU]</b> & more!\nold: They had no [TPU] then.\nundated: So is a [TPU] not, nor Secret thing.",
		"agi": "new/1: It is said that [AGI] needs a <b>TPU</b> & more!\ntitle-only: [AGI]",
	} {
		q := postil.MentionQuery{Term: term, Offsets: postil.UTF32}
		if got := show(q); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", term, got, want)
		}
		q.Limit = 1
		if got := show(q); got != strings.Split(want, "\n")[0] {
			t.Errorf("%s: first %s", term, got)
		}
	}
	for _, term := range []string{"", "none", "secret", strings.Repeat("x", 3000)} {
		if _, err := a.Mentions(postil.MentionQuery{Term: term}); !errors.Is(err, postil.ErrNoTerm) {
			t.Errorf("%.9s: %v", term, err)
		}
	}
}

func TestRelatedAndArticle(t *testing.T) {
	a := archive(t)
	hits, err := a.Related("old", 2)
	if err != nil || len(hits) == 0 || slices.ContainsFunc(hits, func(h postil.ArticleHit) bool { return h.ID == "old" }) {
		t.Errorf("related %v, %v", hits, err)
	}
	if _, err := a.Related("none", 2); !errors.Is(err, postil.ErrNoArticle) {
		t.Error(err)
	}
	for _, want := range archiveArticles {
		got, err := a.Article(want.ID)
		if want.ID == "old" {
			want.Headings = []string{"Old chips"}
		}
		if err != nil || fmt.Sprint(got.Article) != fmt.Sprint(want) {
			t.Errorf("article %+v, %v, want %+v", got, err, want)
		}
		if b := got.AppendJSON(nil); !json.Valid(b) {
			t.Errorf("JSON %s", b)
		}
	}
	if got, _ := a.Article("new/1"); fmt.Sprint(got.Terms) != "[agi tpu]" {
		t.Errorf("terms %v", got.Terms)
	}
}

func TestSearchWithoutArticles(t *testing.T) {
	a := open(t, archiveTerms...)
	if r, err := a.Search(postil.SearchQuery{Text: "law"}); err != nil || foundIDs(r) != "" {
		t.Errorf("%v, %v", r, err)
	}
	if s, err := a.Suggest("tens", 0); err != nil || len(s.Terms) != 1 || s.Terms[0].ID != "tpu" {
		t.Errorf("%v, %v", s, err)
	}
	if r, err := a.Mentions(postil.MentionQuery{Term: "agi"}); err != nil || r.Total != 0 {
		t.Errorf("%v, %v", r, err)
	}
	if _, err := a.Article("old"); !errors.Is(err, postil.ErrNoArticle) {
		t.Error(err)
	}
}

// TestSearchAtOnce opens the archive from several goroutines at the same time.
func TestSearchAtOnce(t *testing.T) {
	a := archive(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if r, err := a.Search(postil.SearchQuery{Text: "law"}); err != nil || foundIDs(r) != "undated +law/ai-act" {
				t.Errorf("%v, %v", r, err)
			}
		})
	}
	all.Wait()
}

// TestDamagedArchive: a damaged segment fails the searches, and nothing else.
func TestDamagedArchive(t *testing.T) {
	data, err := postil.Compile(archiveTerms, postil.CompileOptions{Articles: archiveArticles})
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range a.Info().Sections {
		if s.Name != "articles" && s.Name != "termtext" {
			continue
		}
		d := bytes.Clone(data)
		d[s.Offset+s.Length/2] ^= 4
		b, err := postil.Open(d)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			var f *postil.FormatError
			if _, err := b.Search(postil.SearchQuery{Text: "law"}); !errors.As(err, &f) || f.Section != s.Name {
				t.Errorf("%s: %v", s.Name, err)
			}
			if r, err := b.Annotate("An AGI.", postil.Options{}); err != nil || len(r.Annotations) != 1 {
				t.Errorf("%s: %v, %v", s.Name, r, err)
			}
		}
	}
}

// TestCompileInParts: articles that are analysed in parts, in whatever order they
// come, give the same bytes, and all are found.
func TestCompileInParts(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while in wasm")
	}
	var articles []postil.Article
	for i := range 100 {
		text := strings.Repeat(fmt.Sprintf("Article %d is about TPU number %d. ", i, i%7), 2000)
		articles = append(articles, postil.Article{ID: fmt.Sprintf("a%03d", i), Title: fmt.Sprint("No ", i), Text: text})
	}
	one, err := postil.Compile(archiveTerms, postil.CompileOptions{Articles: articles})
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(articles)
	two, err := postil.Compile(archiveTerms, postil.CompileOptions{Articles: articles})
	if err != nil || !bytes.Equal(one, two) {
		t.Fatalf("the same articles give different bytes (%v)", err)
	}
	a, err := postil.Open(one)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 100 {
		r, err := a.Search(postil.SearchQuery{Text: fmt.Sprintf("title:%d", i), Brief: true, Scope: postil.ScopeArticles})
		if err != nil || foundIDs(r) != fmt.Sprintf("a%03d", i) {
			t.Fatalf("article %d: %v, %v", i, foundIDs(r), err)
		}
	}
}
