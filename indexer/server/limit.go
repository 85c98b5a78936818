package server

import (
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
	"golang.org/x/time/rate"

	"postil/worker"
)

// defaultClients is how many clients are remembered: with more at a time, the one
// that was away longest begins anew.
const defaultClients = 1 << 16

// LimitOptions say how many requests a client may make.
type LimitOptions struct {
	Requests int
	Period   time.Duration
	// Proxies is how many of them stand before the service, each of which appends
	// to X-Forwarded-For whom it saw.
	Proxies int
	// Clients is how many are remembered; 0 means 65,536.
	Clients int
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// A Limiter holds clients to a rate. Each has a bucket of as many requests as are
// allowed in a period, which fills evenly.
type Limiter struct {
	LimitOptions
	mu      sync.Mutex
	buckets *simplelru.LRU[netip.Prefix, *rate.Limiter]
}

// NewLimiter returns a limiter to which every client is new.
func NewLimiter(o LimitOptions) (*Limiter, error) {
	if o.Clients == 0 {
		o.Clients = defaultClients
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	buckets, err := simplelru.NewLRU[netip.Prefix, *rate.Limiter](o.Clients, nil)
	return &Limiter{LimitOptions: o, buckets: buckets}, err
}

// Limit counts a request, says in the answer's header how many are left, and
// returns a problem if there were none. It is what [worker.Options] wants.
func (l *Limiter) Limit(h http.Header, r *http.Request) error {
	now := l.Now()
	allowed, left := l.take(clientOf(r, l.Proxies), now)
	perSecond := float64(l.Requests) / l.Period.Seconds()
	h.Set("RateLimit-Policy", fmt.Sprintf(`"client";q=%d;w=%d`, l.Requests, int(l.Period.Seconds())))
	full := math.Ceil((float64(l.Requests) - left) / perSecond)
	h.Set("RateLimit", fmt.Sprintf(`"client";r=%d;t=%d`, int(max(left, 0)), int(full)))
	if allowed {
		return nil
	}
	wait := int(max(1, math.Ceil((1-left)/perSecond)))
	h.Set("Retry-After", fmt.Sprint(wait))
	return &worker.Problem{
		Status: http.StatusTooManyRequests,
		Detail: fmt.Sprintf("more than %d requests in %d seconds: wait %d s", l.Requests, int(l.Period.Seconds()), wait),
	}
}

// take takes one request out of a client's bucket, if one is left, and returns
// what is there then.
func (l *Limiter) take(client netip.Prefix, now time.Time) (allowed bool, left float64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	bucket, ok := l.buckets.Get(client)
	if !ok {
		bucket = rate.NewLimiter(rate.Limit(float64(l.Requests)/l.Period.Seconds()), l.Requests)
		l.buckets.Add(client, bucket)
	}
	allowed = bucket.AllowN(now, 1)
	return allowed, bucket.TokensAt(now)
}
