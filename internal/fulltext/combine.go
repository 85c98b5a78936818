package fulltext

import (
	"errors"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// bleve's searchers for "all of" and "any of" offer their term readers the
// chance to intersect or unite whole postings lists, which is faster than
// going through them one by one. Where only the articles count, not scores or
// places ("unadorned"), one reader over bitmaps takes the place of all.

var errForeign = errors.New("term readers of different indexes")

// combination gathers the readers of one searcher.
type combination struct {
	kind    string
	readers []*postings
}

// Optimize implements index.Optimizable.
func (p *postings) Optimize(kind string, c index.OptimizableContext) (index.OptimizableContext, error) {
	switch kind {
	case "conjunction", "conjunction:unadorned", "disjunction:unadorned":
	default:
		return nil, nil
	}
	if c == nil {
		c = &combination{kind: kind}
	}
	all, ok := c.(*combination)
	if !ok {
		return nil, nil
	}
	if len(all.readers) > 0 && all.readers[0].r != p.r {
		return nil, errForeign
	}
	all.readers = append(all.readers, p)
	return all, nil
}

// Finish narrows the lists of a scored conjunction and returns nil, or returns
// the one reader that replaces all.
func (c *combination) Finish() (index.Optimized, error) {
	if len(c.readers) < 2 {
		return nil, nil
	}
	if c.kind == "conjunction" {
		for i := range c.readers[0].lists {
			c.narrow(i)
		}
		return nil, nil
	}
	sets, ok := c.sets()
	if !ok {
		return nil, nil
	}
	return newPostings(c.readers[0].r, wants{}, func() ([]segment.PostingsIterator, uint64, error) {
		lists := make([]segment.PostingsIterator, len(sets))
		var count uint64
		for i, set := range sets {
			lists[i] = &bitmapList{set: set, rest: set.Iterator()}
			count += set.GetCardinality()
		}
		return lists, count, nil
	})
}

// narrow replaces the lists of segment i by their intersection. Lists of a
// single article stay as they are.
func (c *combination) narrow(i int) {
	var lists []segment.OptimizablePostingsIterator
	var sets []*roaring.Bitmap
	for _, p := range c.readers {
		if l, ok := p.lists[i].(segment.OptimizablePostingsIterator); ok && l.ActualBitmap() != nil {
			lists, sets = append(lists, l), append(sets, l.ActualBitmap())
		}
	}
	if len(sets) < 2 {
		return
	}
	both := roaring.FastAnd(sets...)
	for _, l := range lists {
		l.ReplaceActual(both)
	}
}

// sets combines the lists of each segment.
func (c *combination) sets() ([]*roaring.Bitmap, bool) {
	out := make([]*roaring.Bitmap, len(c.readers[0].lists))
	for i := range out {
		sets := make([]*roaring.Bitmap, 0, len(c.readers))
		for _, p := range c.readers {
			set, ok := bitmap(p.lists[i])
			if !ok {
				return nil, false
			}
			sets = append(sets, set)
		}
		if c.kind == "conjunction:unadorned" {
			out[i] = roaring.FastAnd(sets...)
		} else {
			out[i] = roaring.FastOr(sets...)
		}
	}
	return out, true
}

// bitmapList is a postings list of articles only.
type bitmapList struct {
	set  *roaring.Bitmap
	rest roaring.IntPeekable
}

// numberOnly is a posting of which only the article is known.
type numberOnly uint64

func (n numberOnly) Number() uint64                { return uint64(n) }
func (n numberOnly) Frequency() uint64             { return 0 }
func (n numberOnly) Norm() float64                 { return 0 }
func (n numberOnly) Locations() []segment.Location { return nil }
func (n numberOnly) Size() int                     { return 8 }

func (b *bitmapList) Next() (segment.Posting, error) {
	if !b.rest.HasNext() {
		return nil, nil
	}
	return numberOnly(b.rest.Next()), nil
}

func (b *bitmapList) Advance(number uint64) (segment.Posting, error) {
	b.rest.AdvanceIfNeeded(uint32(number))
	return b.Next()
}

func (b *bitmapList) ActualBitmap() *roaring.Bitmap   { return b.set }
func (b *bitmapList) DocNum1Hit() (uint64, bool)      { return 0, false }
func (b *bitmapList) ReplaceActual(s *roaring.Bitmap) { b.set, b.rest = s, s.Iterator() }
func (b *bitmapList) Size() int                       { return 0 }
func (b *bitmapList) BytesRead() uint64               { return 0 }
func (b *bitmapList) ResetBytesRead(uint64)           {}
func (b *bitmapList) BytesWritten() uint64            { return 0 }
