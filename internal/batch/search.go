package batch

import (
	"context"
	"io"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"

	"postil"
	"postil/internal/lines"
)

// Search answers the queries of in on out as Run answers texts: with the ids and
// scores of the articles that were found, or of the terms, as q.Scope says, or of both,
// the articles first. q holds what all queries have in common.
func Search(ctx context.Context, in io.Reader, out io.Writer, a *postil.Annotator, q postil.SearchQuery, workers int) (Stats, error) {
	q.Brief = true
	queries := search{a, q}
	return answer(ctx, in, out, queries.line, workers)
}

// search answers lines with hits.
type search struct {
	annotator *postil.Annotator
	common    postil.SearchQuery
}

func (s *search) line(l lines.Line) (answer []byte, failed bool) {
	q, err := read(l, MaxLine, shape{[]string{"query"}, "query", "one query"})
	if err != nil {
		return appendError(nil, q.id, l.Number, err), true
	}
	ask := s.common
	ask.Text = q.text
	r, err := s.annotator.Search(ask)
	if err != nil {
		return appendError(nil, q.id, l.Number, err), true
	}
	answer = append(append(answer, `{"id":`...), q.id...)
	answer = append(answer, `,"hits":[`...)
	for i, h := range r.Articles {
		answer = appendHit(answer, i, h.ID, h.Score)
	}
	for i, t := range r.Terms {
		answer = appendHit(answer, len(r.Articles)+i, t.ID, t.Score)
	}
	return append(answer, "]}"...), false
}

func appendHit(dst []byte, i int, id string, score float64) []byte {
	if i > 0 {
		dst = append(dst, ',')
	}
	dst = append(dst, `{"id":`...)
	dst, _ = jsontext.AppendQuote(dst, id) // the index holds UTF-8, which cannot fail
	dst = append(dst, `,"score":`...)
	return append(strconv.AppendFloat(dst, score, 'g', 6, 64), '}')
}
