package worker

import (
	"errors"
	"fmt"
	"net/http"

	"postil"
	"postil/internal/ask"
)

// defaultPage is how many terms a page of the glossary has that is not asked for
// more.
const defaultPage = 100

// listTerms answers GET /v1/terms with a page of the glossary. Hidden terms are
// not in it.
func (s *server) listTerms(r *http.Request) (*answer, error) {
	q := postil.TermQuery{Limit: defaultPage}
	if err := readQuery(r, ask.Terms(&q)...); err != nil {
		return nil, err
	}
	if _, err := negotiate(r, mediaJSON); err != nil {
		return nil, err
	}
	body, err := s.annotator.AppendTermsJSON(nil, q)
	if err != nil {
		return nil, err
	}
	return s.document(r, mediaJSON, body, state{until: forever}), nil
}

// oneTerm answers GET /v1/terms/{id}, as JSON or as a DefinedTerm of schema.org.
func (s *server) oneTerm(r *http.Request) (*answer, error) {
	if err := readQuery(r); err != nil {
		return nil, err
	}
	media, err := negotiate(r, mediaJSON, mediaLD)
	if err != nil {
		return nil, err
	}
	id := r.PathValue("id")
	if media == mediaLD {
		return s.definedTerm(r, id)
	}
	body, err := s.annotator.AppendTermJSON(nil, id)
	if errors.Is(err, postil.ErrNoTerm) {
		return nil, noTerm(id)
	}
	if err != nil {
		return nil, err
	}
	return s.document(r, mediaJSON, body, state{until: forever}), nil
}

func noTerm(id string) *Problem {
	return &Problem{Status: http.StatusNotFound, Detail: fmt.Sprintf("the index has no term %q", id)}
}

// document is an answer that stays the same as long as the index does and the state
// of what can be searched. Caches may keep it, and must ask with its tag whether it
// still holds, so that a new index or build needs nothing to be purged.
func (s *server) document(r *http.Request, media string, body []byte, of state) *answer {
	return &answer{
		kind:  media,
		body:  body,
		cache: "public, no-cache",
		vary:  "Accept",
		tag:   s.entityTag(media, s.address(r), r.URL.EscapedPath(), r.URL.RawQuery, of.name),
		until: of.until,
	}
}
