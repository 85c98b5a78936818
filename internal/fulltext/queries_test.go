//go:build !js && !wasip1

package fulltext

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/blevesearch/bleve/v2/search/query"
)

// queries makes several hundred of every kind.
func queries(rnd *rand.Rand) []query.Query {
	var out []query.Query
	for range 40 {
		for _, kind := range leaves {
			out = append(out, kind(rnd))
		}
		out = append(out, compound(rnd, 2))
	}
	for _, s := range queryStrings {
		out = append(out, query.NewQueryStringQuery(s))
	}
	return append(out, query.NewMatchAllQuery(), query.NewMatchNoneQuery(), query.NewQueryStringQuery(""))
}

var queryStrings = []string{
	"market", "+market -merger", "+market +merger cloud^3", `"antitrust authority"`, "title:market", "mod*", "m?del", "/m.*er/",
	"modle~1", "modle~2", "text:marke~", `title:"market merger"`, "size:>5", "size:<=2.5", `published:>"2023-01-01"`, `published:<="2022-06-01T00:00:00Z"`,
	"terms:term-cloud", "-market", "+the +market", "2.5", "size:2.5", "nothinglikethis", "+market nothinglikethis", "région naïve", "_id:doc-001", "market^0",
	"/[/", `"open`, "foo~9", "market:", "^",
}

func pick(rnd *rand.Rand) string { return vocabulary[rnd.IntN(len(vocabulary))] }

func in[Q query.FieldableQuery](rnd *rand.Rand, q Q) query.Query {
	if f := []string{"", "title", "text", "headings", "nofield"}[min(rnd.IntN(5), 1+rnd.IntN(5))%5]; f != "" {
		q.SetField(f)
	}
	if b, ok := any(q).(query.BoostableQuery); ok && rnd.IntN(3) == 0 {
		b.SetBoost(float64(1+rnd.IntN(4)) / 2)
	}
	return q
}

var leaves = []func(*rand.Rand) query.Query{
	func(r *rand.Rand) query.Query { return in(r, query.NewTermQuery(pick(r))) },
	func(r *rand.Rand) query.Query { return in(r, query.NewMatchQuery(pick(r)+" "+pick(r)+" the "+pick(r))) },
	func(r *rand.Rand) query.Query {
		q := query.NewMatchQuery(pick(r) + " " + pick(r))
		q.SetOperator(query.MatchQueryOperatorAnd)
		return in(r, q)
	},
	func(r *rand.Rand) query.Query { return in(r, query.NewMatchPhraseQuery(pick(r)+" "+pick(r))) },
	func(r *rand.Rand) query.Query {
		return query.NewMultiPhraseQuery([][]string{{pick(r), pick(r), pick(r)}, {pick(r), pick(r)}}, "text")
	},
	func(r *rand.Rand) query.Query { return in(r, query.NewPrefixQuery(pick(r)[:2])) },
	func(r *rand.Rand) query.Query {
		q := query.NewFuzzyQuery(pick(r))
		q.SetFuzziness(1 + r.IntN(2))
		q.SetPrefix(r.IntN(3))
		return in(r, q)
	},
	func(r *rand.Rand) query.Query {
		w := pick(r)
		return in(r, query.NewWildcardQuery(w[:1]+"*"+w[len(w)-1:]))
	},
	func(r *rand.Rand) query.Query { w := pick(r); return in(r, query.NewRegexpQuery(w[:2]+"[a-m]+.*")) },
	func(r *rand.Rand) query.Query { return in(r, query.NewTermRangeQuery(pick(r), pick(r))) },
	func(r *rand.Rand) query.Query {
		a := r.Float64() * 10
		b := a + r.Float64()*4
		q := query.NewNumericRangeQuery(&a, &b)
		q.SetField("size")
		return q
	},
	func(r *rand.Rand) query.Query {
		a := time.Date(2020+r.IntN(6), 1, 1, 0, 0, 0, 0, time.UTC)
		q := query.NewDateRangeQuery(a, a.AddDate(1, r.IntN(9), 0))
		q.SetField("published")
		return q
	},
	func(r *rand.Rand) query.Query {
		return query.NewDocIDQuery([]string{fmt.Sprintf("doc-%03d", r.IntN(260)), fmt.Sprintf("doc-%03d", r.IntN(240)), "none"})
	},
}

func compound(rnd *rand.Rand, depth int) query.Query {
	sub := func() query.Query {
		if depth > 0 && rnd.IntN(2) == 0 {
			return compound(rnd, depth-1)
		}
		return leaves[rnd.IntN(len(leaves))](rnd)
	}
	subs := func(n int) []query.Query {
		var out []query.Query
		for range n {
			out = append(out, sub())
		}
		return out
	}
	switch rnd.IntN(4) {
	case 0:
		return query.NewConjunctionQuery(subs(2))
	case 1:
		q := query.NewDisjunctionQuery(subs(3))
		q.SetMin(float64(rnd.IntN(3)))
		return q
	case 2:
		q := query.NewBooleanQuery(subs(rnd.IntN(2)), subs(2), subs(rnd.IntN(2)))
		q.AddFilter(sub())
		return q
	}
	return query.NewBooleanQuery(subs(rnd.IntN(3)), subs(rnd.IntN(3)), subs(1))
}
