package fulltext

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"
	zap "github.com/blevesearch/zapx/v16"

	"postil/internal/fulltext/fulltexttest"
)

var segmentForgeries = flag.Int("forgeries", 1500, "how many segments TestVerified forges")

// sample is a segment of n articles.
func sample(t testing.TB, n int) []byte {
	t.Helper()
	words := strings.Fields("merger court review länger 日本語 authority chip cloud of the rule")
	var articles []Article
	for i := range n {
		a := Article{ID: fmt.Sprint("id", i), Title: words[i%len(words)], URL: fmt.Sprint("https://example.org/", i), Note: "n", Text: "common"}
		for j := range 1 + i%7 {
			a.Text += " " + words[(i*j)%len(words)]
		}
		if i%3 == 0 {
			a.Published = time.Unix(1e9+int64(i)*86400, 0)
			a.Terms, a.Names, a.Headings = []string{"a", fmt.Sprint("t", i%5)}, words[:2], words[2:4]
		}
		articles = append(articles, a)
	}
	data, err := Build(articles, "")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestVerified spoils segments: all that zap reads of those that pass, it reads
// without a panic or an error, in a time and with results that make sense.
func TestVerified(t *testing.T) {
	r := rand.New(rand.NewPCG(3, uint64(*segmentForgeries)))
	passed := 0
	segments := [][]byte{sample(t, 1), sample(t, 3), sample(t, 12)}
	for i := range *segmentForgeries {
		d := bytes.Clone(segments[i%len(segments)])
		spoilt := fulltexttest.Spoil(r, d)
		if Verify(d) != nil {
			continue
		}
		passed++
		if err := readAll(d); err != nil {
			t.Fatalf("forgery %d, %s: %v", i, spoilt, err)
		}
	}
	t.Logf("%d of %d passed", passed, *segmentForgeries)
}

// TestVerifiedChunks: what is in several chunks passes, and nothing in the wrong one.
func TestVerifiedChunks(t *testing.T) {
	data := sample(t, 1200)
	if err := errors.Join(Verify(data), readAll(data)); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	for i := range *segmentForgeries / 200 {
		d := bytes.Clone(data)
		if spoilt := fulltexttest.Spoil(r, d); Verify(d) == nil {
			if err := readAll(d); err != nil {
				t.Fatalf("forgery %d, %s: %v", i, spoilt, err)
			}
		}
	}
}

// readAll has zap read everything that a segment has.
func readAll(data []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	base, err := openBase(data, true)
	if err != nil {
		return err
	}
	for doc := range base.Count() {
		if err := readArticle(base, doc); err != nil {
			return err
		}
	}
	for _, field := range base.Fields() {
		if err := readField(base, field); err != nil {
			return fmt.Errorf("field %s: %w", field, err)
		}
	}
	if _, err := base.DocNumbers([]string{"id0", "id1", "zz"}); err != nil {
		return err
	}
	x := &Index{parts: []*part{{base: base}}, docs: base.Count()}
	if _, err := x.Merge(); err != nil && !packed(err) && (errors.Is(err, ErrCorrupt) || strings.Contains(err.Error(), "runtime")) {
		return fmt.Errorf("merge: %w", err)
	}
	return nil
}

// packed reports whether an error is snappy's, which checks what it unpacks itself.
func packed(err error) bool { return strings.Contains(err.Error(), "snappy: corrupt input") }

func readArticle(base *zap.SegmentBase, doc uint64) error {
	if _, err := base.DocID(doc); err != nil {
		return err
	}
	err := base.VisitStoredFields(doc, func(string, byte, []byte, []uint64) bool { return true })
	if err != nil && !packed(err) {
		return err
	}
	_, err = base.VisitDocValues(doc, base.Fields(), func(string, []byte) {}, nil)
	return err
}

func readField(base *zap.SegmentBase, field string) error {
	d, err := base.Dictionary(field)
	if err != nil {
		return err
	}
	terms := d.AutomatonIterator(nil, nil, nil)
	n := 0
	for e, err := terms.Next(); e != nil || err != nil; e, err = terms.Next() {
		if err != nil {
			return err
		}
		n++
		for _, except := range []*roaring.Bitmap{nil, roaring.BitmapOf(0, 2)} {
			l, err := d.PostingsList([]byte(e.Term), except, nil)
			if err != nil {
				return err
			}
			if l.Count() > base.Count() {
				return fmt.Errorf("%q is in %d articles", e.Term, l.Count())
			}
			for _, step := range []uint64{0, 1, 7} {
				p := l.Iterator(true, true, true, nil)
				for next, err := p.Next(); next != nil || err != nil; next, err = p.Advance(next.Number() + step) {
					if err != nil {
						return fmt.Errorf("%q: %w", e.Term, err)
					}
					if next.Number() >= base.Count() || next.Frequency() == 0 || !(next.Norm() > 0) || len(next.Locations()) > len(base.Fields())*1000 {
						return fmt.Errorf("%q: article %d, frequency %d, norm %f", e.Term, next.Number(), next.Frequency(), next.Norm())
					}
				}
			}
		}
	}
	if n != d.Cardinality() {
		return fmt.Errorf("%d terms, want %d", n, d.Cardinality())
	}
	return nil
}
