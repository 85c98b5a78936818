package outbound_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"postil/indexer/outbound"
)

func TestPublic(t *testing.T) {
	for _, address := range strings.Fields(`
		0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.127.255.255 127.0.0.1 127.1.2.3 169.254.169.254 172.16.0.1 172.31.255.255
		192.0.0.1 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7 203.0.113.9 224.0.0.1 239.1.1.1
		240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1
		64:ff9b:1::a00:1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 3fff::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1
		ff02::1 2606:4700::1%eth0`) {
		if err := outbound.Public(netip.MustParseAddr(address)); !errors.Is(err, outbound.ErrAddress) {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, address := range strings.Fields("1.1.1.1 8.8.8.8 100.63.255.255 100.128.0.1 172.32.0.1 192.167.1.1 ::ffff:1.1.1.1 2606:4700::1 2a00:1450::1") {
		if err := outbound.Public(netip.MustParseAddr(address)); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// TestAttacks asks for addresses of a running server by all names that it has.
func TestAttacks(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the server was reached")
	}))
	defer s.Close()
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	transport := outbound.New(outbound.Options{Resolver: resolver(t, nil, "127.0.0.1")})
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0", "[::]", "news.example", "127.0.0.1.nip.example"} {
		r, err := http.NewRequest("GET", "http://"+host+":"+port, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = transport.RoundTrip(r); !errors.Is(err, outbound.ErrAddress) {
			t.Errorf("%s: %v", host, err)
		}
	}
}

// TestRebinding has a name mean a public address when it is looked at first and
// another one afterwards: what counts is what a connection goes to.
func TestRebinding(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer s.Close()
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	asked := 0
	names := resolver(t, &asked, "127.0.0.2", "127.0.0.1")
	if first, err := names.LookupNetIP(context.Background(), "ip4", "rebind.example"); err != nil || first[0].String() != "127.0.0.2" {
		t.Fatal(first, err)
	}
	var seen []netip.Addr
	transport := outbound.New(outbound.Options{Resolver: names, Check: func(a netip.Addr) error {
		seen = append(seen, a)
		if a == netip.MustParseAddr("127.0.0.2") { // stands for a public one
			return nil
		}
		return outbound.Public(a)
	}})
	r, _ := http.NewRequest("GET", "http://rebind.example:"+port, nil)
	if _, err := transport.RoundTrip(r); !errors.Is(err, outbound.ErrAddress) || len(seen) == 0 || seen[0].String() != "127.0.0.1" {
		t.Errorf("%v, %v was checked", err, seen)
	}
}

// TestSingleRequest shows that the transport follows no redirect, keeps no cookie
// and ends in time, in the middle of a body too.
func TestSingleRequest(t *testing.T) {
	release := make(chan bool)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c := r.Header.Get("Cookie"); c != "" {
			t.Errorf("Cookie: %s", c)
		}
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		switch r.URL.Path {
		case "/redirect":
			http.Redirect(w, r, "/", http.StatusFound)
		case "/slow":
			w.(http.Flusher).Flush()
			<-release
		}
	}))
	defer s.Close()
	defer close(release)
	all := func(netip.Addr) error { return nil }
	transport := outbound.New(outbound.Options{Check: all})
	for range 2 {
		r, _ := http.NewRequest("GET", s.URL+"/redirect", nil)
		res, err := transport.RoundTrip(r)
		if err != nil || res.StatusCode != 302 {
			t.Fatal(res, err)
		}
		res.Body.Close()
	}
	r, _ := http.NewRequest("GET", s.URL+"/slow", nil)
	impatient := outbound.New(outbound.Options{Check: all, Timeout: 100 * time.Millisecond})
	res, err := impatient.RoundTrip(r)
	for errors.Is(err, context.DeadlineExceeded) { // a slow machine has not sent the header by then
		res, err = impatient.RoundTrip(r)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := res.Body.Read(make([]byte, 1)); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestDecode(t *testing.T) {
	for _, c := range []struct{ label, in, want string }{
		{"windows-1252", "caf\xe9 \x93x\x94", "café “x”"},
		{"ISO-8859-1", "\x80", "€"}, // the label means windows-1252
		{"shift_jis", "\x93\xfa\x96{", "日本"},
		{"gbk", "\xd6\xd0", "中"},
		{"utf-16le", "a\x00", "a"},
	} {
		if got, err := outbound.Decode(c.label, []byte(c.in)); err != nil || got != c.want {
			t.Errorf("%s: %q, %v", c.label, got, err)
		}
	}
	if _, err := outbound.Decode("klingon", nil); err == nil {
		t.Error("no error")
	}
}

// resolver asks a name server of its own, which answers every question for an
// IPv4 address with the next of the given ones, and in the end with the last.
func resolver(t *testing.T, asked *int, addresses ...string) *net.Resolver {
	l, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	if asked == nil {
		asked = new(int)
	}
	go func() {
		b := make([]byte, 1500)
		for {
			n, from, err := l.ReadFrom(b)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(b[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			q := m.Questions[0]
			m.Response, m.Additionals = true, nil
			if q.Type == dnsmessage.TypeA {
				a := netip.MustParseAddr(addresses[min(*asked, len(addresses)-1)]).As4()
				*asked++
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 0},
					Body:   &dnsmessage.AResource{A: a},
				}}
			}
			if out, err := m.Pack(); err == nil {
				l.WriteTo(out, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", l.LocalAddr().String())
	}}
}
