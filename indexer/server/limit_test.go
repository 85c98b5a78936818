package server_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"postil/indexer/server"
)

// A clock is moved by hand.
type clock struct{ time.Time }

func (c *clock) now() time.Time { return c.Time }

func newLimiter(t *testing.T, o server.LimitOptions) (*server.Limiter, *clock) {
	c := &clock{time.Unix(1_800_000_000, 0)}
	o.Now = c.now
	l, err := server.NewLimiter(o)
	if err != nil {
		t.Fatal(err)
	}
	return l, c
}

func from(address string, forwarded ...string) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/v1/terms", nil)
	r.RemoteAddr = address
	r.Header["X-Forwarded-For"] = forwarded
	return r
}

func TestLimitIsExact(t *testing.T) {
	l, c := newLimiter(t, server.LimitOptions{Requests: 3, Period: 30 * time.Second})
	take := func(allowed bool, rateLimit, retry string) {
		t.Helper()
		h := http.Header{}
		err := l.Limit(h, from("192.0.2.1:5"))
		if (err == nil) != allowed || h.Get("RateLimit") != rateLimit || h.Get("Retry-After") != retry || h.Get("RateLimit-Policy") != `"client";q=3;w=30` {
			t.Errorf("%v %v, want allowed=%t %s %q", err, h, allowed, rateLimit, retry)
		}
	}
	take(true, `"client";r=2;t=10`, "")
	take(true, `"client";r=1;t=20`, "")
	take(true, `"client";r=0;t=30`, "")
	take(false, `"client";r=0;t=30`, "10")
	c.Time = c.Add(4 * time.Second)
	take(false, `"client";r=0;t=26`, "6")
	c.Time = c.Add(6 * time.Second)
	take(true, `"client";r=0;t=30`, "")
	c.Time = c.Add(time.Hour)
	take(true, `"client";r=2;t=10`, "")
}

// TestLimitClients makes one request as each of two clients, of which only one is
// allowed if they are the same.
func TestLimitClients(t *testing.T) {
	cases := []struct {
		proxies  int
		one, two *http.Request
		same     bool
	}{
		{0, from("192.0.2.1:5"), from("192.0.2.1:6"), true},
		{0, from("192.0.2.1:5"), from("192.0.2.2:5"), false},
		{0, from("192.0.2.1:5"), from("[::ffff:192.0.2.1]:5"), true},
		{0, from("[2001:db8::1]:5"), from("[2001:db8::ffff:1]:5"), true},
		{0, from("[2001:db8::1]:5"), from("[2001:db8:0:1::1]:5"), false},
		{0, from("[fe80::1%eth0]:5"), from("[fe80::2%eth1]:5"), true},
		{0, from("192.0.2.1:5", "198.51.100.1"), from("192.0.2.1:5", "198.51.100.2"), true},
		{1, from("192.0.2.1:5", "198.51.100.1"), from("192.0.2.1:5", "198.51.100.2"), false},
		{1, from("192.0.2.1:5", "198.51.100.1"), from("192.0.2.9:5", "203.0.113.7, 198.51.100.1"), true},
		{1, from("192.0.2.1:5", "203.0.113.7", "198.51.100.1"), from("192.0.2.1:5", "198.51.100.1"), true},
		{1, from("192.0.2.1:5", "198.51.100.1:80"), from("192.0.2.1:5", "198.51.100.1"), true},
		{2, from("192.0.2.1:5", "198.51.100.1, 10.0.0.1"), from("192.0.2.1:5", "198.51.100.1, 10.0.0.2"), true},
		{2, from("192.0.2.1:5", "198.51.100.1"), from("192.0.2.1:5", "198.51.100.2"), true}, // did not come through two
		{1, from("192.0.2.1:5", "unknown"), from("192.0.2.1:5", ""), true},
		{1, from("192.0.2.1:5"), from("192.0.2.1:5", "198.51.100.1"), false},
	}
	for i, c := range cases {
		l, _ := newLimiter(t, server.LimitOptions{Requests: 1, Period: time.Second, Proxies: c.proxies})
		if err := l.Limit(http.Header{}, c.one); err != nil {
			t.Errorf("case %d: the first: %v", i, err)
		}
		if err := l.Limit(http.Header{}, c.two); (err != nil) != c.same {
			t.Errorf("case %d: the second: %v, want the same client: %t", i, err, c.same)
		}
	}
}

// TestLimitForgets holds that the memory for clients is bounded.
func TestLimitForgets(t *testing.T) {
	l, _ := newLimiter(t, server.LimitOptions{Requests: 1, Period: time.Second, Clients: 10})
	for i := range 10 {
		for round := range 2 {
			if err := l.Limit(http.Header{}, from(fmt.Sprintf("192.0.2.%d:1", i))); (err == nil) != (round == 0) {
				t.Errorf("client %d, request %d: %v", i, round, err)
			}
		}
	}
	l.Limit(http.Header{}, from("198.51.100.1:1"))
	if err := l.Limit(http.Header{}, from("192.0.2.0:1")); err != nil {
		t.Errorf("the client that was away longest is remembered: %v", err)
	}
	if err := l.Limit(http.Header{}, from("192.0.2.9:1")); err == nil {
		t.Error("a recent client is forgotten")
	}
}
