package fulltext

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/blevesearch/bleve/v2/search/query"
)

// Queries are written in bleve's query-string syntax. Three things differ: a
// word without a field is searched in title, headings and text (see words.go);
// a phrase, a pattern or an approximate word without a field in title and text;
// and a colon after what is not a field is text, so that "AI: a history" and
// addresses can be searched for.

// Limits bound what one search may cost. Zero means the default.
type Limits struct {
	Query     int // bytes of the query; 4096
	Clauses   int // words, phrases and other clauses of the query; 128
	Terms     int // terms that patterns, prefixes and approximate words stand for; 1024
	Wildcards int // wildcards in one pattern; 8
	Hits      int // hits, counted from the first, that can be asked for without a cursor; 1000
}

func (l Limits) orDefault() Limits {
	return Limits{cmp.Or(l.Query, 4096), cmp.Or(l.Clauses, 128), cmp.Or(l.Terms, 1024), cmp.Or(l.Wildcards, 8), cmp.Or(l.Hits, 1000)}
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
	if m := strings.TrimPrefix(cause.Error(), "parse error: "); m != "" && !strings.HasPrefix(m, "syntax error") {
		what = fmt.Errorf("%w: %s", ErrSyntax, m)
	}
	if at := strings.LastIndexByte(s, '"'); strings.Contains(cause.Error(), "quote") && at >= 0 {
		return &QueryError{at, what}
	}
	right := 0
	for i := range s {
		if i == 0 || !unicode.IsSpace(rune(s[i])) && !strings.ContainsRune(`:^~"+-<>=`, rune(s[i])) {
			continue
		}
		if _, err := query.NewQueryStringQuery(s[:i]).Parse(); err == nil {
			right = i
		}
	}
	return &QueryError{right + len(s[right:]) - len(strings.TrimLeftFunc(s[right:], unicode.IsSpace)), what}
}

// rewriter puts our fields into the clauses of a query string, and counts them.
type rewriter struct {
	x       *Index
	clauses int
	err     error
}

func (r *rewriter) fail(format string, args ...any) {
	if r.err == nil {
		r.err = queryErrorf(format, args...)
	}
}

func (r *rewriter) each(in []query.Query) []query.Query {
	var out []query.Query
	for _, q := range in {
		out = append(out, r.clause(q))
	}
	return out
}

// merged joins words that count alike, so that they are ranked as one text.
func (r *rewriter) merged(in []query.Query) []query.Query {
	var all *words
	var out []query.Query
	for _, q := range r.each(in) {
		w, ok := q.(*words)
		switch {
		case !ok || w.boost != 1:
			out = append(out, q)
		case all == nil:
			all = w
			out = append(out, w)
		default:
			all.text += " " + w.text
		}
	}
	return out
}

func (r *rewriter) clause(q query.Query) query.Query {
	if r.clauses++; r.clauses > r.x.limits.Clauses {
		r.fail("%w: more than %d clauses", ErrTooComplex, r.x.limits.Clauses)
		return q
	}
	boost := 1.0
	if b, ok := q.(query.BoostableQuery); ok {
		boost = b.Boost()
	}
	if !(boost >= 0 && boost <= 1000) {
		r.fail("%w: a boost of %g; want 0 to 1000", ErrValue, boost)
	}
	if d, ok := q.(*query.DisjunctionQuery); ok { // a number: as a word, or as what it is
		return r.number(d, boost)
	}
	f, ok := q.(query.FieldableQuery)
	if !ok {
		return q
	}
	r.check(q)
	if field := f.Field(); field != "" && !slices.Contains(searchable[:], field) {
		return r.words(field+" "+textOf(q), boost)
	} else if field == idField {
		return query.NewDocIDQuery([]string{textOf(q)})
	} else if field != "" {
		return q
	}
	if m, ok := q.(*query.MatchQuery); ok && m.Fuzziness == 0 {
		return r.words(m.Match, boost)
	}
	return anyField(q)
}

// searchable lists the fields that a query can name.
var searchable = [...]string{FieldTitle, FieldText, FieldHeadings, FieldURL, FieldPublished, FieldTerms, idField}

func (r *rewriter) number(d *query.DisjunctionQuery, boost float64) query.Query {
	for _, q := range d.Disjuncts {
		if m, ok := q.(*query.MatchQuery); ok && !slices.Contains(searchable[:], m.Field()) {
			return r.words(strings.TrimSpace(m.Field()+" "+m.Match), boost)
		}
	}
	return d
}

func (r *rewriter) words(text string, boost float64) *words {
	if n := len(strings.Fields(text)); n > 1 {
		r.clauses += n - 1
	}
	return &words{text: text, boost: boost, lengths: r.x.lengths}
}

// check refuses what would take long.
func (r *rewriter) check(q query.Query) {
	switch q := q.(type) {
	case *query.MatchQuery:
		if q.Fuzziness < 0 || q.Fuzziness > 2 {
			r.fail("%w: a fuzziness of %d; want 0 to 2", ErrValue, q.Fuzziness)
		}
	case *query.WildcardQuery:
		r.checkPattern(q.Wildcard, strings.Count(q.Wildcard, "*")+strings.Count(q.Wildcard, "?"))
	case *query.RegexpQuery:
		r.checkPattern(q.Regexp, weigh(q.Regexp))
	}
}

// maxPattern bounds patterns in bytes.
const maxPattern = 128

func (r *rewriter) checkPattern(pattern string, wildcards int) {
	if len(pattern) > maxPattern || wildcards > r.x.limits.Wildcards {
		r.fail("pattern %.40q: %w: want at most %d bytes and %d wildcards", pattern, ErrTooComplex, maxPattern, r.x.limits.Wildcards)
	}
}

// weigh counts what makes a regular expression's automaton grow; counted
// repetition does so without bound.
func weigh(pattern string) int {
	n := 0
	for _, c := range pattern {
		switch c {
		case '{':
			return math.MaxInt
		case '.', '*', '+', '?', '|', '[':
			n++
		}
	}
	return n
}

// textOf is what a clause asks for.
func textOf(q query.Query) string {
	switch q := q.(type) {
	case *query.MatchQuery:
		return q.Match
	case *query.MatchPhraseQuery:
		return q.MatchPhrase
	case *query.WildcardQuery:
		return q.Wildcard
	case *query.RegexpQuery:
		return q.Regexp
	}
	return ""
}

// anyField asks for the same in title and text.
func anyField(q query.Query) query.Query {
	var title, text query.Query
	switch q := q.(type) {
	case *query.MatchQuery:
		a, b := *q, *q
		title, text = &a, &b
	case *query.MatchPhraseQuery:
		a, b := *q, *q
		title, text = &a, &b
	case *query.WildcardQuery:
		a, b := *q, *q
		title, text = &a, &b
	case *query.RegexpQuery:
		a, b := *q, *q
		title, text = &a, &b
	default:
		return q
	}
	title.(query.FieldableQuery).SetField(FieldTitle)
	text.(query.FieldableQuery).SetField(FieldText)
	return query.NewDisjunctionQuery([]query.Query{title, text})
}
