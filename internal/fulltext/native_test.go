//go:build !js && !wasip1

package fulltext

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v16"
)

// These tests hold the reader against bleve itself: its own index, on disk,
// answers the same queries over the same segments.

// record has all kinds of fields.
type record struct {
	Title     string    `json:"title"`
	Text      string    `json:"text"`
	Headings  []string  `json:"headings"`
	URL       string    `json:"url"`
	Published time.Time `json:"published"`
	Terms     []string  `json:"terms"`
	Size      float64   `json:"size"`
}

var vocabulary = strings.Fields(`antitrust authority agency model models modelling cloud clouds compute computer
	market markets merger mergers inference inferred training trained data dataset policy police regulator
	regulation chip chips gatekeeper platform partner partnership exclusive contract sovereign région naïve`)

// records are made of few words, so that each query finds some, and unevenly,
// so that scores differ.
func records(n int, rnd *rand.Rand) map[string]record {
	word := func() string { return vocabulary[min(rnd.IntN(len(vocabulary)), rnd.IntN(len(vocabulary)))] }
	text := func(n int) string {
		var w []string
		for range n {
			w = append(w, word())
		}
		return strings.Join(w, " ") + "."
	}
	out := map[string]record{}
	for i := range n {
		r := record{
			Title: text(1 + rnd.IntN(5)), Text: text(5 + rnd.IntN(120)), URL: fmt.Sprintf("https://example.org/%d", i%7),
			Published: time.Date(2020+i%6, time.Month(1+i%12), 1+i%28, i%24, 0, 0, 0, time.UTC), Size: float64(i%40) / 4,
		}
		for range rnd.IntN(4) {
			r.Headings = append(r.Headings, text(2))
			r.Terms = append(r.Terms, "term-"+word())
		}
		out[fmt.Sprintf("doc-%03d", i)] = r
	}
	return out
}

func recordMapping() *mapping.IndexMappingImpl {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = en.AnalyzerName
	for _, f := range []string{"url", "terms"} {
		m.DefaultMapping.AddFieldMappingsAt(f, bleve.NewKeywordFieldMapping())
	}
	return m
}

// setup is one way to lay the records out in segments.
type setup struct {
	name     string
	segments int
	changes  bool
}

var setups = []setup{{"one", 1, false}, {"many", 7, false}, {"one changed", 1, true}, {"many changed", 7, true}}

// emptyNative is an index of bleve that does not merge its segments.
func emptyNative(t *testing.T, m mapping.IndexMapping) bleve.Index {
	t.Helper()
	plan := map[string]any{"maxSegmentsPerTier": 100, "maxSegmentSize": 1 << 20, "tierGrowth": 100.0, "segmentsPerMergeTask": 100, "floorSegmentSize": 1}
	native, err := bleve.NewUsing(filepath.Join(t.TempDir(), "index"), m, scorch.Name, scorch.Name, map[string]any{"scorchMergePlanOptions": plan})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { native.Close() })
	return native
}

// newNative indexes the records in as many batches as there are to be segments,
// each of which is on disk before the next, and perhaps changes them. It returns
// the records that are left.
func newNative(t *testing.T, s setup, m mapping.IndexMapping) (bleve.Index, map[string]record) {
	t.Helper()
	native := emptyNative(t, m)
	all := records(240, rand.New(rand.NewPCG(1, 2)))
	ids := slices.Sorted(maps.Keys(all))
	for i := range s.segments {
		addBatch(t, native, all, ids[i*len(ids)/s.segments:(i+1)*len(ids)/s.segments])
	}
	if !s.changes {
		return native, all
	}
	b := native.NewBatch()
	again := records(240, rand.New(rand.NewPCG(3, 4)))
	for i, id := range ids {
		switch i % 5 {
		case 1:
			b.Delete(id)
			delete(all, id)
		case 3:
			all[id] = again[id]
			if err := b.Index(id, again[id]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := native.Batch(b); err != nil {
		t.Fatal(err)
	}
	return native, all
}

func addBatch(t *testing.T, native bleve.Index, all map[string]record, ids []string) {
	t.Helper()
	b := native.NewBatch()
	for _, id := range ids {
		if err := b.Index(id, all[id]); err != nil {
			t.Fatal(err)
		}
	}
	if err := native.Batch(b); err != nil {
		t.Fatal(err)
	}
}

// sameSegments opens the segments of bleve's index.
func sameSegments(t *testing.T, native bleve.Index, m *mapping.IndexMappingImpl) *Index {
	t.Helper()
	inner, err := native.Advanced()
	if err != nil {
		t.Fatal(err)
	}
	r, err := inner.Reader()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var segments []Segment
	for i, s := range r.(*scorch.IndexSnapshot).Segments() {
		seg := Segment{ID: fmt.Sprint(i), Deleted: s.Deleted()}
		switch z := s.Segment().(type) {
		case *zap.Segment:
			seg.Data = bytes.Clone(z.Data())
		case *zap.SegmentBase:
			var b bytes.Buffer
			if _, err := z.WriteTo(&b); err != nil {
				t.Fatal(err)
			}
			seg.Data = b.Bytes()
		}
		segments = append(segments, seg)
	}
	x, err := Open(segments, Options{Limits: Limits{Terms: 1 << 20}})
	if err != nil {
		t.Fatal(err)
	}
	x.mapping = m
	return x
}

// TestNative: an index equals bleve's own. What replaced articles leave behind
// counts in bleve's, in its dictionaries, and not in ours: changed, ours is held
// against an index that bleve builds anew.
func TestNative(t *testing.T) {
	for _, s := range setups {
		t.Run(s.name, func(t *testing.T) {
			m := recordMapping()
			native, left := newNative(t, s, m)
			x := sameSegments(t, native, m)
			if want := s.segments; !s.changes && len(x.parts) != want {
				t.Fatalf("bleve made %d segments; want %d", len(x.parts), want)
			}
			if s.changes {
				native = emptyNative(t, m)
				addBatch(t, native, left, slices.Sorted(maps.Keys(left)))
			}
			found := 0
			for i, q := range queries(rand.New(rand.NewPCG(5, 6))) {
				found += compare(t, native, x, i, q)
			}
			if found < 2000 {
				t.Errorf("the queries found only %d articles", found)
			}
		})
	}
}

// compare returns the number of hits.
func compare(t *testing.T, native bleve.Index, x *Index, i int, q query.Query) int {
	t.Helper()
	sort := [][]string{{"-_score"}, {"-published"}, {"url", "-_score"}, {"terms", "published"}}[i%4]
	req := bleve.NewSearchRequestOptions(q, 20+i%3*5, 0, false)
	req.SortBy(append(slices.Clone(sort), "_id"))
	req.Highlight = bleve.NewHighlightWithStyle("html")
	req.Highlight.Fields = []string{FieldTitle, FieldText}
	req.IncludeLocations = true
	want, nativeErr := native.Search(req)
	got, err := x.Search(context.Background(), Request{Query: q, Size: req.Size, Sort: sort, Highlight: &Highlight{}})
	if (err == nil) != (nativeErr == nil) {
		t.Fatalf("%s: error %v; bleve's %v", show(q), err, nativeErr)
	}
	if err != nil {
		return 0
	}
	if got.Total != int(want.Total) || len(got.Hits) != len(want.Hits) {
		t.Fatalf("%s: %d of %d hits; bleve has %d of %d", show(q), len(got.Hits), got.Total, len(want.Hits), want.Total)
	}
	for j, w := range want.Hits {
		g := got.Hits[j]
		if g.ID != w.ID || math.Abs(g.Score-w.Score) > 1e-9 && slices.Contains(sort, "-_score") {
			t.Fatalf("%s: hit %d is %s, %v; bleve's is %s, %v", show(q), j, g.ID, g.Score, w.ID, w.Score)
		}
		if !reflect.DeepEqual(g.Locations, w.Locations) {
			t.Fatalf("%s: %s: locations %v; bleve's %v", show(q), g.ID, g.Locations, w.Locations)
		}
		sameFragments(t, q, g, w)
	}
	return got.Total
}

func sameFragments(t *testing.T, q query.Query, g Hit, w *search.DocumentMatch) {
	t.Helper()
	html := map[string][]string{}
	for _, f := range g.Fragments {
		s := f.HTML()
		if f.CutBefore {
			s = "…" + s
		}
		if f.CutAfter {
			s += "…"
		}
		html[f.Field] = append(html[f.Field], s)
	}
	for field, want := range w.Fragments {
		if len(w.Locations[field]) > 0 && !slices.Equal(html[field], want) {
			t.Fatalf("%s: %s: fragments %q; bleve's %q", show(q), g.ID, html[field], want)
		}
	}
}

func show(q query.Query) string {
	s, err := query.DumpQuery(bleve.NewIndexMapping(), q)
	if err != nil {
		return fmt.Sprintf("%#v", q)
	}
	return s
}

// TestMergeIsZaps holds the merger that is reached by linkname against the one
// that zap exports.
func TestMergeIsZaps(t *testing.T) {
	m := recordMapping()
	native, _ := newNative(t, setups[3], m)
	x := sameSegments(t, native, m)
	got, err := x.Merge()
	if err != nil {
		t.Fatal(err)
	}
	var bases []segment.Segment
	var drops []*roaring.Bitmap
	for _, p := range x.parts {
		bases, drops = append(bases, p.base), append(drops, p.deleted)
	}
	path := filepath.Join(t.TempDir(), "merged")
	if _, _, err := new(zap.ZapPlugin).Merge(bases, drops, path, nil, nil); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if want, err = canonical(want); err != nil || !bytes.Equal(got, want) {
		t.Errorf("merged to %d bytes; zap to %d others, %v", len(got), len(want), err)
	}
}

// TestNativeMapping: bleve's own index takes the mapping, and its answers are
// those of Build's segments.
func TestNativeMapping(t *testing.T) {
	var articles []Article
	all := records(200, rand.New(rand.NewPCG(9, 9)))
	for id, r := range all {
		articles = append(articles, Article{ID: id, Title: r.Title, Text: r.Text, URL: r.URL, Published: r.Published, Headings: r.Headings, Terms: r.Terms})
	}
	slices.SortFunc(articles, func(a, b Article) int { return strings.Compare(a.ID, b.ID) })
	m, err := Mapping("en")
	if err != nil {
		t.Fatal(err)
	}
	native, err := bleve.NewUsing(filepath.Join(t.TempDir(), "index"), m, scorch.Name, scorch.Name, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer native.Close()
	b := native.NewBatch()
	for _, a := range articles {
		if err := b.Index(a.ID, a.fields()); err != nil {
			t.Fatal(err)
		}
	}
	if err := native.Batch(b); err != nil {
		t.Fatal(err)
	}
	data, err := Build(articles, "en")
	if err != nil {
		t.Fatal(err)
	}
	x, err := Open([]Segment{{Data: data}}, Options{Limits: Limits{Terms: 1 << 20}})
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for i, q := range queries(rand.New(rand.NewPCG(10, 11))) {
		found += compare(t, native, x, i, q)
	}
	for _, s := range []string{"market merger", "+cloud -chips market", `"antitrust authority" mod*`, "published:>\"2023-01-01\" model"} {
		q, err := x.Parse(s) // words too run on bleve's own reader
		if err != nil {
			t.Fatal(err)
		}
		found += compare(t, native, x, 0, q)
	}
	if found < 1000 {
		t.Errorf("the queries found only %d articles", found)
	}
}
