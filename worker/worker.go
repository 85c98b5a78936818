// Package worker is Postil's HTTP interface as a plain [http.Handler]. The
// same handler runs natively under [http.Server] and, compiled to WebAssembly,
// at the edge; its answers are the same bytes in both places.
//
// Every answer but that to a batch without limit is built in memory and written
// at once, no answer sets a cookie, and every error is a problem document (RFC
// 9457).
package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"postil"
	"postil/internal/live"
	"postil/internal/site"
	"postil/internal/store"
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
	// Defaults are options of annotations, written as in a query, for requests that
	// do not say otherwise; see CheckDefaults.
	Defaults string
	// Recent is how many bytes of recent texts are kept in memory with their
	// answers, for the next who sends the same text; 0 means DefaultRecent, and a
	// negative number none.
	Recent int
	// Markdown makes HTML of Markdown; nil means that no article is taken that is
	// written so.
	Markdown func(string) (string, error)
	// ArticleMemory is how many bytes of the articles of an index that came later
	// are held in memory at most, and so how many can be kept; 0 means
	// live.DefaultMaxBytes.
	ArticleMemory int64
	// MaxRunning is how many requests are answered at once; one more is answered 503,
	// before anything is read of it, so that memory and the time that the others take
	// have a limit. 0 means DefaultMaxRunning.
	MaxRunning int
	// Turns is how many requests compute at a time, in the order in which they came;
	// 0 means any number, as where another one sees to it.
	Turns int
	// MaxWait is how long a request waits for its turn at most: one that would wait
	// longer is answered 503 at once. 0 means DefaultMaxWait.
	MaxWait time.Duration
	// Version names the build. It is part of every entity tag, so that a new
	// build never confirms what an old one said.
	Version string
	// Store keeps what is published while the service runs; nil means that nothing
	// is.
	Store store.Store
	// Pause waits before a change of the store is made again that another one came
	// before; nil means to do so with a timer.
	Pause func(context.Context, time.Duration) error
	// Refresh is how old what is known of the store may be when a request comes;
	// 0 means DefaultRefresh.
	Refresh time.Duration
	// UntilHeader is the header in which a host is told of an answer that may be given
	// again to who asks the same, in milliseconds since 1970 until when; "" is none.
	UntilHeader string
	// SiteMemory is how many bytes of sites' indexes stay open, and so the size of
	// the largest; 0 means DefaultSiteMemory.
	SiteMemory int64
	// Grants say whose requests may change it; without any, nobody's.
	Grants []Grant
	// Keys are needed to read; without any, everybody may.
	Keys []Key
	// Pages says whose pages are shown with their terms marked.
	Pages PageOptions
	// Languages are those of sites' indexes besides English.
	Languages []*postil.Language
	// Limit counts a request and returns a [Problem] if it is one too many; it may
	// set headers of the answer. nil means that there is no limit.
	Limit func(http.Header, *http.Request) error
	// Log receives panics and other failures of the server; nil means
	// slog.Default().
	Log *slog.Logger

	turns *turns // of all servers of a service
}

// A Service answers from an index and from what its store has. It is safe for
// concurrent use.
type Service struct{ own *server }

func (s *Service) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.own.ServeHTTP(w, r) }

// DefaultMaxRunning is how many requests are answered at once unless
// Options.MaxRunning says otherwise.
const DefaultMaxRunning = 256

// New returns the service of an index.
func New(a *postil.Annotator, o Options) *Service {
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
	if o.Refresh == 0 {
		o.Refresh = DefaultRefresh
	}
	if o.SiteMemory == 0 {
		o.SiteMemory = DefaultSiteMemory
	}
	if o.MaxRunning == 0 {
		o.MaxRunning = DefaultMaxRunning
	}
	if o.MaxWait == 0 {
		o.MaxWait = DefaultMaxWait
	}
	o.turns = newTurns(o.Turns, o.MaxWait)
	kept := newRecent(o.Recent)
	s := newServer(a, o, site.Site{}, kept)
	s.handle("/healthz", methods{http.MethodGet: s.health})
	s.handle("/readyz", methods{http.MethodGet: s.ready})
	if o.Store != nil {
		s.sites = &sites{Options: o, recent: kept, known: map[string]*resident{}}
		s.handle(sitesPath+"{site}/v1/index", methods{http.MethodGet: s.versions, http.MethodPut: s.publish})
		s.handle(sitesPath+"{site}/v1/index/rollback", methods{http.MethodPost: s.rollback})
	}
	return &Service{s}
}

// newServer returns what answers from the index of a site, or of the service
// itself if that has no name.
func newServer(a *postil.Annotator, o Options, of site.Site, kept *recent) *server {
	s := &server{annotator: a, Options: o, site: of.Name, recent: kept}
	archive := live.Options{Store: o.Store, Refresh: o.Refresh, MaxBytes: o.ArticleMemory, Log: o.Log, Pause: o.Pause}
	if of.Name != "" {
		s.base, archive.Prefix = sitesPath+of.Name, of.Prefix()
	}
	if o.Store != nil {
		s.live = live.New(a, archive)
	}
	s.handle("/v1/annotate", methods{http.MethodPost: s.annotate})
	s.handle(termsPath, methods{http.MethodGet: s.listTerms})
	s.handle(termsPath+"/{id}", methods{http.MethodGet: s.oneTerm})
	s.handle(termsPath+"/{id}/mentions", methods{http.MethodGet: s.mentions})
	s.handle("/v1/articles/{id}", methods{http.MethodGet: s.article, http.MethodPut: s.putArticle, http.MethodDelete: s.deleteArticle})
	s.handle("/v1/articles/{id}/related", methods{http.MethodGet: s.related})
	s.handle("/v1/search", methods{http.MethodGet: s.search})
	s.handle("/v1/suggest", methods{http.MethodGet: s.suggest})
	if len(o.Pages.Origins) > 0 && o.Pages.Transport != nil {
		s.handle("/v1/page", methods{http.MethodGet: s.page})
	}
	return s
}

type server struct {
	Options
	annotator *postil.Annotator
	running   atomic.Int64  // requests
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
	defer s.running.Add(-1)
	busy := s.running.Add(1) > int64(s.MaxRunning)
	sent := &body{ReadCloser: r.Body, control: http.NewResponseController(w), limit: s.limit(r)}
	r.Body = sent
	res, err := s.admit(w, r, busy)
	if err == nil {
		err = changed(r, res.tag)
	}
	if err != nil {
		p := problemFor(err)
		if p.Status >= 500 && !errors.Is(err, store.ErrWait) && err != crowded {
			s.Log.ErrorContext(r.Context(), "request failed", "method", r.Method, "path", r.URL.Path, "status", p.Status, "error", err)
		}
		res = problemAnswer(p)
	}
	if res.stream == nil {
		sent.drain(r)
	}
	s.send(w, r, res, start)
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
