package worker

import (
	"context"
	"errors"
	"fmt"
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
	bytes  int64 // of all indexes
	turn   uint64
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

// open returns the server of a site.
func (s *sites) open(ctx context.Context, name string) (*server, error) {
	if !site.ValidName(name) {
		return nil, noSite(name)
	}
	held, fresh := s.lookUp(name)
	if !fresh {
		var err error
		if held, err = s.renew(ctx, name, held); err != nil {
			return nil, err
		}
	}
	if held.server == nil {
		return nil, noSite(name)
	}
	return held.server, nil
}

func noSite(name string) *Problem {
	return &Problem{Status: http.StatusNotFound, Detail: fmt.Sprintf("there is no site %q", short(name))}
}

// lookUp returns a copy of what is known of a site, and whether it is new enough.
func (s *sites) lookUp(name string) (held resident, fresh bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.known[name]
	if r == nil {
		return resident{}, false
	}
	s.turn++
	r.turn = s.turn
	return *r, time.Since(r.checked) < s.Refresh
}

// renew reads what the store has of a site.
func (s *sites) renew(ctx context.Context, name string, held resident) (resident, error) {
	at := site.Site{Store: s.Store, Name: name}
	h, state, err := at.Read(ctx, held.state)
	switch {
	case errors.Is(err, store.ErrNotModified):
		held.checked = time.Now()
	case errors.Is(err, site.ErrUnknown):
		held = resident{checked: time.Now()}
	case err != nil && (held.server == nil || errors.Is(err, store.ErrWait)):
		return held, unreachable(err)
	case err != nil:
		s.Log.Error("a site's versions cannot be read: it is served as it was", "site", name, "error", err)
		held.checked = time.Now()
	default:
		if held, err = s.load(ctx, at, h, held); err != nil {
			return held, err
		}
		held.state, held.checked = state, time.Now()
	}
	s.keep(name, held)
	return held, nil
}

// load opens the version in use, unless it is open.
func (s *sites) load(ctx context.Context, at site.Site, h site.History, held resident) (resident, error) {
	if held.server != nil && held.server.annotator.Digest() == h[0].Digest {
		return held, nil
	}
	if h[0].Size > s.SiteMemory {
		return held, fmt.Errorf("site %s: its index has %d bytes, of which %d are kept: %w", at.Name, h[0].Size, s.SiteMemory, unavailable)
	}
	data, err := at.Load(ctx, h[0])
	if err != nil {
		return held, unreachable(fmt.Errorf("site %s: %w", at.Name, err))
	}
	a, err := postil.OpenWith(data, postil.OpenOptions{Languages: s.Languages})
	if err != nil {
		return held, fmt.Errorf("site %s: %w: %w", at.Name, err, unavailable)
	}
	return resident{server: newServer(a, s.Options, sitesPath+at.Name, s.recent), size: int64(len(data))}, nil
}

// keep remembers a site and forgets those asked for longest ago while there are
// too many bytes.
func (s *sites) keep(name string, held resident) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turn++
	held.turn = s.turn
	held.size = max(held.size, least)
	s.drop(name)
	s.known[name] = &held
	s.bytes += held.size
	for s.bytes > s.SiteMemory+least && len(s.known) > 1 {
		oldest := name
		for n, r := range s.known {
			if r.turn < s.known[oldest].turn {
				oldest = n
			}
		}
		s.drop(oldest)
	}
}

// forget has a site read from the store before it answers again.
func (s *sites) forget(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.known[name]; r != nil {
		r.checked = time.Time{}
	}
}

func (s *sites) drop(name string) {
	if r := s.known[name]; r != nil {
		s.bytes -= r.size
		delete(s.known, name)
	}
}

// unreachable says that the store could not be read or written.
func unreachable(err error) error {
	if errors.Is(err, store.ErrWait) {
		return err
	}
	return fmt.Errorf("the store: %w: %w", err, unavailable)
}
