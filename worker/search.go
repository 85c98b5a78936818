package worker

import (
	"errors"
	"fmt"
	"net/http"

	"postil"
)

// maxHits is the largest page of a search, in hits: each shows its fragments.
const maxHits = 100

// limited makes the option limit of a number.
func limited[T any](most int, set func(*T, int)) option[T] {
	return option[T]{"limit", number, func(dst *T, v value) error {
		if v.number != float64(int(v.number)) || v.number < 1 || v.number > float64(most) {
			return fmt.Errorf("limit is %v, want a whole number from 1 to %d", v.number, most)
		}
		set(dst, int(v.number))
		return nil
	}}
}

func searchOptions() []option[postil.SearchQuery] {
	type query = postil.SearchQuery
	return []option[query]{
		{"q", word, func(q *query, v value) error { q.Text = v.word; return nil }},
		{"in", word, func(q *query, v value) error { return q.Scope.UnmarshalText([]byte(v.word)) }},
		limited(maxHits, func(q *query, n int) { q.Limit = n }),
		{"cursor", word, func(q *query, v value) error { q.Cursor = v.word; return nil }},
		{"offsets", word, func(q *query, v value) error { return q.Offsets.UnmarshalText([]byte(v.word)) }},
	}
}

// search answers GET /v1/search with articles and terms.
func (s *server) search(r *http.Request) (*answer, error) {
	var q postil.SearchQuery
	if err := readQuery(r, &q, searchOptions()); err != nil {
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

// typed is what GET /v1/suggest asks.
type typed struct {
	text  string
	limit int
}

func suggestOptions() []option[typed] {
	return []option[typed]{
		{"q", word, func(t *typed, v value) error { t.text = v.word; return nil }},
		limited(maxHits, func(t *typed, n int) { t.limit = n }),
	}
}

// suggest answers GET /v1/suggest with what someone may mean who is typing.
func (s *server) suggest(r *http.Request) (*answer, error) {
	var t typed
	if err := readQuery(r, &t, suggestOptions()); err != nil {
		return nil, err
	}
	if _, err := negotiate(r, mediaJSON); err != nil {
		return nil, err
	}
	if t.text == "" {
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
	found, err := lib.Suggest(t.text, t.limit)
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
