package worker

import (
	"errors"
	"net/http"

	"postil"
	"postil/internal/store"
)

// health answers GET /healthz: the handler is alive.
func (s *server) health(r *http.Request) (*answer, error) { return s.state(r, "ok") }

// ready answers GET /readyz: the index is open and can be read. What is wrong with
// the articles that came later keeps nobody from the rest, so that it is told and
// no more.
func (s *server) ready(r *http.Request) (*answer, error) {
	if _, _, err := s.annotator.Terms(postil.TermQuery{Limit: 1}); err != nil {
		return nil, err
	}
	archive := "none"
	if s.live != nil {
		v, err := s.live.View(r.Context())
		switch {
		case errors.Is(err, store.ErrWait):
			return nil, err
		case err != nil:
			s.Log.Error("the articles cannot be read", "error", err)
			archive = "unreachable"
		case len(v.Broken) > 0:
			archive = "damaged"
		default:
			archive = "ready"
		}
	}
	return s.state(r, "ready", "archive", archive)
}

// state says how the service is and which index it answers from.
func (s *server) state(r *http.Request, status string, members ...string) (*answer, error) {
	if err := readQuery(r); err != nil {
		return nil, err
	}
	if _, err := negotiate(r, mediaJSON); err != nil {
		return nil, err
	}
	body := appendObject(nil, append([]string{"status", status, "index", s.annotator.Digest(), "language", s.annotator.Language()}, members...)...)
	return &answer{kind: mediaJSON, body: body, cache: "no-store"}, nil
}
