package worker_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"postil/worker"
)

func post(h http.Handler, body io.Reader, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/v1/annotate", body)
	r.Header.Set("Content-Type", "text/plain")
	return serve(h, r, headers...)
}

func get(h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	return serve(h, httptest.NewRequest(http.MethodGet, path, nil), headers...)
}

func serve(h http.Handler, r *http.Request, headers ...string) *httptest.ResponseRecorder {
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestPanicIsAProblemAndALogLine(t *testing.T) {
	var log bytes.Buffer
	h := worker.New(nil, worker.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	w := post(h, strings.NewReader("AGI"))
	if w.Code != 500 || w.Header().Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%d %s", w.Code, w.Header())
	}
	if body := w.Body.String(); strings.Contains(body, "panic") || strings.Contains(body, ".go") {
		t.Errorf("the client sees the inside: %s", body)
	}
	if !strings.Contains(log.String(), "panic: ") || !strings.Contains(log.String(), "annotate.go") {
		t.Errorf("the log lacks panic and stack: %s", &log)
	}
}

func TestEntityTags(t *testing.T) {
	a := annotator(t)
	one := worker.New(a, worker.Options{Version: "1"})
	tag := get(one, "/v1/terms/agi").Header().Get("ETag")
	if len(tag) < 8 || tag[0] != '"' {
		t.Fatalf("tag %q is not strong", tag)
	}
	for _, match := range []string{tag, "W/" + tag, `"x", ` + tag, "*"} {
		w := get(one, "/v1/terms/agi", "If-None-Match", match)
		if w.Code != 304 || w.Body.Len() > 0 || w.Header().Get("ETag") != tag {
			t.Errorf("If-None-Match: %s gives %d with %d bytes", match, w.Code, w.Body.Len())
		}
	}
	others := map[string]*httptest.ResponseRecorder{
		"another term":  get(one, "/v1/terms/tpu"),
		"another page":  get(one, "/v1/terms?limit=2"),
		"another build": get(worker.New(a, worker.Options{Version: "2"}), "/v1/terms/agi"),
	}
	for what, w := range others {
		if got := w.Header().Get("ETag"); got == tag || got == "" {
			t.Errorf("%s has tag %q, the first %q", what, got, tag)
		}
	}
	if got := get(one, "/v1/terms/nothing", "If-None-Match", "*").Code; got != 404 {
		t.Errorf("a term that is not there: %d", got)
	}
}

func TestOrigins(t *testing.T) {
	h := worker.New(annotator(t), worker.Options{Origins: []string{"https://a.example", "https://b.example"}})
	cases := []struct{ origin, allowed string }{
		{"https://a.example", "https://a.example"},
		{"https://b.example", "https://b.example"},
		{"https://c.example", ""},
		{"http://a.example", ""},
		{"https://a.example.evil", ""},
		{"null", ""},
		{"", ""},
	}
	for _, c := range cases {
		preflight := httptest.NewRequest(http.MethodOptions, "/v1/annotate", nil)
		preflight.Header.Set("Access-Control-Request-Method", "POST")
		for what, w := range map[string]*httptest.ResponseRecorder{
			"answer":    post(h, strings.NewReader("AGI"), "Origin", c.origin),
			"error":     post(h, strings.NewReader(""), "Origin", c.origin),
			"preflight": serve(h, preflight, "Origin", c.origin),
		} {
			if got := w.Header().Get("Access-Control-Allow-Origin"); got != c.allowed {
				t.Errorf("%s to %q allows %q, want %q", what, c.origin, got, c.allowed)
			}
			if vary := strings.Join(w.Header().Values("Vary"), ", "); !strings.Contains(vary, "Origin") {
				t.Errorf("%s to %q varies by %q", what, c.origin, vary)
			}
		}
	}
}

// counted counts what is read of an endless body.
type counted struct{ n int64 }

func (c *counted) Read(p []byte) (int, error) {
	c.n += int64(len(p))
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// TestRefusedBodyIsTaken sends what is refused to the last byte before it reads:
// the answer must be there then.
func TestRefusedBodyIsTaken(t *testing.T) {
	server := httptest.NewServer(worker.New(annotator(t), worker.Options{}))
	defer server.Close()
	part := bytes.Repeat([]byte("a"), 1<<20)
	for _, c := range []struct{ request, chunk, end string }{
		{"POST /v1/annotate HTTP/1.1\r\nContent-Length: 8388608\r\nContent-Type: text/plain", "", ""},
		{"POST /v1/annotate HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Type: text/plain", "100000\r\n", "0\r\n\r\n"},
		{"PUT /v1/terms HTTP/1.1\r\nContent-Length: 8388608", "", ""},
	} {
		conn, err := net.Dial("tcp", server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "%s\r\nHost: h\r\n\r\n", c.request)
		for range 8 {
			io.WriteString(conn, c.chunk)
			if _, err := conn.Write(part); err != nil {
				t.Fatalf("%s: %v", c.request, err)
			}
			if c.chunk != "" {
				io.WriteString(conn, "\r\n")
			}
		}
		io.WriteString(conn, c.end)
		res, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil {
			t.Fatalf("%s: %v", c.request, err)
		}
		if res.StatusCode != 413 && res.StatusCode != 405 || res.Close {
			t.Errorf("%s: status %d, closes %v", c.request, res.StatusCode, res.Close)
		}
	}
}

func TestBodyIsNotReadPastTheLimit(t *testing.T) {
	const limit, drained = 1000, 16 << 20
	h := worker.New(annotator(t), worker.Options{MaxBody: limit})
	for _, declared := range []int64{-1, limit + 1, 1 << 40} {
		body := &counted{}
		r := httptest.NewRequest(http.MethodPost, "/v1/annotate", body)
		r.Header.Set("Content-Type", "text/plain")
		r.ContentLength = declared
		if w := serve(h, r); w.Code != 413 {
			t.Errorf("declared %d: status %d, want 413", declared, w.Code)
		}
		if body.n > drained || declared > drained && body.n > 0 {
			t.Errorf("declared %d: read %d bytes", declared, body.n)
		}
	}
	for n, want := range map[int]int{limit - 1: 200, limit: 200, limit + 1: 413} {
		if got := post(h, strings.NewReader(strings.Repeat("a", n))).Code; got != want {
			t.Errorf("%d bytes: status %d, want %d", n, got, want)
		}
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

func TestBrokenBody(t *testing.T) {
	h := worker.New(annotator(t), worker.Options{})
	if w := post(h, io.MultiReader(strings.NewReader("AGI"), broken{})); w.Code != 400 {
		t.Errorf("status %d: %s", w.Code, w.Body)
	}
}

func TestClientsThatGoAway(t *testing.T) {
	server := httptest.NewServer(worker.New(annotator(t), worker.Options{}))
	defer server.Close()
	for range 20 {
		ctx, cancel := context.WithCancel(context.Background())
		body, w := io.Pipe()
		r, _ := http.NewRequestWithContext(ctx, http.MethodPost, server.URL+"/v1/annotate", body)
		r.Header.Set("Content-Type", "text/plain")
		go func() {
			io.WriteString(w, "The AGI of")
			cancel()
			w.Close()
		}()
		if res, err := http.DefaultClient.Do(r); err == nil {
			res.Body.Close()
		}
	}
	for range 100 {
		res, err := http.Post(server.URL+"/v1/annotate", "text/plain", strings.NewReader("AGI"))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != 200 || !bytes.Contains(body, []byte(`"exact":"AGI"`)) {
			t.Fatalf("%d %v %s", res.StatusCode, err, body)
		}
	}
}

func TestPagesOfTerms(t *testing.T) {
	h := worker.New(annotator(t), worker.Options{})
	all, pages, cursor := 0, 0, ""
	for {
		w := get(h, "/v1/terms?limit=2"+cursor)
		var page struct {
			Terms []struct{ ID string }
			Next  string
		}
		decode(t, w, &page)
		all, pages = all+len(page.Terms), pages+1
		if page.Next == "" {
			break
		}
		if pages > 10 {
			t.Fatal("the pages do not end")
		}
		cursor = "&cursor=" + page.Next
	}
	if all != 5 || pages != 3 {
		t.Errorf("%d terms on %d pages, want 5 on 3", all, pages)
	}
}
