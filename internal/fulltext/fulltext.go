// Package fulltext searches articles with bleve where bleve itself cannot run.
//
// bleve's root package needs files, mapped memory and a database for its own
// book-keeping, which an edge runtime does not have. But its parts are
// separate: a segment of the zap format holds dictionaries, postings, places,
// stored fields and doc values of some articles and never changes; queries,
// searchers, scorers, the collector and the highlighter see an index only
// through an interface. So this package opens zap segments in place, wherever
// their bytes lie, and implements that interface over any number of them, in
// which deleted articles are bits of a bitmap. Everything above and below is
// bleve's own code, and a query gives the hits, the order and the scores that
// it gives in bleve.
//
// Articles become segments by bleve's own analysis (Build), and segments become
// one by zap's own merger (Merge). An index changes by opening another list of
// segments: a new article is a new small segment, which names the articles
// that it replaces (Segment.Removes).
//
// One thing is added. Words without a field are ranked by BM25F, which treats
// title, headings and text as one text whose parts count differently; see
// words.go.
package fulltext

import (
	"errors"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/mapping"
)

// Options says how to open an index. The zero value is for English.
type Options struct {
	// Analyzer is the name of the one with which the segments were built; see
	// Mapping. Empty means that of English.
	Analyzer string
	// Limits bound what one search may cost; zero fields have defaults.
	Limits Limits
}

// Index is an open list of segments. It is safe for concurrent use.
type Index struct {
	parts   []*part
	mapping *mapping.IndexMappingImpl
	limits  Limits
	lengths map[string]float64 // average number of tokens in a field
	docs    uint64
}

// Open opens segments in place. Those that cannot be used are left out, but for
// what they remove: the index serves the rest, and the error joins one
// *SegmentError for each of them. The index is never nil.
func Open(segments []Segment, o Options) (*Index, error) {
	m, err := Mapping(o.Analyzer)
	if err != nil {
		return &Index{mapping: mapping.NewIndexMapping(), limits: o.Limits.orDefault()}, err
	}
	x := &Index{mapping: m, limits: o.Limits.orDefault()}
	var errs []error
	for _, s := range segments {
		if err := x.add(s); err != nil {
			errs = append(errs, &SegmentError{s.ID, err})
		}
	}
	for _, p := range x.parts {
		p.first = x.docs
		x.docs += p.base.Count()
	}
	if err := x.measure(); err != nil {
		errs = append(errs, err)
	}
	return x, errors.Join(errs...)
}

func (x *Index) add(s Segment) error {
	var p *part
	if len(s.Data) > 0 || len(s.Removes) == 0 {
		base, err := openBase(s.Data, s.Verified)
		if err != nil { // what it replaces is outdated all the same
			return errors.Join(err, x.remove(s.Removes))
		}
		p = &part{id: s.ID, base: base, size: len(s.Data)}
		if s.Deleted != nil && !s.Deleted.IsEmpty() {
			if uint64(s.Deleted.Maximum()) >= base.Count() {
				return fmt.Errorf("%w: article %d is marked as deleted, of %d", ErrCorrupt, s.Deleted.Maximum(), base.Count())
			}
			p.deleted = s.Deleted.Clone()
		}
	}
	if err := x.remove(s.Removes); err != nil {
		return err
	}
	if p != nil {
		x.parts = append(x.parts, p)
	}
	return nil
}

// remove deletes articles from the segments opened so far.
func (x *Index) remove(ids []string) (err error) {
	defer guard(&err)
	if len(ids) == 0 {
		return nil
	}
	for _, p := range x.parts {
		gone, err := p.base.DocNumbers(ids)
		if err != nil {
			return err
		}
		if gone.IsEmpty() {
			continue
		}
		if p.deleted == nil {
			p.deleted = roaring.New()
		}
		p.deleted.Or(gone)
	}
	return nil
}

// reader is for one search, which may expand its queries to so many terms.
func (x *Index) reader() *reader { return &reader{parts: x.parts, terms: x.limits.Terms} }

// Count is the number of live articles.
func (x *Index) Count() int {
	n, _ := x.reader().DocCount()
	return int(n)
}

// SegmentInfo describes an open segment.
type SegmentInfo struct {
	ID      string
	Docs    int             // articles in it, deleted ones too
	Live    int             // articles that are not deleted
	Deleted *roaring.Bitmap // nil if there are none; do not change it
}

// Segments describes the segments that are open, in order.
func (x *Index) Segments() []SegmentInfo {
	var out []SegmentInfo
	for _, p := range x.parts {
		out = append(out, SegmentInfo{p.id, int(p.base.Count()), int(p.live()), p.deleted})
	}
	return out
}
