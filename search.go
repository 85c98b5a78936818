package postil

import (
	"cmp"
	"strconv"

	"postil/internal/fulltext"
)

// SearchQuery asks for articles and terms. The zero value finds nothing.
type SearchQuery struct {
	// Text is a query in bleve's query-string syntax: words, "phrases",
	// field:word, +must -mustNot, prefix*, approximate~, /patterns/, ranges such
	// as published:>"2026-01-01". Fields are title, text, headings, url,
	// published and terms. At most 4096 bytes and 128 clauses.
	Text string
	// Scope says what to search: both if it is zero.
	Scope Scope
	// Limit is the largest number of hits; 0 means 10, at most MaxHits. Of terms
	// beside articles there are at most five.
	Limit int
	// Cursor is the Next of an earlier search for the same text and scope.
	Cursor string
	// Offsets is the unit of positions in the fragments.
	Offsets Offsets
	// Brief hits have ids and scores only.
	Brief bool
}

// MaxHits is the largest Limit of a query.
const MaxHits = 1000

// Scope is what a search goes through.
type Scope uint8

const (
	// ScopeAll finds articles, page by page, and with the first page terms.
	ScopeAll Scope = iota
	// ScopeArticles finds articles only.
	ScopeArticles
	// ScopeTerms finds terms only, page by page.
	ScopeTerms
)

func (s Scope) String() string { return name(scopes[:], int(s)) }

var scopes = [...]string{"all", "articles", "terms"}

// UnmarshalText accepts "all", "articles" or "terms".
func (s *Scope) UnmarshalText(b []byte) error {
	i, err := value("in", scopes[:], string(b))
	*s = Scope(i)
	return err
}

const (
	defaultHits  = 10
	besideHits   = 5 // terms beside articles
	fragmentHits = 3 // fragments of a text
)

// SearchResult is the answer to a SearchQuery, best first.
type SearchResult struct {
	Index    string // digest of the index
	Offsets  Offsets
	Total    int // articles that match, all pages together
	Articles []ArticleHit
	// TotalTerms counts the terms that match; 0 in further pages of articles.
	TotalTerms int
	Terms      []TermHit
	// Next is the cursor of the page after this one, or "".
	Next string

	library *Library
	query   SearchQuery
}

// TermHit is a term that was found.
type TermHit struct {
	ID, Label string
	Score     float64
}

// Search finds articles and terms. Errors are a *QueryError for the text, a
// *ValueError or one that wraps ErrCursor for the rest of the query, and a
// *FormatError for a damaged index, from which Annotate still answers. An index
// without articles has nothing to find. It is safe for concurrent use.
func (a *Annotator) Search(q SearchQuery) (*SearchResult, error) { return a.built().Search(q) }

// Search is like Annotator.Search.
func (l *Library) Search(q SearchQuery) (*SearchResult, error) {
	limit, err := hits(q.Limit)
	if err != nil {
		return nil, err
	}
	if err := cmp.Or(known("in", scopes[:], int(q.Scope)), known("offsets", offsetsNames[:], int(q.Offsets))); err != nil {
		return nil, err
	}
	r := &SearchResult{Index: l.annotator.Digest(), Offsets: q.Offsets, library: l, query: q}
	if q.Scope != ScopeTerms {
		if err := r.findArticles(limit); err != nil {
			return nil, err
		}
	}
	switch {
	case q.Scope == ScopeTerms:
		err = r.findTerms(limit, q.Cursor)
	case q.Scope == ScopeAll && q.Cursor == "":
		err = r.findTerms(min(limit, besideHits), "")
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

// hits is the number of hits that a limit means.
func hits(limit int) (int, error) {
	switch {
	case limit == 0:
		return defaultHits, nil
	case limit < 0 || limit > MaxHits:
		return 0, &ValueError{Option: "limit", Value: strconv.Itoa(limit), Reason: "want a whole number from 1 to " + strconv.Itoa(MaxHits)}
	}
	return limit, nil
}

func (r *SearchResult) findArticles(limit int) error {
	x, err := r.library.articles()
	if err != nil {
		return err
	}
	ask := fulltext.Request{Text: r.query.Text, Size: limit, Cursor: r.query.Cursor, Bare: r.query.Brief}
	if !r.query.Brief {
		ask.Highlight = &fulltext.Highlight{Fragments: fragmentHits}
	}
	found, err := x.Search(background(), ask)
	if err != nil {
		return searchError(articleSection, err)
	}
	r.Total, r.Next = found.Total, found.Cursor
	for i := range found.Hits {
		s := found.Hits[i].Article()
		h := articleHit(&found.Hits[i], &s)
		if !r.query.Brief {
			h.Fragments = fragments(&found.Hits[i], &s, r.query.Offsets)
		}
		r.Articles = append(r.Articles, h)
	}
	return nil
}

func (r *SearchResult) findTerms(limit int, cursor string) error {
	x, err := r.library.terms()
	if err != nil {
		return err
	}
	found, err := x.Search(background(), fulltext.Request{Text: r.query.Text, Size: limit, Cursor: cursor, Bare: r.query.Brief})
	if err != nil {
		return searchError(termSection, err)
	}
	r.TotalTerms = found.Total
	if r.query.Scope == ScopeTerms {
		r.Next = found.Cursor
	}
	r.Terms = termHits(found.Hits)
	return nil
}

func termHits(found []fulltext.Hit) []TermHit {
	out := make([]TermHit, len(found))
	for i := range found {
		out[i] = TermHit{ID: found[i].ID, Label: found[i].Article().Title, Score: found[i].Score}
	}
	return out
}
