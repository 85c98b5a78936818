package server_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"postil/indexer/server"
)

func text(s string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, s) })
}

// TestServeEnds ends a server while a request is under way: the request is
// answered, and the server returns.
func TestServeEnds(t *testing.T) {
	arrived, release := make(chan bool), make(chan bool)
	h := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		arrived <- true
		<-release
		io.WriteString(w, "done")
	})
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- server.Serve(ctx, l, h, slog.New(slog.DiscardHandler)) }()
	answer := make(chan string)
	go func() {
		r, err := http.Get("http://" + l.Addr().String())
		if err != nil {
			answer <- err.Error()
			return
		}
		defer r.Body.Close()
		body, err := io.ReadAll(r.Body)
		answer <- fmt.Sprint(string(body), err)
	}()
	<-arrived
	cancel()
	release <- true
	if got := <-answer; got != "done<nil>" {
		t.Errorf("the request under way got %s", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := http.Get("http://" + l.Addr().String()); err == nil {
		t.Error("the server goes on")
	}
}

// TestServeFails gives it a listener that is closed.
func TestServeFails(t *testing.T) {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	if err := server.Serve(context.Background(), l, text("x"), slog.New(slog.DiscardHandler)); err == nil {
		t.Error("no error")
	}
}

// TestLive exchanges handlers under requests from several goroutines.
func TestLive(t *testing.T) {
	var live server.Live
	get := func() (int, string) {
		w := httptest.NewRecorder()
		live.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		return w.Code, w.Body.String()
	}
	if code, _ := get(); code != 503 {
		t.Errorf("without a handler: status %d", code)
	}
	live.Set(text("0"))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 200 {
				if code, body := get(); code != 200 || len(body) != 1 {
					t.Errorf("%d %q", code, body)
				}
			}
		})
	}
	for i := range 200 {
		live.Set(text(fmt.Sprint(i % 10)))
	}
	wg.Wait()
	if _, body := get(); body != "9" {
		t.Errorf("got %q, want the last one", body)
	}
}

func TestStatic(t *testing.T) {
	files := fstest.MapFS{
		"index.html":        {Data: []byte("root")},
		"about.html":        {Data: []byte("about")},
		"play/index.html":   {Data: []byte("play")},
		"play/a b.txt":      {Data: []byte("blank")},
		"empty/x.txt":       {Data: []byte("x")},
		"both.html":         {Data: []byte("file")},
		"both/index.html":   {Data: []byte("folder")},
		"assets/app-1.js":   {Data: []byte("js")},
		".well-known/x.txt": {Data: []byte("known")},
		"_redirects":        {Data: []byte("/a /b")},
		"_headers": {Data: []byte("# all\n/*\n  X-All: yes\n  X-Twice: one\n\n/assets/*\n\tCache-Control: immutable\n  X-Twice: two\n" +
			"/*.txt\n  ! X-All\n")},
	}
	s, err := server.NewStatic(files, text("next"))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct{ request, want string }{
		{"GET /", "200 root X-All=yes"},
		{"HEAD /", "200  X-All=yes"},
		{"GET /index.html", "307 /"},
		{"GET /about", "200 about X-All=yes"},
		{"GET /about.html?q=1", "307 /about?q=1"},
		{"GET /about/", "307 /about"},
		{"GET /play", "307 /play/"},
		{"GET /play/", "200 play X-All=yes"},
		{"GET /play/index.html", "307 /play/"},
		{"GET /play/a%20b.txt", "200 blank"},
		{"GET /both", "200 file X-All=yes"},
		{"GET /both/", "200 folder X-All=yes"},
		{"GET /assets/app-1.js", "200 js X-All=yes X-Twice=two Cache-Control=immutable"},
		{"GET /.well-known/x.txt", "200 known"},
		{"GET /empty", "200 next"},
		{"GET /empty/", "200 next"},
		{"GET /missing", "200 next"},
		{"GET /_headers", "200 next"},
		{"GET /_redirects", "200 next"},
		{"GET //about", "200 next"},
		{"GET /play/../about", "200 next"},
		{"GET /play/%2e%2e/about", "200 next"},
		{"POST /about", "200 next"},
	}
	for _, c := range cases {
		t.Run(c.request, func(t *testing.T) {
			method, target, _ := strings.Cut(c.request, " ")
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest(method, "http://host"+target, nil))
			h := w.Header()
			got := fmt.Sprintf("%d %s", w.Code, w.Body)
			if to := h.Get("Location"); to != "" {
				got = fmt.Sprintf("%d %s", w.Code, to)
			}
			for _, name := range []string{"X-All", "X-Twice", "Cache-Control"} {
				v := h.Get(name)
				if v != "" && v != "one" && v != "public, max-age=0, must-revalidate" {
					got += " " + name + "=" + v
				}
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestMissingPage holds that a page says so where there is none, but not in the API's place.
func TestMissingPage(t *testing.T) {
	s, err := server.NewStatic(fstest.MapFS{
		"404.html": {Data: []byte("gone")}, "a.txt": {Data: []byte("a")},
		"_headers": {Data: []byte("/deep/*\n  Cache-Control: public, max-age=31536000, immutable\n  Content-Type: text/css\n")},
	}, text("next"))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct{ request, want string }{
		{"GET /a.txt", "200 a"},
		{"GET /b.txt", "404 gone"},
		{"HEAD /b.txt", "404 "},
		{"GET /deep/er/", "404 gone"},
		{"GET /404", "200 gone"},
		{"GET /v1", "404 gone"},
		{"GET /v1/terms", "200 next"},
		{"GET /s/one/v1/terms", "200 next"},
		{"GET /healthz", "200 next"},
		{"GET /readyz", "200 next"},
		{"POST /b.txt", "200 next"},
	}
	for _, c := range cases {
		method, target, _ := strings.Cut(c.request, " ")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(method, "http://host"+target, nil))
		if got := fmt.Sprintf("%d %s", w.Code, w.Body); got != c.want {
			t.Errorf("%s: got %s, want %s", c.request, got, c.want)
		}
		if kind := w.Header().Get("Content-Type"); w.Code == http.StatusNotFound && kind != "text/html; charset=utf-8" {
			t.Errorf("%s: the page is %q", c.request, kind)
		}
		if cache := w.Header().Get("Cache-Control"); w.Code == http.StatusNotFound && cache != "no-store" {
			t.Errorf("%s: the page is kept: %s", c.request, cache)
		}
	}
}

func TestBadHeaderRules(t *testing.T) {
	for content, want := range map[string]string{
		"  X: y\n":        "_headers:1: a header without a path above it",
		"/*\n  X\n":       `_headers:2: want "Name: value"`,
		"/*\n  X:\n":      `_headers:2: want "Name: value"`,
		"/*\n\n  : value": `_headers:3: want "Name: value"`,
	} {
		_, err := server.NewStatic(fstest.MapFS{"_headers": {Data: []byte(content)}}, text("next"))
		if err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %s", content, err, want)
		}
	}
}
