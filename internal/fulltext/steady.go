package fulltext

import (
	"context"
	"slices"

	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	"github.com/blevesearch/bleve/v2/search/searcher"
	index "github.com/blevesearch/bleve_index_api"
)

// bleve's searcher of a boolean query, told to go to an article, sends what may
// match there even if that is there already; and many of its searchers, which have
// looked ahead, then go on to the next. So the words that a hit need not have were
// sometimes not found in it. What may match is made steady: told to go where it
// is, it stays.

// steadied is a query to go through hits with.
func steadied(q query.Query) query.Query {
	if s, ok := q.(*query.QueryStringQuery); ok {
		if parsed, err := s.Parse(); err == nil {
			q = parsed
		}
	}
	b, ok := q.(*query.BooleanQuery)
	if !ok || b.Should == nil {
		return q
	}
	c := *b
	c.Should = steady{b.Should}
	return &c
}

type steady struct{ query.Query }

func (q steady) Searcher(ctx context.Context, r index.IndexReader, m mapping.IndexMapping, o search.SearcherOptions) (search.Searcher, error) {
	s, err := q.Query.Searcher(ctx, r, m, o)
	if _, none := s.(*searcher.MatchNoneSearcher); err != nil || none {
		return s, err // which bleve knows by its type
	}
	return &steadySearcher{Searcher: s}, nil
}

type steadySearcher struct {
	search.Searcher
	last search.DocumentMatch // a copy: the match itself is used again
}

func (s *steadySearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	return s.keep(s.Searcher.Next(ctx))
}

func (s *steadySearcher) Advance(ctx *search.SearchContext, id index.IndexInternalID) (*search.DocumentMatch, error) {
	if s.last.IndexInternalID != nil && s.last.IndexInternalID.Compare(id) >= 0 {
		d := ctx.DocumentMatchPool.Get()
		copyMatch(d, &s.last)
		return d, nil
	}
	return s.keep(s.Searcher.Advance(ctx, id))
}

func (s *steadySearcher) keep(d *search.DocumentMatch, err error) (*search.DocumentMatch, error) {
	s.last = search.DocumentMatch{}
	if d != nil && err == nil {
		copyMatch(&s.last, d)
	}
	return d, err
}

func copyMatch(to, from *search.DocumentMatch) {
	to.IndexInternalID = slices.Clone(from.IndexInternalID)
	to.Score = from.Score
	to.FieldTermLocations = slices.Clone(from.FieldTermLocations)
	for i := range to.FieldTermLocations {
		l := &to.FieldTermLocations[i].Location
		l.ArrayPositions = slices.Clone(l.ArrayPositions)
	}
}

// DocumentMatchPoolSize counts the match that is given again.
func (s *steadySearcher) DocumentMatchPoolSize() int { return s.Searcher.DocumentMatchPoolSize() + 1 }
