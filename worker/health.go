package worker

import (
	"net/http"

	"postil"
)

// health answers GET /healthz: the handler is alive.
func (s *server) health(r *http.Request) (*answer, error) { return s.state(r, "ok") }

// ready answers GET /readyz: the index is open and can be read.
func (s *server) ready(r *http.Request) (*answer, error) {
	if _, _, err := s.annotator.Terms(postil.TermQuery{Limit: 1}); err != nil {
		return nil, err
	}
	return s.state(r, "ready")
}

// state says how the service is and which index it answers from.
func (s *server) state(r *http.Request, status string) (*answer, error) {
	if err := readQuery[struct{}](r, nil, nil); err != nil {
		return nil, err
	}
	if _, err := negotiate(r, mediaJSON); err != nil {
		return nil, err
	}
	body := appendObject(nil, "status", status, "index", s.annotator.Digest(), "language", s.annotator.Language())
	return &answer{kind: mediaJSON, body: body, cache: "no-store"}, nil
}
