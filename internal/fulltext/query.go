package fulltext

import (
	"cmp"
	"errors"
	"fmt"
	"sort"
	"strings"
	"unicode"

	"github.com/blevesearch/bleve/v2/search/query"
)

// Queries are written in bleve's query-string syntax. Four things differ: a
// word without a field is searched in title, headings and text (see words.go);
// a phrase, a pattern or an approximate word without a field in title and text;
// a colon after what is not a field is text, so that "AI: a history" and
// addresses can be searched for; and a date is a day, month or year of published.

// Limits bound what one search may cost. Zero means the default.
type Limits struct {
	Query     int // bytes of the query; 4096
	Clauses   int // words, phrases and other clauses of the query, a phrase counting as four, an approximate word as eight; 128
	Terms     int // terms that patterns, prefixes and approximate words stand for; 1024
	Wildcards int // wildcards in all patterns together, a star at a word's end aside; 6
	Hits      int // hits that can be asked for at once; 1000
}

func (l Limits) orDefault() Limits {
	return Limits{cmp.Or(l.Query, 4096), cmp.Or(l.Clauses, 128), cmp.Or(l.Terms, 1024), cmp.Or(l.Wildcards, 6), cmp.Or(l.Hits, 1000)}
}

// QueryError says what is wrong with a query, and where.
type QueryError struct {
	Offset int // bytes before the place in the query; -1 if it is not one place
	Err    error
}

func (e *QueryError) Error() string {
	if e.Offset < 0 {
		return fmt.Sprintf("query: %v", e.Err)
	}
	return fmt.Sprintf("query: byte %d: %v", e.Offset, e.Err)
}

func (e *QueryError) Unwrap() error { return e.Err }

// Errors that a QueryError wraps, beside ErrTooManyTerms.
var (
	ErrSyntax     = errors.New("syntax error")
	ErrTooLong    = errors.New("the query is too long")
	ErrTooComplex = errors.New("it is too complex")
	ErrValue      = errors.New("value out of range")
)

func queryErrorf(format string, args ...any) error {
	return &QueryError{-1, fmt.Errorf(format, args...)}
}

// Parse makes a query from a string. The errors are of type *QueryError.
func (x *Index) Parse(s string) (query.Query, error) {
	if len(s) > x.limits.Query {
		return nil, queryErrorf("%w: %d bytes, of at most %d", ErrTooLong, len(s), x.limits.Query)
	}
	parsed, err := query.NewQueryStringQuery(s).Parse()
	if err != nil {
		return nil, syntaxError(s, err)
	}
	b, ok := parsed.(*query.BooleanQuery)
	if !ok {
		return parsed, nil // the empty query, which matches nothing
	}
	r := rewriter{x: x}
	must, should, mustNot := r.each(clauses(b.Must)), r.merged(clauses(b.Should)), r.each(clauses(b.MustNot))
	if r.err != nil {
		return nil, r.err
	}
	if len(should) == 1 && len(must)+len(mustNot) == 0 {
		return should[0], nil
	}
	return query.NewBooleanQueryForQueryString(must, should, mustNot), nil
}

func clauses(q query.Query) []query.Query {
	switch q := q.(type) {
	case *query.ConjunctionQuery:
		return q.Conjuncts
	case *query.DisjunctionQuery:
		return q.Disjuncts
	}
	return nil
}

// syntaxError finds the place: the end of the longest beginning of the query
// that is right, or a quotation mark that has no other.
func syntaxError(s string, cause error) error {
	what := ErrSyntax
	if m := strings.TrimPrefix(cause.Error(), "parse error: "); strings.HasPrefix(m, "invalid time") {
		what = errDate
	} else if m != "" && !strings.HasPrefix(m, "syntax error") {
		what = fmt.Errorf("%w: %s", ErrSyntax, m)
	}
	if at := strings.LastIndexByte(s, '"'); strings.Contains(cause.Error(), "quote") && at >= 0 {
		return &QueryError{at, what}
	}
	var ends []int // where the query could have ended
	for i, c := range s {
		if i > 0 && (unicode.IsSpace(c) || strings.ContainsRune(`:^~"+-<>=`, c)) {
			ends = append(ends, i)
		}
	}
	right := 0
	if n := sort.Search(len(ends), func(i int) bool { return !begins(s[:ends[i]]) }); n > 0 {
		right = ends[n-1]
	}
	if unquoted(s[:right]) {
		what = errDate
	}
	return &QueryError{right + len(s[right:]) - len(strings.TrimLeftFunc(s[right:], unicode.IsSpace)), what}
}

// begins reports whether a right query can begin so, as far as it is complete.
func begins(s string) bool {
	_, err := query.NewQueryStringQuery(s).Parse()
	return err == nil || strings.Contains(err.Error(), "quote")
}
