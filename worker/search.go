package worker

import (
	"errors"
	"fmt"
	"net/http"

	"postil"
	"postil/internal/ask"
)

// maxHits is the largest page of a search, in hits: each shows its fragments.
const maxHits = 100

// search answers GET /v1/search with articles and terms.
func (s *server) search(r *http.Request) (*answer, error) {
	var q postil.SearchQuery
	if err := readQuery(r, append([]ask.Option{ask.Text("q", &q.Text)}, ask.Search(&q, maxHits)...)...); err != nil {
		return nil, err
	}
	if _, err := negotiate(r, mediaJSON); err != nil {
		return nil, err
	}
	if q.Text == "" {
		return nil, errNoQuery
	}
	lib, of, err := s.library(r)
	if err != nil {
		return nil, err
	}
	done, err := s.turns.take(r.Context())
	if err != nil {
		return nil, err
	}
	defer done()
	found, err := lib.Search(q)
	if err != nil {
		return nil, queryProblem(err)
	}
	return s.document(r, mediaJSON, found.AppendJSON(nil), of), nil
}

// suggest answers GET /v1/suggest with what someone may mean who is typing.
func (s *server) suggest(r *http.Request) (*answer, error) {
	var text string
	var limit int
	if err := readQuery(r, ask.Text("q", &text), ask.Limit(maxHits, &limit)); err != nil {
		return nil, err
	}
	if _, err := negotiate(r, mediaJSON); err != nil {
		return nil, err
	}
	if text == "" {
		return nil, errNoQuery
	}
	lib, of, err := s.library(r)
	if err != nil {
		return nil, err
	}
	done, err := s.turns.take(r.Context())
	if err != nil {
		return nil, err
	}
	defer done()
	found, err := lib.Suggest(text, limit)
	if err != nil {
		return nil, queryProblem(err)
	}
	return s.document(r, mediaJSON, found.AppendJSON(nil), of), nil
}

var errNoQuery = unprocessable(Detail{Detail: "q is missing: say what to search for", Parameter: "q"})

// queryProblem says what is wrong with the parameter q, and where; other errors
// it leaves alone.
func queryProblem(err error) error {
	var q *postil.QueryError
	if !errors.As(err, &q) {
		return err
	}
	detail := fmt.Sprintf("q: %v", q.Err)
	switch {
	case errors.Is(err, postil.ErrTooManyTerms):
		detail = "q: a pattern, a prefix or an approximate word fits too many words: write more of it"
	case q.Offset >= 0:
		detail = fmt.Sprintf("q: %v at byte %d", q.Err, q.Offset)
	}
	return unprocessable(Detail{Detail: detail, Parameter: "q"})
}
