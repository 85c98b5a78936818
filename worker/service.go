package worker

import (
	"context"
	"log/slog"
	"net/http"
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
	// MaxRunning is how many requests are answered at once, those not counted that wait
	// for their clients; one more is answered 503, so that memory and the time that the
	// others take have a limit. A quarter as many batches are streamed at once. 0 means
	// DefaultMaxRunning.
	MaxRunning int
	// MaxHeld is how many bytes are held of requests whose clients still send their
	// bodies, or take their answers; one for which there is no room is answered 503. 0
	// means DefaultMaxHeld, and room for eight bodies at least.
	MaxHeld int64
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

	// What all servers of a service share.
	turns *turns
	load  *load
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
	if o.MaxHeld == 0 {
		o.MaxHeld = max(DefaultMaxHeld, 8*max(o.MaxBody, o.MaxBatch))
	}
	if o.MaxWait == 0 {
		o.MaxWait = DefaultMaxWait
	}
	o.load = newLoad(o.MaxRunning, o.MaxHeld)
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
