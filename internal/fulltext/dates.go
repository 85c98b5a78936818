package fulltext

import (
	"fmt"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2/search/query"
)

var errDate = fmt.Errorf(`%w: published takes a date, as in published:2026-01-31 or published:2026-01, in quotes after a comparison, as in published:>"2026-01-31"`, ErrSyntax)

// unquoted reports whether a query breaks off within a date that is compared.
func unquoted(before string) bool {
	at := strings.LastIndex(before, FieldPublished+":")
	return at >= 0 && strings.ContainsAny(before[at:], "<>") && !strings.ContainsAny(before[at:], `" `)
}

// published makes of a clause about the date of articles a range of time. bleve
// would look for a word or a number there, which no date is.
func (r *rewriter) published(q query.Query, boost float64) query.Query {
	switch q := q.(type) {
	case *query.DateRangeQuery:
		return q
	case *query.MatchQuery:
		if q.Fuzziness == 0 {
			return r.period(q.Match, boost)
		}
	case *query.MatchPhraseQuery:
		return r.period(q.MatchPhrase, boost)
	}
	r.fail("%w", errDate)
	return q
}

// period asks for a day, month or year, in UTC.
func (r *rewriter) period(s string, boost float64) query.Query {
	s = strings.TrimSpace(s)
	for _, of := range [...]struct {
		layout              string
		years, months, days int
	}{{time.DateOnly, 0, 0, 1}, {"2006-01", 0, 1, 0}, {"2006", 1, 0, 0}} {
		start, err := time.Parse(of.layout, s)
		if err != nil {
			continue
		}
		yes, no := true, false
		q := query.NewDateRangeInclusiveQuery(start, start.AddDate(of.years, of.months, of.days), &yes, &no)
		q.SetField(FieldPublished)
		q.SetBoost(boost)
		return q
	}
	r.fail("%w", errDate)
	return query.NewMatchNoneQuery()
}
