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
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"postil"
	"postil/internal/live"
	"postil/internal/store"
)

type server struct {
	Options
	annotator *postil.Annotator
	live      *live.Archive // of its articles; nil without a store
	recent    *recent       // of all servers of a process
	site      string        // its name; "" for the service itself
	base      string        // of its paths: "" or that of the site
	routes    []route
	sites     *sites // nil within a site and without a store
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
	sent := &body{ReadCloser: r.Body, control: http.NewResponseController(w), load: s.load, limit: s.limit(r)}
	defer sent.release()
	r.Body = sent
	res := s.answer(w, r)
	if res.stream == nil {
		sent.release()
		if n := int64(len(res.body)); n > small && !s.load.answers.take(n, 0) {
			res = problemAnswer(unavailable)
		} else if n > small {
			defer s.load.answers.give(n)
		}
		sent.drain(r, res.status)
	}
	s.send(w, r, res, start)
}

// answer makes the answer to a request, which has a place meanwhile.
func (s *server) answer(w http.ResponseWriter, r *http.Request) *answer {
	defer s.load.leave()
	res, err := s.admit(w, r, !s.load.enter())
	if err == nil {
		err = changed(r, res.tag)
	}
	if err == nil {
		return res
	}
	p := problemFor(err)
	if p.Status >= 500 && !errors.Is(err, store.ErrWait) && err != crowded {
		s.Log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "status", p.Status, "error", err)
	}
	return problemAnswer(p)
}

// admit calls for a request unless it is one too many. What a browser asks first,
// or a monitor, is not counted.
func (s *server) admit(w http.ResponseWriter, r *http.Request, busy bool) (*answer, error) {
	if busy && !isState(r) {
		return nil, crowded
	}
	if s.Limit != nil && r.Method != http.MethodOptions && !isState(r) {
		if err := s.Limit(w.Header(), r); err != nil {
			return nil, err
		}
	}
	return s.call(r)
}

// isState reports whether a request is one of a monitor.
func isState(r *http.Request) bool { return r.URL.Path == "/healthz" || r.URL.Path == "/readyz" }

// call runs the endpoint for the request, which may be that of a site. A panic
// becomes an error that carries the stack for the log.
func (s *server) call(r *http.Request) (res *answer, err error) {
	defer func() {
		if v := recover(); v != nil {
			res, err = nil, fmt.Errorf("panic: %v\n%s", v, debug.Stack())
		}
	}()
	m := s.methods(r)
	if s.needsKey(m, r) {
		if err := s.identify(r); err != nil {
			return nil, err
		}
		defer func() {
			if res != nil && res.cache != "no-store" {
				res.cache, res.until = "private, no-cache", time.Time{}
			}
		}()
	}
	if name, path, ok := siteOf(r.URL); ok && m == nil && s.sites != nil && strings.HasPrefix(path, "/v1/") {
		if m, err := s.without(r, name); m != nil || err != nil {
			return m, err
		}
		var until time.Time
		if s, until, err = s.sites.open(r.Context(), name); err != nil {
			return nil, err
		}
		defer func() {
			if res != nil && until.Before(res.until) {
				res.until = until
			}
		}()
		asked := r
		r = below(r, name)
		m = s.methods(r)
		asked.Pattern = sitesPath + "{site}" + r.Pattern
	}
	return s.dispatch(m, r)
}

// dispatch runs the endpoint for the request's method; without methods there is
// nothing at the path.
func (s *server) dispatch(m methods, r *http.Request) (*answer, error) {
	if len(m) == 0 {
		return nil, notFound(s.base + r.URL.Path)
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
		Detail: fmt.Sprintf("%s does not take %s", s.base+r.URL.Path, r.Method),
		header: [][2]string{{"Allow", m.allow()}},
	}
}

// address is what paths of the API are appended to.
func (s *server) address(r *http.Request) string {
	if s.Address != "" {
		return strings.TrimSuffix(s.Address, "/") + s.base
	}
	scheme := r.URL.Scheme
	switch {
	case scheme != "": // at the edge
	case r.TLS != nil:
		scheme = "https"
	default:
		scheme = "http"
	}
	return scheme + "://" + r.Host + s.base
}

func notFound(path string) *Problem {
	return &Problem{Status: http.StatusNotFound, Detail: fmt.Sprintf("there is nothing at %s", path)}
}

// damaged tells a damaged index apart from other failures.
func damaged(err error) bool {
	var f *postil.FormatError
	return errors.As(err, &f)
}
