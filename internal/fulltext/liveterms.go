package fulltext

import (
	"github.com/RoaringBitmap/roaring/v2"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// liveTerms is a segment's dictionary, less what only deleted articles have: a
// query must not stand for terms that an index built anew would lack, because each
// of them changes the scores of the others.
type liveTerms struct {
	segment.TermDictionary
	deleted *roaring.Bitmap
	list    segment.PostingsList // used again
}

func (p *part) terms(field string) (liveTerms, error) {
	d, err := p.base.Dictionary(field)
	return liveTerms{TermDictionary: d, deleted: p.deleted}, err
}

// count is the number of live articles that have a term.
func (l *liveTerms) count(term []byte) (n uint64, err error) {
	if l.list, err = l.PostingsList(term, l.deleted, l.list); err != nil {
		return 0, err
	}
	return l.list.Count(), nil
}

// FieldDictContains tells whether a field has a term in a live article.
func (r *reader) FieldDictContains(field string) (index.FieldDictContains, error) {
	var all presence
	for _, p := range r.parts {
		d, err := p.terms(field)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, nil
}

type presence []liveTerms

func (p presence) BytesRead() uint64 { return 0 }

func (p presence) Contains(term []byte) (bool, error) {
	for i := range p {
		if n, err := p[i].count(term); n > 0 || err != nil {
			return n > 0, err
		}
	}
	return false, nil
}
