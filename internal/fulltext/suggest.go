package fulltext

import (
	"context"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/search/query"
)

// maxTyped bounds what Suggest looks at, in words.
const maxTyped = 8

// Suggest finds articles by what someone types of a title: words, of which the
// last may be unfinished, and in which there may be a slip.
func (x *Index) Suggest(ctx context.Context, typed string, n int) ([]Hit, error) {
	if len(typed) > x.limits.Query {
		return nil, queryErrorf("%w: %d bytes, of at most %d", ErrTooLong, len(typed), x.limits.Query)
	}
	tokens := x.mapping.AnalyzerNamed(Plain).Analyze([]byte(typed))
	tokens = tokens[:min(len(tokens), maxTyped)]
	var all []query.Query
	for i, t := range tokens {
		all = append(all, wordOfTitle(string(t.Term), i == len(tokens)-1))
	}
	if len(all) == 0 {
		return nil, nil
	}
	res, err := x.Search(ctx, Request{Query: query.NewConjunctionQuery(all), Size: n})
	if err != nil {
		return nil, err
	}
	return res.Hits, nil
}

// wordOfTitle asks for the word itself, for words that begin with it, and for
// words like it: short ones must be right, and all in their first letter.
func wordOfTitle(word string, unfinished bool) query.Query {
	exact := query.NewTermQuery(word)
	exact.SetField(suggestField)
	exact.SetBoost(4)
	any := []query.Query{exact}
	if unfinished {
		p := query.NewPrefixQuery(word)
		p.SetField(suggestField)
		p.SetBoost(2)
		any = append(any, p)
	}
	if n := utf8.RuneCountInString(word); n >= 4 {
		f := query.NewFuzzyQuery(word)
		f.SetField(suggestField)
		f.SetPrefix(1)
		f.SetFuzziness(1)
		if n >= 8 {
			f.SetFuzziness(2)
		}
		any = append(any, f)
	}
	return query.NewDisjunctionQuery(any)
}
