package fulltext

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/search"
)

// naive ranks articles by the formula alone.
func naive(articles []Article, query string, analyze func(string) []string) map[string]float64 {
	length := map[string]float64{}
	count := make([]map[string]map[string]float64, len(articles)) // article, term, field
	own := make([]map[string]float64, len(articles))
	for i, a := range articles {
		count[i], own[i] = map[string]map[string]float64{}, map[string]float64{}
		for field, values := range map[string][]string{FieldTitle: {a.Title}, FieldText: {a.Text}, FieldHeadings: a.Headings} {
			for _, v := range values {
				for _, term := range analyze(v) {
					if count[i][term] == nil {
						count[i][term] = map[string]float64{}
					}
					count[i][term][field]++
					own[i][field]++
					length[field] += 1 / float64(len(articles))
				}
			}
		}
	}
	scores := map[string]float64{}
	for _, term := range analyze(query) {
		most := 0.0
		for _, f := range weights {
			n := 0.0
			for i := range articles {
				if count[i][term][f.field] > 0 {
					n++
				}
			}
			most = max(most, n)
		}
		for i, a := range articles {
			t := 0.0
			for _, f := range weights {
				if n := count[i][term][f.field]; n > 0 {
					t += f.weight * n / (1 - lengthBias + lengthBias*own[i][f.field]/length[f.field])
				}
			}
			if t > 0 {
				scores[a.ID] += math.Log(1+(float64(len(articles))-most+0.5)/(most+0.5)) * t * (saturation + 1) / (t + saturation)
			}
		}
	}
	return scores
}

func TestWordsIsTheFormula(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	pick := func(n int) string {
		var w []string
		for range rnd.IntN(n) {
			w = append(w, []string{"cloud", "market", "merger", "the", "chips", "policy", "police", "models"}[min(rnd.IntN(8), rnd.IntN(8))])
		}
		return strings.Join(w, " ")
	}
	var articles []Article
	for i := range 60 {
		articles = append(articles, Article{ID: string(rune('a'+i%26)) + string(rune('a'+i/26)), Title: pick(5), Text: pick(60), Headings: []string{pick(4), pick(4)}})
	}
	var segments []Segment
	for part := range slices.Chunk(articles, 17) {
		data, err := Build(part, "en")
		if err != nil {
			t.Fatal(err)
		}
		segments = append(segments, Segment{Data: data})
	}
	x, err := Open(segments, Options{})
	if err != nil {
		t.Fatal(err)
	}
	analyze := func(s string) (out []string) {
		for _, token := range x.mapping.AnalyzerNamed(x.mapping.DefaultAnalyzer).Analyze([]byte(s)) {
			out = append(out, string(token.Term))
		}
		return out
	}
	for range 100 {
		query := pick(6)
		want := naive(articles, query, analyze)
		res, err := x.Search(context.Background(), Request{Text: query, Size: 100})
		if err != nil {
			t.Fatal(err)
		}
		if len(res.Hits) != len(want) {
			t.Fatalf("%q: %d hits; want %d", query, len(res.Hits), len(want))
		}
		for _, h := range res.Hits {
			if math.Abs(h.Score-want[h.ID]) > 1e-6 {
				t.Fatalf("%q: %s has %v; want %v", query, h.ID, h.Score, want[h.ID])
			}
		}
	}
}

// TestWordsAdvance: going to an article and on gives what going through all
// gives from there.
func TestWordsAdvance(t *testing.T) {
	var articles []Article
	for i := range 40 {
		a := Article{ID: string(rune('a'+i%26)) + string(rune('a'+i/26)), Text: "cloud"}
		if i%3 == 0 {
			a.Text = "market cloud"
		} else if i%5 == 0 {
			a.Text = "chips"
		}
		articles = append(articles, a)
	}
	data, err := Build(articles, "")
	if err != nil {
		t.Fatal(err)
	}
	x, err := Open([]Segment{{Data: data}, {Data: data}}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	walk := func(from int, first int) (out []uint64) {
		r := x.reader()
		s, err := (&words{text: "market chips", boost: 1, lengths: x.lengths}).Searcher(context.Background(), r, x.mapping, search.SearcherOptions{})
		if err != nil {
			t.Fatal(err)
		}
		ctx := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(100, 0)}
		var d *search.DocumentMatch
		for range first {
			if _, err := s.Next(ctx); err != nil {
				t.Fatal(err)
			}
		}
		for d, err = s.Advance(ctx, encodeNumber(nil, uint64(from))); d != nil && err == nil; d, err = s.Next(ctx) {
			n, _ := decodeNumber(d.IndexInternalID)
			out = append(out, n)
		}
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	all := walk(0, 0)
	for from := range 80 {
		i, _ := slices.BinarySearch(all, uint64(from))
		for first := range min(i, 3) + 1 {
			if got := walk(from, first); !slices.Equal(got, all[i:]) {
				t.Fatalf("from %d after %d: %v; want %v", from, first, got, all[i:])
			}
		}
	}
}
