package worker

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"postil"
	"postil/internal/site"
	"postil/internal/store"
)

// DefaultSiteMemory is how many bytes of sites' indexes stay open unless
// Options.SiteMemory says otherwise.
const DefaultSiteMemory = 32 << 20

// DefaultRefresh is how old what is known of the store may be unless
// Options.Refresh says otherwise.
const DefaultRefresh = 5 * time.Second

// sitesPath begins the paths of sites: what follows is a name, then the path of
// the API.
const sitesPath = "/s/"

// sites holds the open indexes of the sites that were asked for last. What has
// to be read from the store each request reads for itself: none waits for
// another.
type sites struct {
	Options
	recent *recent
	mu     sync.Mutex
	known  map[string]*resident
	turn   uint64
	forgot uint64 // how often something was
}

// A resident is what is known of one site.
type resident struct {
	server  *server // nil if the site does not exist
	size    int64
	state   store.Version // of the object that names its versions
	checked time.Time
	turn    uint64 // when it was asked for last
}

// least is what a site counts at least, so that names of sites that do not exist
// have a limit too.
const least = 16 << 10

// siteOf cuts a request's path into the name of a site and the path there.
func siteOf(u *url.URL) (name, path string, ok bool) {
	rest, ok := strings.CutPrefix(u.Path, sitesPath)
	if !ok {
		return "", "", false
	}
	name, path, _ = strings.Cut(rest, "/")
	return name, "/" + path, true
}

// below returns the request as it is for a site: without what begins its path.
func below(r *http.Request, name string) *http.Request {
	prefix := sitesPath + name
	u := *r.URL
	u.Path = strings.TrimPrefix(u.Path, prefix)
	u.RawPath = strings.TrimPrefix(u.RawPath, prefix)
	r = r.WithContext(r.Context()) // a copy
	r.URL = &u
	return r
}

// open returns the server of a site, and until when that is not asked for again.
func (s *sites) open(ctx context.Context, name string) (*server, time.Time, error) {
	if !site.ValidName(name) {
		return nil, time.Time{}, noSite(name)
	}
	held, since, fresh := s.lookUp(name)
	if !fresh {
		var err error
		if held, err = s.renew(ctx, name, held, since); err != nil {
			return nil, time.Time{}, err
		}
	}
	if held.server == nil {
		return nil, time.Time{}, noSite(name)
	}
	return held.server, held.checked.Add(s.Refresh), nil
}

// without answers what can be said without the site: to everybody what a path takes,
// which is the same for all sites and costs no look at the store, and to those who
// may neither read nor change it nothing, so that they do not learn whether it exists.
func (s *server) without(r *http.Request, name string) (*answer, error) {
	if !site.ValidName(name) {
		return nil, noSite(name)
	}
	switch {
	case r.Method == http.MethodOptions:
		at := below(r, name)
		m := s.methods(at)
		if len(m) == 0 {
			return nil, notFound(r.URL.Path)
		}
		r.Pattern = sitesPath + "{site}" + at.Pattern
		return s.preflight(m), nil
	case len(s.Keys) > 0 && !isRead(r):
		return nil, s.authorize(r, name)
	}
	return nil, nil
}

func noSite(name string) *Problem {
	return &Problem{Status: http.StatusNotFound, Detail: fmt.Sprintf("there is no site %q", short(name))}
}

// lookUp returns a copy of what is known of a site, how often something had been
// forgotten by then, and whether it is new enough.
func (s *sites) lookUp(name string) (held resident, since uint64, fresh bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.known[name]
	if r == nil {
		return resident{}, s.forgot, false
	}
	s.turn++
	r.turn = s.turn
	return *r, s.forgot, time.Since(r.checked) < s.Refresh
}

// renew reads what the store has of a site. If that fails and the site is open, it
// stays as it was.
func (s *sites) renew(ctx context.Context, name string, held resident, since uint64) (resident, error) {
	at, began := site.Site{Store: s.Store, Name: name}, time.Now()
	next, err := s.read(ctx, at, held)
	if errors.Is(err, store.ErrNotFound) { // removed between the two reads: there is a newer one
		next, err = s.read(ctx, at, held)
	}
	switch {
	case err == nil, errors.Is(err, store.ErrNotModified):
	case errors.Is(err, site.ErrUnknown):
		next = resident{}
	case held.server == nil, errors.Is(err, store.ErrWait):
		return held, fmt.Errorf("site %s: %w: %w", name, err, unavailable)
	default:
		s.Log.Error("a site is served as it was before", "site", name, "error", err)
		next = held
	}
	next.checked = began
	return s.keep(name, next, since), nil
}

func (s *sites) read(ctx context.Context, at site.Site, held resident) (resident, error) {
	h, state, err := at.Read(ctx, held.state)
	if err != nil {
		return held, err
	}
	next, err := s.load(ctx, at, h, held)
	next.state = state
	return next, err
}

// load opens the version in use, unless it is open.
func (s *sites) load(ctx context.Context, at site.Site, h site.History, held resident) (resident, error) {
	if held.server != nil && held.server.annotator.Digest() == h[0].Digest {
		return held, nil
	}
	if h[0].Size > s.SiteMemory {
		return held, fmt.Errorf("its index has %d bytes, and %d are kept open at most", h[0].Size, s.SiteMemory)
	}
	s.makeRoom(h[0].Size)
	data, err := at.Load(ctx, h[0])
	if err != nil {
		return held, err
	}
	a, err := postil.OpenWith(data, postil.OpenOptions{Languages: s.Languages})
	if err != nil {
		return held, err
	}
	return resident{server: newServer(a, s.Options, at, s.recent), size: int64(len(data))}, nil
}

// keep remembers a site, and forgets those asked for longest ago if there are too
// many bytes. What was read of it holds for no longer than this request if something
// was forgotten meanwhile: it may be what was there before.
func (s *sites) keep(name string, held resident, since uint64) resident {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := s.known[name]; now != nil && now.checked.After(held.checked) {
		return *now // another call asked later, and was answered sooner
	}
	if s.forgot != since {
		held.checked = time.Time{}
	}
	s.turn++
	held.turn = s.turn
	delete(s.known, name)
	s.shrink(s.SiteMemory - held.bytes())
	s.known[name] = &held
	return held
}

// makeRoom forgets what there is no room for beside an index of some size, before
// that is read.
func (s *sites) makeRoom(size int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shrink(s.SiteMemory - size)
}

// shrink forgets sites until those that are left have so many bytes at most.
func (s *sites) shrink(most int64) {
	var all int64
	for _, r := range s.known {
		all += r.bytes()
	}
	for all > most && len(s.known) > 0 {
		oldest, turn := "", uint64(math.MaxUint64)
		for name, r := range s.known {
			if r.turn < turn {
				oldest, turn = name, r.turn
			}
		}
		all -= s.known[oldest].bytes()
		delete(s.known, oldest)
	}
}

// bytes is what a site takes: its index, and the articles that came later.
func (r *resident) bytes() int64 {
	n := r.size
	if r.server != nil {
		n += r.server.live.Size()
	}
	return max(n, least)
}

// forget has a site read from the store before it answers again.
func (s *sites) forget(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgot++
	if r := s.known[name]; r != nil {
		r.checked = time.Time{}
	}
}
