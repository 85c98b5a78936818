package fulltext

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// wants says what of a posting is to be read.
type wants struct{ freq, norm, vectors bool }

// postings enumerates the live articles that hold a term, segment after segment.
type postings struct {
	r     *reader
	open  func() ([]segment.PostingsIterator, uint64, error) // starts again
	wants wants
	lists []segment.PostingsIterator // one for each segment
	count uint64
	at    int    // the segment being read
	last  uint64 // number of the article returned last, if moved
	moved bool
}

func (r *reader) TermFieldReader(_ context.Context, term []byte, field string, freq, norm, vectors bool) (index.TermFieldReader, error) {
	w := wants{freq, norm, vectors}
	return newPostings(r, w, func() ([]segment.PostingsIterator, uint64, error) { return r.lists(term, field, w) })
}

func newPostings(r *reader, w wants, open func() ([]segment.PostingsIterator, uint64, error)) (*postings, error) {
	lists, count, err := open()
	if err != nil {
		return nil, err
	}
	return &postings{r: r, open: open, wants: w, lists: lists, count: count}, nil
}

func (r *reader) lists(term []byte, field string, w wants) ([]segment.PostingsIterator, uint64, error) {
	lists := make([]segment.PostingsIterator, len(r.parts))
	var count uint64
	for i, p := range r.parts {
		d, err := p.base.Dictionary(field)
		if err != nil {
			return nil, 0, err
		}
		l, err := d.PostingsList(term, p.deleted, nil)
		if err != nil {
			return nil, 0, err
		}
		count += l.Count()
		lists[i] = l.Iterator(w.freq, w.norm, w.vectors, nil)
	}
	return lists, count, nil
}

func (p *postings) Count() uint64 { return p.count }
func (p *postings) Size() int     { return 0 }
func (p *postings) Close() error  { return nil }

func (p *postings) Next(into *index.TermFieldDoc) (*index.TermFieldDoc, error) {
	for ; p.at < len(p.lists); p.at++ {
		next, err := p.lists[p.at].Next()
		if err != nil {
			return nil, err
		}
		if next != nil {
			return p.fill(into, next), nil
		}
	}
	return nil, nil
}

// Advance goes to an article or the one after it, backwards too.
func (p *postings) Advance(id index.IndexInternalID, into *index.TermFieldDoc) (*index.TermFieldDoc, error) {
	number, err := decodeNumber(id)
	if err != nil {
		return nil, err
	}
	if p.moved && number <= p.last {
		if p.lists, _, err = p.open(); err != nil {
			return nil, err
		}
		p.moved = false
	}
	i, local := p.r.locate(number)
	if i < 0 {
		return nil, nil
	}
	p.at = i
	next, err := p.lists[i].Advance(local)
	if err != nil {
		return nil, err
	}
	if next == nil {
		return p.Next(into)
	}
	return p.fill(into, next), nil
}

func (p *postings) fill(into *index.TermFieldDoc, next segment.Posting) *index.TermFieldDoc {
	if into == nil {
		into = &index.TermFieldDoc{}
	}
	p.last, p.moved = p.r.parts[p.at].first+next.Number(), true
	into.ID = encodeNumber(into.ID, p.last)
	if p.wants.freq {
		into.Freq = next.Frequency()
	}
	if p.wants.norm {
		into.Norm = next.Norm()
	}
	if p.wants.vectors {
		into.Vectors = vectors(into.Vectors, next.Locations())
	}
	return into
}

// vectors writes into the vectors of an earlier posting where it can.
func vectors(into []*index.TermFieldVector, locations []segment.Location) []*index.TermFieldVector {
	if cap(into) < len(locations) {
		backing := make([]index.TermFieldVector, len(locations))
		into = make([]*index.TermFieldVector, len(locations))
		for i := range backing {
			into[i] = &backing[i]
		}
	}
	into = into[:len(locations)]
	for i, l := range locations {
		*into[i] = index.TermFieldVector{Field: l.Field(), ArrayPositions: l.ArrayPositions(), Pos: l.Pos(), Start: l.Start(), End: l.End()}
	}
	return into
}

// bitmap is the set of articles that a list has not yet returned.
func bitmap(l segment.PostingsIterator) (*roaring.Bitmap, bool) {
	o, ok := l.(segment.OptimizablePostingsIterator)
	if !ok {
		return nil, false
	}
	if n, ok := o.DocNum1Hit(); ok {
		return roaring.BitmapOf(uint32(n)), true
	}
	if b := o.ActualBitmap(); b != nil {
		return b, true
	}
	return roaring.New(), true
}
