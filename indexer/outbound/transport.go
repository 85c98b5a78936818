package outbound

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"golang.org/x/net/html/charset"
)

// DefaultTimeout is how long a request may take, its answer's body included.
const DefaultTimeout = 10 * time.Second

// Options configures a transport. The zero value reaches public addresses only.
type Options struct {
	// Timeout is how long a request may take; 0 means DefaultTimeout.
	Timeout time.Duration
	// Check says which addresses may be connected to; nil means Public. It is asked
	// about the very address of each connection, after the name was resolved, so
	// that a name that means another address the next time gains nothing.
	Check func(netip.Addr) error
	// Resolver finds the addresses of names; nil means the system's.
	Resolver *net.Resolver
}

// Transport makes single requests.
type Transport struct {
	timeout time.Duration
	check   func(netip.Addr) error
	http    http.Transport
}

// New makes a transport.
func New(o Options) *Transport {
	t := &Transport{timeout: o.Timeout, check: o.Check}
	if t.timeout == 0 {
		t.timeout = DefaultTimeout
	}
	if t.check == nil {
		t.check = Public
	}
	dialer := &net.Dialer{Resolver: o.Resolver, Control: t.control}
	t.http.DialContext = dialer.DialContext
	t.http.ForceAttemptHTTP2 = true
	t.http.MaxResponseHeaderBytes = 64 << 10
	t.http.MaxIdleConns = 32
	t.http.IdleConnTimeout = 30 * time.Second
	return t
}

// control is called with the address that a connection is about to go to.
func (t *Transport) control(network, address string, _ syscall.RawConn) error {
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%s %s: %w", network, address, ErrAddress)
	}
	return t.check(a.Addr())
}

// RoundTrip makes one request.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(r.Context(), t.timeout)
	res, err := t.http.RoundTrip(r.WithContext(ctx))
	if err != nil {
		cancel()
		return nil, err
	}
	res.Body = &timed{res.Body, cancel}
	return res, nil
}

// timed ends a request's time with its body.
type timed struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (b *timed) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}

// Decode turns text in the encoding of a label, as the Encoding standard has
// them, into UTF-8.
func Decode(label string, text []byte) (string, error) {
	e, _ := charset.Lookup(label)
	if e == nil {
		return "", fmt.Errorf("unknown encoding %q", label)
	}
	b, err := e.NewDecoder().Bytes(text)
	return string(b), err
}
