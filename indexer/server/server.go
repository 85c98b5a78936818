// Package server runs the HTTP handler natively: with timeouts, a graceful end,
// static files beside it, and an index that can be replaced while it serves.
package server

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// grace is how long requests under way may take when the server is to end.
const grace = 10 * time.Second

// Timeouts say how long a client may take.
type Timeouts struct {
	Header time.Duration // to send the header
	Read   time.Duration // to send all of a request
	Write  time.Duration // from the header's end until the answer is taken
	Idle   time.Duration // until its next request
}

// DefaultTimeouts are those of Serve.
func DefaultTimeouts() Timeouts {
	return Timeouts{Header: 5 * time.Second, Read: 30 * time.Second, Write: 60 * time.Second, Idle: 2 * time.Minute}
}

// Serve answers on a listener until the context ends, then lets the requests
// under way finish. It closes the listener. A slow client cannot hold a
// connection for ever.
func Serve(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger) error {
	return ServeWithin(ctx, l, h, log, DefaultTimeouts())
}

// ServeWithin is Serve with other timeouts.
func ServeWithin(ctx context.Context, l net.Listener, h http.Handler, log *slog.Logger, t Timeouts) error {
	s := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: t.Header,
		ReadTimeout:       t.Read,
		WriteTimeout:      t.Write,
		IdleTimeout:       t.Idle,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := s.Shutdown(patience); err != nil {
		s.Close()
		return err
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Live is a handler that can be exchanged while it serves; a request is
// answered by the one that was there when it came. The zero Live answers 503.
type Live struct {
	current atomic.Pointer[http.Handler]
}

// Set exchanges the handler.
func (l *Live) Set(h http.Handler) { l.current.Store(&h) }

func (l *Live) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if h := l.current.Load(); h != nil {
		(*h).ServeHTTP(w, r)
		return
	}
	h := w.Header()
	h.Set("Retry-After", "1")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "application/problem+json")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(http.StatusServiceUnavailable)
	io.WriteString(w, `{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"there is no index yet; try again shortly"}`)
}
