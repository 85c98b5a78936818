package server

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"regexp"
	"time"
)

// plainID is an identifier of a request that may be repeated anywhere.
var plainID = regexp.MustCompile(`^[A-Za-z0-9._~-]{1,64}$`)

type idKey struct{}

// Observe names each request, by X-Request-Id if it has a plain one, and tells
// what became of it: to a log and to metrics, of which either may be nil. Neither
// hears of texts, queries, ids of terms, tokens or clients.
func Observe(next http.Handler, log *slog.Logger, m *Metrics) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		id := r.Header.Get("X-Request-Id")
		if !plainID.MatchString(id) {
			id = rand.Text()
		}
		w.Header().Set("X-Request-Id", id)
		r = r.WithContext(context.WithValue(r.Context(), idKey{}, id))
		seen := &observed{ResponseWriter: w}
		defer func() {
			took := time.Since(start)
			if seen.status == 0 {
				seen.status = http.StatusOK
			}
			m.observe(r, seen, took)
			if log != nil {
				log.InfoContext(r.Context(), "request", "method", method(r), "route", r.Pattern, "status", seen.status,
					"ms", float64(took.Microseconds())/1000, "bytes", seen.bytes)
			}
		}()
		next.ServeHTTP(seen, r)
	})
}

// method is one of those that exist, whatever a client writes.
func method(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions:
		return r.Method
	}
	return "other"
}

// observed remembers what was answered.
type observed struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (o *observed) WriteHeader(status int) {
	if o.status == 0 && status >= 200 { // 1xx come before the answer
		o.status = status
	}
	o.ResponseWriter.WriteHeader(status)
}

func (o *observed) Write(p []byte) (int, error) {
	if o.status == 0 {
		o.status = http.StatusOK
	}
	n, err := o.ResponseWriter.Write(p)
	o.bytes += int64(n)
	return n, err
}

// Unwrap is for [http.ResponseController].
func (o *observed) Unwrap() http.ResponseWriter { return o.ResponseWriter }

// WithRequestID adds to log lines the request in whose context they are written.
func WithRequestID(h slog.Handler) slog.Handler { return identified{h} }

type identified struct{ slog.Handler }

func (h identified) Handle(ctx context.Context, rec slog.Record) error {
	if id, ok := ctx.Value(idKey{}).(string); ok {
		rec.AddAttrs(slog.String("request_id", id))
	}
	return h.Handler.Handle(ctx, rec)
}

func (h identified) WithAttrs(attrs []slog.Attr) slog.Handler {
	return identified{h.Handler.WithAttrs(attrs)}
}

func (h identified) WithGroup(name string) slog.Handler { return identified{h.Handler.WithGroup(name)} }
