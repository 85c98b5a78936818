package fulltext_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"postil/internal/fulltext"
)

// everything shows what an index holds and what it answers.
func everything(t testing.TB, x *fulltext.Index) string {
	t.Helper()
	var b strings.Builder
	for _, text := range []string{"-nothing", "cloud training models", `"open models"`, "accel*", "+terms:gpu rules", "c*", "/[a-e].*/", "clud~2", "*s", `published:>"2025-01-01"`, `cloud published:<"2026-02-20"`} {
		res, err := x.Search(background, fulltext.Request{Text: text, Size: 100, Highlight: &fulltext.Highlight{}})
		if err != nil {
			t.Error(err)
			return ""
		}
		for _, h := range res.Hits {
			fmt.Fprintf(&b, "%s: %s %.9f %v %v\n", text, h.ID, h.Score, h.Article(), h.Fragments)
		}
	}
	return b.String()
}

func TestBuildIsDeterministic(t *testing.T) {
	want := segments(t, library(t), 100)[0].Data
	for range 20 {
		if got := segments(t, library(t), 100)[0].Data; !bytes.Equal(got, want) {
			t.Fatal("the same articles gave other bytes")
		}
	}
}

func TestBuildRefuses(t *testing.T) {
	for name, c := range map[string][]fulltext.Article{
		"none":      {},
		"no id":     {{Text: "a"}},
		"long id":   {{ID: strings.Repeat("x", 2049)}},
		"bad id":    {{ID: "\xff"}},
		"bad title": {{ID: "a", Title: "\xff"}},
		"bad text":  {{ID: "a", Text: "\xff"}},
		"bad list":  {{ID: "a", Headings: []string{"\xff"}}},
		"bad terms": {{ID: "a", Terms: []string{"\xff"}}},
		"bad url":   {{ID: "a", URL: "\xff"}},
		"far year":  {{ID: "a", Published: time.Date(4000, 1, 1, 0, 0, 0, 0, time.UTC)}},
		"twice":     {{ID: "a"}, {ID: "a"}},
	} {
		_, err := fulltext.Build(c, "")
		var ae *fulltext.ArticleError
		if err == nil || len(c) > 0 && (!errors.As(err, &ae) || ae.Number != len(c)-1) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestMerge(t *testing.T) {
	articles := library(t)
	whole := open(t, segments(t, articles, 100), fulltext.Limits{})
	for _, each := range []int{1, 3, 100} {
		x := open(t, segments(t, articles, each), fulltext.Limits{})
		data, err := x.Merge()
		if err != nil {
			t.Fatal(err)
		}
		again, err := x.Merge()
		if err != nil || !bytes.Equal(data, again) {
			t.Errorf("%d to a segment: the same segments gave other bytes (%v)", each, err)
		}
		merged := open(t, []fulltext.Segment{{ID: "merged", Data: data}}, fulltext.Limits{})
		if got, want := everything(t, merged), everything(t, whole); got != want {
			t.Errorf("%d to a segment: merged answers\n%s\nwant\n%s", each, got, want)
		}
	}
}

// TestReplace: an index of segments that replace and remove articles equals one
// of the articles that are left, and so does what it is merged to.
func TestReplace(t *testing.T) {
	articles := library(t)
	all := segments(t, articles, 4)
	newer := articles[5]
	newer.Text = "Training got cheaper in the cloud."
	changed := segments(t, []fulltext.Article{newer}, 1)[0]
	changed.Removes = []string{newer.ID, "unknown"}
	all = append(all, changed, fulltext.Segment{ID: "gone", Removes: []string{"cloud", "undated"}})
	all[0].Deleted = roaring.BitmapOf(1) // chips
	left := slices.DeleteFunc(slices.Clone(articles), func(a fulltext.Article) bool {
		return slices.Contains([]string{"cloud", "undated", "chips", newer.ID}, a.ID)
	})
	want := everything(t, open(t, segments(t, append(left, newer), 100), fulltext.Limits{}))
	x := open(t, all, fulltext.Limits{})
	if got := everything(t, x); got != want {
		t.Errorf("answers\n%s\nwant\n%s", got, want)
	}
	if all[0].Deleted.GetCardinality() != 1 {
		t.Error("opening changed the caller's bitmap")
	}
	data, err := x.Merge()
	if err != nil {
		t.Fatal(err)
	}
	if got := everything(t, open(t, []fulltext.Segment{{Data: data}}, fulltext.Limits{})); got != want {
		t.Errorf("merged answers\n%s\nwant\n%s", got, want)
	}
	if x.Count() != 5 || len(x.Segments()) != 3 || x.Segments()[0].Live != 2 {
		t.Errorf("%d articles in %+v", x.Count(), x.Segments())
	}
}

func TestEmpty(t *testing.T) {
	all := segments(t, library(t), 100)
	all = append(all, fulltext.Segment{ID: "gone"})
	for _, a := range library(t) {
		all[1].Removes = append(all[1].Removes, a.ID)
	}
	for name, s := range map[string][]fulltext.Segment{"no segments": nil, "no articles": all} {
		x := open(t, s, fulltext.Limits{})
		if got := everything(t, x); got != "" || x.Count() != 0 {
			t.Errorf("%s: %d, %s", name, x.Count(), got)
		}
		if data, err := x.Merge(); data != nil || err != nil {
			t.Errorf("%s: merged %d bytes, %v", name, len(data), err)
		}
		if hits, err := x.Suggest(background, "clo", 3); len(hits) != 0 || err != nil {
			t.Errorf("%s: %v, %v", name, hits, err)
		}
	}
}

// TestDamage flips every byte and cuts at every length (fewer in short tests):
// the segment is named, and the other one serves.
func TestDamage(t *testing.T) {
	articles := library(t)
	good, bad := segments(t, articles[:4], 4)[0], segments(t, articles[4:], 4)[0]
	good.ID, bad.ID = "good", "bad"
	want := everything(t, open(t, []fulltext.Segment{good}, fulltext.Limits{}))
	try := func(what string, data []byte) {
		x, err := fulltext.Open([]fulltext.Segment{{ID: "bad", Data: data}, good}, fulltext.Options{})
		var se *fulltext.SegmentError
		if !errors.As(err, &se) || se.ID != "bad" || !errors.Is(err, fulltext.ErrCorrupt) {
			t.Fatalf("%s: error %v", what, err)
		}
		if len(x.Segments()) != 1 || x.Segments()[0].ID != "good" {
			t.Fatalf("%s: open are %v", what, x.Segments())
		}
	}
	step := 1
	if testing.Short() {
		step = 23
	}
	for i := 0; i < len(bad.Data); i += step {
		broken := slices.Clone(bad.Data)
		broken[i] ^= 1 << (i % 8)
		try(fmt.Sprintf("byte %d flipped", i), broken)
	}
	for n := 0; n < len(bad.Data); n += step {
		try(fmt.Sprintf("cut to %d", n), bad.Data[:n:n])
	}
	x, err := fulltext.Open([]fulltext.Segment{{ID: "bad", Data: good.Data, Deleted: roaring.BitmapOf(99)}, good}, fulltext.Options{})
	if !errors.Is(err, fulltext.ErrCorrupt) || everything(t, x) != want {
		t.Errorf("a bit for no article: %v", err)
	}
}

// FuzzSegment changes bytes of a segment that is said to be verified: whatever
// comes of it is an error or an answer, never a panic.
func FuzzSegment(f *testing.F) {
	data := segments(f, library(f)[:4], 4)[0].Data
	f.Add(0, byte(1), len(data)-10, byte(7))
	f.Fuzz(func(t *testing.T, at int, with byte, also int, and byte) {
		broken := slices.Clone(data)
		for i, b := range map[int]byte{at: with, also: and} {
			broken[uint(i)%uint(len(broken))] = b
		}
		x, err := fulltext.Open([]fulltext.Segment{{Data: broken, Verified: true}}, fulltext.Options{})
		if err != nil {
			return
		}
		for _, text := range []string{"cloud", "-nothing", "a*", `"open models"`, "cloud~1", "published:>\"2020-01-01\""} {
			_, _ = x.Search(background, fulltext.Request{Text: text, Highlight: &fulltext.Highlight{}, Sort: []string{"published"}})
		}
		_, _, _ = x.Article("cloud")
		_, _ = x.Merge()
	})
}

// FuzzQuery: any text is a query or an error that says where.
func FuzzQuery(f *testing.F) {
	x := open(f, segments(f, library(f), 3), fulltext.Limits{})
	for _, s := range []string{"cloud", `title:"open models"^2 -a*`, "+x~2 /[a-c]+/", "published:>=\"2026-01-01\"", "a:b:c", "\\", "^", "~", `"`, "é\xff\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		res, err := x.Search(background, fulltext.Request{Text: s, Highlight: &fulltext.Highlight{}})
		if err != nil {
			var qe *fulltext.QueryError
			if !errors.As(err, &qe) || qe.Offset > len(s) || errors.Is(err, fulltext.ErrCorrupt) {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if res.Total < len(res.Hits) {
			t.Fatalf("%q: %d hits of %d", s, len(res.Hits), res.Total)
		}
	})
}
