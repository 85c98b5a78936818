package fulltext

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/search/query"
)

// What Related takes from an article: the beginning of its text, and of the
// words in it those that are frequent here and rare elsewhere.
const (
	relatedBytes = 32 << 10
	relatedWords = 24
	// sharedTerm is how much a glossary term that both articles have counts,
	// compared with a word.
	sharedTerm = 2
)

// Related finds the articles most like an article, by its telling words and by
// the glossary terms they share, the article itself excluded. It finds none if
// there is no such article.
func (x *Index) Related(ctx context.Context, id string, n int) (hits []Hit, err error) {
	defer guard(&err)
	a, ok, err := x.Article(id)
	if err != nil || !ok {
		return nil, err
	}
	q := &words{boost: 1, lengths: x.lengths}
	if q.terms, err = x.telling(&a); err != nil {
		return nil, err
	}
	for _, t := range a.Terms {
		q.terms = append(q.terms, weighted{t, sharedTerm, []fieldWeight{{FieldTerms, 1}}})
	}
	res, err := x.Search(ctx, Request{Query: q, Size: n + 1})
	if err != nil {
		return nil, err
	}
	hits = slices.DeleteFunc(res.Hits, func(h Hit) bool { return h.ID == id })
	return hits[:min(n, len(hits))], nil
}

// telling returns the article's most telling words, best first.
func (x *Index) telling(a *Article) ([]weighted, error) {
	text := a.Title + "\n" + a.Text
	if len(text) > relatedBytes {
		text = strings.ToValidUTF8(text[:relatedBytes], "")
	}
	docs := float64(x.Count())
	var out []weighted
	all := (&words{text: text}).weighted(x.mapping)
	value := map[string]float64{}
	for _, t := range all {
		n, err := x.Frequency(FieldText, t.term)
		if err != nil {
			return nil, err
		}
		if n < 2 {
			continue // this article's alone
		}
		value[t.term] = t.times / (t.times + saturation) * rarity(docs, float64(n))
		t.times = t.times / (t.times + saturation)
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(value[b.term], value[a.term]), strings.Compare(a.term, b.term))
	})
	return out[:min(len(out), relatedWords)], nil
}

// Frequency is the number of live articles that have a term, as it is in the
// index, in a field.
func (x *Index) Frequency(field, term string) (n int, err error) {
	defer guard(&err)
	_, count, err := x.reader().lists([]byte(term), field, wants{})
	return int(count), err
}

// Mentions is a query for the articles in which a glossary term was annotated.
// By score, those come first that have few other terms.
func Mentions(term string) query.Query {
	q := query.NewTermQuery(term)
	q.SetField(FieldTerms)
	return q
}
