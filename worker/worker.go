// Package worker is Postil's HTTP interface as a plain [http.Handler]. The
// same handler runs natively under [http.Server] and, compiled to WebAssembly,
// at the edge; its answers are the same bytes in both places.
//
// Every answer but that to a batch without limit is built in memory and written
// at once, no answer sets a cookie, and every error is a problem document (RFC
// 9457).
package worker

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"postil"
)

// DefaultMaxBody is the largest request body, in bytes, that is read unless
// Options.MaxBody says otherwise.
const DefaultMaxBody = 1 << 20

// Options configures the handler. The zero value serves any origin.
type Options struct {
	// Origins lists the web origins ("https://example.org") whose pages may
	// read the answers. Empty means all.
	Origins []string
	// MaxBody is the largest request body in bytes; 0 means DefaultMaxBody.
	MaxBody int64
	// Address is where the service is reached ("https://example.org"), for the
	// addresses in its answers. Empty means what the request says.
	Address string
	// MaxBatch is the largest body of NDJSON in bytes, whose answer is built in
	// memory; 0 means as much as MaxBody. If it is negative there is no limit, and
	// answers are written while the body is read; a line may then be as long as
	// MaxBody.
	MaxBatch int64
	// Recent is how many bytes of recent texts are kept in memory with their
	// answers, for the next who sends the same text; 0 means DefaultRecent, and a
	// negative number none.
	Recent int
	// Version names the build. It is part of every entity tag, so that a new
	// build never confirms what an old one said.
	Version string
	// Log receives panics and other failures of the server; nil means
	// slog.Default().
	Log *slog.Logger
}

// New returns the handler that answers from the given index. It is safe for
// concurrent use.
func New(a *postil.Annotator, o Options) http.Handler {
	if o.MaxBody == 0 {
		o.MaxBody = DefaultMaxBody
	}
	if o.MaxBatch == 0 {
		o.MaxBatch = o.MaxBody
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Recent == 0 {
		o.Recent = DefaultRecent
	}
	s := &server{annotator: a, Options: o, recent: newRecent(o.Recent)}
	s.handle("/v1/annotate", methods{http.MethodPost: s.annotate})
	s.handle(termsPath, methods{http.MethodGet: s.listTerms})
	s.handle(termsPath+"/{id}", methods{http.MethodGet: s.oneTerm})
	s.handle(termsPath+"/{id}/mentions", methods{http.MethodGet: s.mentions})
	s.handle("/v1/articles/{id}", methods{http.MethodGet: s.article})
	s.handle("/v1/articles/{id}/related", methods{http.MethodGet: s.related})
	s.handle("/v1/search", methods{http.MethodGet: s.search})
	s.handle("/v1/suggest", methods{http.MethodGet: s.suggest})
	s.handle("/healthz", methods{http.MethodGet: s.health})
	s.handle("/readyz", methods{http.MethodGet: s.ready})
	return s
}

type server struct {
	Options
	annotator *postil.Annotator
	recent    *recent
	routes    []route
}

// An endpoint answers one method of one path. The request's body is limited
// already and never nil.
type endpoint func(*http.Request) (*answer, error)

type methods map[string]endpoint

// allow is the value of the Allow header: HEAD comes with GET, OPTIONS always.
func (m methods) allow() string {
	names := []string{http.MethodOptions}
	for name := range m {
		names = append(names, name)
		if name == http.MethodGet {
			names = append(names, http.MethodHead)
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	if r.Body == nil {
		r.Body = http.NoBody
	}
	sent := &body{ReadCloser: r.Body, limit: s.limit(r)}
	r.Body = sent
	res, err := s.call(s.methods(r), r)
	if err != nil {
		p := problemFor(err)
		if p.Status >= 500 {
			s.Log.Error("request failed", "method", r.Method, "path", r.URL.Path, "status", p.Status, "error", err)
		}
		res = problemAnswer(p)
	}
	if res.stream == nil {
		sent.drain(r)
	}
	s.send(w, r, res, start)
}

// call runs the endpoint for the request's method; without methods there is
// nothing at the path. A panic becomes an error that carries the stack for the
// log.
func (s *server) call(m methods, r *http.Request) (res *answer, err error) {
	defer func() {
		if v := recover(); v != nil {
			res, err = nil, fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	if len(m) == 0 {
		return nil, notFound(r.URL.Path)
	}
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if run := m[method]; run != nil {
		return run(r)
	}
	if method == http.MethodOptions {
		return s.preflight(m), nil
	}
	return nil, &Problem{
		Status: http.StatusMethodNotAllowed,
		Detail: fmt.Sprintf("%s does not take %s", r.URL.Path, r.Method),
		header: [][2]string{{"Allow", m.allow()}},
	}
}

// origin is the address of the service without a path.
func (s *server) origin(r *http.Request) string {
	if s.Address != "" {
		return strings.TrimSuffix(s.Address, "/")
	}
	scheme := r.URL.Scheme
	switch {
	case scheme != "": // at the edge
	case r.TLS != nil:
		scheme = "https"
	default:
		scheme = "http"
	}
	return scheme + "://" + r.Host
}

func notFound(path string) *Problem {
	return &Problem{Status: http.StatusNotFound, Detail: fmt.Sprintf("there is nothing at %s", path)}
}

// damaged tells a damaged index apart from other failures.
func damaged(err error) bool {
	var f *postil.FormatError
	return errors.As(err, &f)
}
