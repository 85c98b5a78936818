package fulltext

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/collector"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"
)

// Request says what to search for. The zero value finds nothing.
type Request struct {
	// Text is the query, as Parse takes it; used if Query is nil.
	Text string
	// Query is a query made otherwise.
	Query query.Query
	// Size is the number of hits wanted, 10 if it is zero.
	Size int
	// Cursor continues an earlier search of the same query and order after its
	// last hit.
	Cursor string
	// Sort lists fields in bleve's notation, "-" for descending order; nil means
	// by score. Equals are in the order of their ids.
	Sort []string
	// Highlight, if not nil, asks for fragments.
	Highlight *Highlight
	// Bare hits have ids and scores only: nothing stored is read.
	Bare bool
}

// Result is the answer to a Request.
type Result struct {
	Total int // articles that match
	Hits  []Hit
	// Cursor asks for the hits after these; empty if there are none.
	Cursor string
}

// Hit is an article that matches.
type Hit struct {
	ID        string
	Score     float64
	Fragments []Fragment
	Locations search.FieldTermLocationMap // with Highlight only
	doc       *document.Document
	sort      []string
}

const defaultSize = 10

// Search finds articles. It ends early, with the context's error, when the
// context is done. The errors for a query are of type *QueryError, for other
// parts of the request *RequestError.
func (x *Index) Search(ctx context.Context, q Request) (res *Result, err error) {
	defer guard(&err)
	if q.Query == nil {
		if q.Query, err = x.Parse(q.Text); err != nil {
			return nil, err
		}
	}
	s, err := x.newSearch(q)
	if err != nil {
		return nil, err
	}
	if err := s.collect(ctx); err != nil {
		return nil, err
	}
	return s.result(ctx)
}

// RequestError says which part of a request is wrong.
type RequestError struct {
	Field string // "size", "cursor", "sort" or "highlight"
	Err   error
}

func (e *RequestError) Error() string { return e.Field + ": " + e.Err.Error() }
func (e *RequestError) Unwrap() error { return e.Err }

// running is a search on its way.
type running struct {
	x         *Index
	r         *reader
	q         Request
	order     search.SortOrder
	collector *collector.TopNCollector
}

func (x *Index) newSearch(q Request) (*running, error) {
	s := &running{x: x, r: x.reader(), q: q}
	s.q.Size = cmp.Or(q.Size, defaultSize)
	if s.q.Size < 0 || s.q.Size > x.limits.Hits {
		return nil, &RequestError{"size", fmt.Errorf("%w: %d hits; want 1 to %d", ErrValue, s.q.Size, x.limits.Hits)}
	}
	var err error
	if s.order, err = sortOrder(q.Sort); err != nil {
		return nil, &RequestError{"sort", err}
	}
	// One hit more than is asked for tells whether there is a next page.
	if q.Cursor == "" {
		s.collector = collector.NewTopNCollector(s.q.Size+1, 0, s.order)
	} else {
		after, err := decodeCursor(q.Cursor, q.Sort, s.order)
		if err != nil {
			return nil, &RequestError{"cursor", err}
		}
		s.collector = collector.NewTopNCollectorAfter(s.q.Size+1, s.order, after)
	}
	return s, q.Highlight.check()
}

func (s *running) collect(ctx context.Context) error {
	o := search.SearcherOptions{}
	if !s.order.RequiresScore() {
		o.Score = "none"
	}
	searcher, err := s.searcher(ctx, s.q.Query, o)
	if err != nil {
		return queryError(err)
	}
	defer searcher.Close()
	if err := s.collector.Collect(ctx, searcher, s.r); err != nil {
		return queryError(err)
	}
	return nil
}

func (s *running) searcher(ctx context.Context, q query.Query, o search.SearcherOptions) (search.Searcher, error) {
	return q.Searcher(ctx, s.r, s.x.mapping, o)
}

// locate finds out what matches in the hits. Reading the places of all matches
// while collecting would take longer than to go to the few hits once more.
func (s *running) locate(ctx context.Context, hits search.DocumentMatchCollection) error {
	s.r.terms = s.x.limits.Terms
	again, err := s.searcher(ctx, steadied(s.q.Query), search.SearcherOptions{IncludeTermVectors: true})
	if err != nil {
		return queryError(err)
	}
	defer again.Close()
	c := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(again.DocumentMatchPoolSize()+1, 0), IndexReader: s.r}
	inOrder := slices.Clone(hits)
	slices.SortFunc(inOrder, func(a, b *search.DocumentMatch) int { return a.IndexInternalID.Compare(b.IndexInternalID) })
	for _, h := range inOrder {
		d, err := again.Advance(c, h.IndexInternalID)
		if err != nil {
			return queryError(err)
		}
		if d == nil || !d.IndexInternalID.Equals(h.IndexInternalID) {
			return fmt.Errorf("%w: article %q was found once and not again", ErrCorrupt, h.ID)
		}
		d.Complete(nil)
		h.Locations = d.Locations
		c.DocumentMatchPool.Put(d)
	}
	return nil
}

// queryError leaves alone what is not the query's fault.
func queryError(err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrCorrupt) {
		return err
	}
	return &QueryError{-1, err}
}

func (s *running) result(ctx context.Context) (*Result, error) {
	found := s.collector.Results()
	res := &Result{Total: int(s.collector.Total())}
	more := len(found) > s.q.Size
	if more {
		found = found[:s.q.Size]
	}
	if s.q.Highlight != nil {
		if err := s.locate(ctx, found); err != nil {
			return nil, err
		}
	}
	for _, d := range found {
		h, err := s.hit(d)
		if err != nil {
			return nil, err
		}
		res.Hits = append(res.Hits, h)
	}
	if more {
		res.Cursor = encodeCursor(found[len(found)-1], s.q.Sort, s.order)
	}
	return res, nil
}

func (s *running) hit(d *search.DocumentMatch) (Hit, error) {
	if s.q.Bare {
		return Hit{ID: d.ID, Score: d.Score, doc: document.NewDocument(d.ID), sort: d.Sort}, nil
	}
	doc, err := s.r.stored(d.IndexInternalID, d.ID)
	if err != nil {
		return Hit{}, err
	}
	h := Hit{ID: d.ID, Score: d.Score, doc: doc, sort: d.Sort}
	if s.q.Highlight != nil {
		h.Locations = d.Locations
		h.Fragments = s.q.Highlight.fragments(d, doc)
	}
	return h, nil
}

// Article returns the stored fields of a hit; headings and names are not stored.
func (h *Hit) Article() Article { return article(h.doc) }

// Article returns the stored fields of an article, and whether there is one.
func (x *Index) Article(id string) (a Article, ok bool, err error) {
	defer guard(&err)
	d, err := x.reader().Document(id)
	if err != nil || d == nil {
		return Article{}, false, err
	}
	return article(d.(*document.Document)), true, nil
}

// Has reports whether a live article has an id.
func (x *Index) Has(id string) (ok bool, err error) {
	defer guard(&err)
	internal, err := x.reader().InternalID(id)
	return internal != nil, err
}

func article(d *document.Document) Article {
	a := Article{ID: d.ID()}
	d.VisitFields(func(f index.Field) {
		switch f.Name() {
		case FieldTitle:
			a.Title = string(f.Value())
		case FieldText:
			a.Text = string(f.Value())
		case FieldURL:
			a.URL = string(f.Value())
		case FieldTerms:
			a.Terms = append(a.Terms, string(f.Value()))
		case noteField:
			a.Note = string(f.Value())
		case FieldPublished:
			a.Published = published(f)
		}
	})
	return a
}

func published(f index.Field) time.Time {
	d, ok := f.(index.DateTimeField)
	if !ok {
		return time.Time{}
	}
	t, _, err := d.DateTime()
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
