package fulltext

import (
	"math"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/search/query"
)

// rewriter puts our fields into the clauses of a query string, and counts them.
type rewriter struct {
	x         *Index
	clauses   int
	wildcards int
	err       error
}

func (r *rewriter) fail(format string, args ...any) {
	if r.err == nil {
		r.err = queryErrorf(format, args...)
	}
}

func (r *rewriter) count(n int) {
	if r.clauses += n; r.clauses > r.x.limits.Clauses {
		r.fail("%w: more than %d clauses", ErrTooComplex, r.x.limits.Clauses)
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
	r.count(1)
	boost := 1.0
	if b, ok := q.(query.BoostableQuery); ok {
		if boost = b.Boost(); boost == 0 { // of nothing else bleve would make no number
			boost = 1e-6
			b.SetBoost(boost)
		}
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
	q, f = simpler(q, f)
	r.check(q)
	if field := f.Field(); field != "" && !slices.Contains(searchable[:], field) {
		return r.words(field+" "+textOf(q), boost)
	} else if field == FieldPublished {
		return r.published(q, boost)
	} else if field == idField {
		return query.NewDocIDQuery([]string{textOf(q)})
	} else if m, ok := q.(*query.MatchPhraseQuery); ok && (field == FieldTerms || field == FieldURL) {
		whole := query.NewTermQuery(m.MatchPhrase) // they are not words, and have no places
		whole.FieldVal, whole.BoostVal = m.FieldVal, m.BoostVal
		return whole
	} else if field != "" {
		return q
	}
	if m, ok := q.(*query.MatchQuery); ok && m.Fuzziness == 0 {
		return r.words(m.Match, boost)
	}
	return anyField(q)
}

// simpler turns a pattern whose only wildcard is a star at its end into a
// prefix, which needs no automaton.
func simpler(q query.Query, f query.FieldableQuery) (query.Query, query.FieldableQuery) {
	w, ok := q.(*query.WildcardQuery)
	if !ok || strings.ContainsAny(w.Wildcard, `?\`) || strings.IndexByte(w.Wildcard, '*') != len(w.Wildcard)-1 {
		return q, f
	}
	p := query.NewPrefixQuery(strings.TrimSuffix(w.Wildcard, "*"))
	p.FieldVal, p.BoostVal = w.FieldVal, w.BoostVal
	return p, p
}

// searchable lists the fields that a query can name.
var searchable = [...]string{FieldTitle, FieldText, FieldHeadings, FieldURL, FieldPublished, FieldTerms, idField}

func (r *rewriter) number(d *query.DisjunctionQuery, boost float64) query.Query {
	for _, q := range d.Disjuncts {
		if m, ok := q.(*query.MatchQuery); ok && !slices.Contains(searchable[:], m.Field()) {
			return r.words(strings.TrimSpace(m.Field()+" "+m.Match), boost)
		} else if ok && m.Field() == FieldPublished {
			return r.published(m, boost)
		}
	}
	return d
}

func (r *rewriter) words(text string, boost float64) *words {
	if n := len(strings.Fields(text)); n > 1 {
		r.count(n - 1)
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
		if q.Fuzziness > 0 {
			r.count(7)
		}
	case *query.MatchPhraseQuery:
		r.count(3)
	case *query.WildcardQuery:
		r.checkPattern(q.Wildcard, strings.Count(q.Wildcard, "*")+strings.Count(q.Wildcard, "?"))
	case *query.RegexpQuery:
		r.checkPattern(q.Regexp, weigh(q.Regexp))
	}
}

// maxPattern bounds patterns in bytes.
const maxPattern = 128

func (r *rewriter) checkPattern(pattern string, wildcards int) {
	r.wildcards += min(wildcards, maxPattern)
	if len(pattern) > maxPattern || r.wildcards > r.x.limits.Wildcards {
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
	case *query.PrefixQuery:
		return q.Prefix
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
	case *query.PrefixQuery:
		a, b := *q, *q
		title, text = &a, &b
	default:
		return q
	}
	title.(query.FieldableQuery).SetField(FieldTitle)
	text.(query.FieldableQuery).SetField(FieldText)
	return query.NewDisjunctionQuery([]query.Query{title, text})
}
