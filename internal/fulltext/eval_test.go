package fulltext_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postil/internal/fulltext"
)

const evalDir = "../../../shared/eval/search"

// readJSONL reads a file of the evaluation data, or skips the test.
func readJSONL[T any](t testing.TB, name string) []T {
	t.Helper()
	f, err := os.Open(filepath.Join(evalDir, name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("no evaluation data: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	for d := json.NewDecoder(bufio.NewReader(f)); d.More(); {
		var v T
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func cranfield(t testing.TB) []fulltext.Article {
	return readJSONL[fulltext.Article](t, "cranfield.articles.jsonl")
}

type question struct{ ID, Query string }

// judgements tells which articles answer a question.
func judgements(t testing.TB) map[string]map[string]bool {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(evalDir, "cranfield.qrels.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]map[string]bool{}
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if out[f[0]] == nil {
			out[f[0]] = map[string]bool{}
		}
		out[f[0]][f[1]] = true
	}
	return out
}

// escape takes a text for words, whatever it holds.
func escape(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune(`+-=&|><!(){}[]^"~*?:\/`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// TestQuality holds the ranking of plain words to what it reached on a
// collection whose answers are known. bleve's defaults reach .307 and .380.
func TestQuality(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while in wasm")
	}
	articles := cranfield(t)
	data, err := fulltext.Build(articles, "en")
	if err != nil {
		t.Fatal(err)
	}
	x, err := fulltext.Open([]fulltext.Segment{{ID: "all", Data: data}}, fulltext.Options{})
	if err != nil {
		t.Fatal(err)
	}
	right := judgements(t)
	questions := readJSONL[question](t, "cranfield.queries.jsonl")
	var precision, gain float64
	for _, q := range questions {
		r, err := x.Search(context.Background(), fulltext.Request{Text: escape(q.Query), Size: 1000})
		if err != nil {
			t.Fatalf("%s: %v", q.ID, err)
		}
		p, g := score(r.Hits, right[q.ID])
		precision += p / float64(len(questions))
		gain += g / float64(len(questions))
	}
	t.Logf("MAP %.4f, nDCG@10 %.4f, %d bytes of segment for %d articles", precision, gain, len(data), len(articles))
	if precision < 0.320 || gain < 0.400 {
		t.Errorf("MAP %.4f, nDCG@10 %.4f; want at least .320 and .400", precision, gain)
	}
}

// score returns the average precision and the normalised gain of the first ten.
func score(hits []fulltext.Hit, right map[string]bool) (precision, gain float64) {
	found, ideal := 0, 0.0
	for i, h := range hits {
		if right[h.ID] {
			found++
			precision += float64(found) / float64(i+1) / float64(len(right))
			if i < 10 {
				gain += 1 / math.Log2(float64(i+2))
			}
		}
	}
	for i := range min(10, len(right)) {
		ideal += 1 / math.Log2(float64(i+2))
	}
	return precision, gain / ideal
}
