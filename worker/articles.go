package worker

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"

	"postil"
	"postil/internal/ask"
	"postil/internal/live"
)

// shortID is how much of an id that does not exist an error repeats, in bytes.
const shortID = 100

func short(id string) string { return ask.Cut(id, shortID) }

// article answers GET /v1/articles/{id}.
func (s *server) article(r *http.Request) (*answer, error) {
	if err := readQuery(r); err != nil {
		return nil, err
	}
	if _, err := negotiate(r, mediaJSON); err != nil {
		return nil, err
	}
	id := r.PathValue("id")
	lib, of, err := s.library(r)
	if err != nil {
		return nil, err
	}
	a, err := lib.Article(id)
	if errors.Is(err, postil.ErrNoArticle) {
		return nil, noArticle(id)
	}
	if err != nil {
		return nil, err
	}
	res := s.document(r, mediaJSON, articleJSON(&a), of)
	res.tag = articleTag(res.body)
	return res, nil
}

func articleJSON(a *postil.StoredArticle) []byte {
	return a.AppendJSON(make([]byte, 0, len(a.Text)+4<<10))
}

// articleTag is the entity tag of an article, which depends on nothing else, so
// that it holds for those who change it wherever they read it.
func articleTag(body []byte) string {
	return `"` + strconv.FormatUint(xxhash.Sum64(body), 36) + `"`
}

// A state of what can be searched is what an answer depends on besides the index.
type state struct {
	name  string // tells it from others
	until time.Time
}

// library returns what can be searched now.
func (s *server) library(r *http.Request) (*postil.Library, state, error) {
	if s.live == nil {
		lib, err := s.annotator.Library()
		return lib, state{until: forever}, err
	}
	v, err := s.live.View(r.Context())
	if err != nil {
		return nil, state{}, unreachable(err)
	}
	return v.Library, state{nameOf(&v), v.Until}, nil
}

// nameOf tells a view from others: by its generation, and by what is missing.
func nameOf(v *live.View) string {
	name := strconv.FormatInt(v.Generation, 36)
	if len(v.Broken) > 0 {
		name += "-" + strconv.FormatUint(xxhash.Sum64String(strings.Join(v.Broken, "\n")), 36)
	}
	return name
}

func noArticle(id string) *Problem {
	return &Problem{Status: http.StatusNotFound, Detail: fmt.Sprintf("the index has no article %q", short(id))}
}

// related answers GET /v1/articles/{id}/related.
func (s *server) related(r *http.Request) (*answer, error) {
	var limit int
	if err := readQuery(r, ask.Limit(maxHits, &limit)); err != nil {
		return nil, err
	}
	if _, err := negotiate(r, mediaJSON); err != nil {
		return nil, err
	}
	id := r.PathValue("id")
	lib, of, err := s.library(r)
	if err != nil {
		return nil, err
	}
	done, err := s.turns.take(r.Context())
	if err != nil {
		return nil, err
	}
	defer done()
	hits, err := lib.Related(id, limit)
	if errors.Is(err, postil.ErrNoArticle) {
		return nil, noArticle(id)
	}
	if err != nil {
		return nil, err
	}
	return s.document(r, mediaJSON, s.annotator.AppendRelatedJSON(nil, hits), of), nil
}

// mentions answers GET /v1/terms/{id}/mentions with the articles that mention a
// term.
func (s *server) mentions(r *http.Request) (*answer, error) {
	q := postil.MentionQuery{Term: r.PathValue("id")}
	if err := readQuery(r, ask.Mentions(&q, maxHits)...); err != nil {
		return nil, err
	}
	if _, err := negotiate(r, mediaJSON); err != nil {
		return nil, err
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
	found, err := lib.Mentions(q)
	if errors.Is(err, postil.ErrNoTerm) {
		return nil, &Problem{Status: http.StatusNotFound, Detail: fmt.Sprintf("the index has no term %q", short(q.Term))}
	}
	if err != nil {
		return nil, err
	}
	return s.document(r, mediaJSON, found.AppendJSON(nil), of), nil
}
