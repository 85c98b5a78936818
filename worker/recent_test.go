package worker_test

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"postil/worker"
)

// TestRecentAnswersAreTheSame asks every case twice, from several clients at a
// time, of a handler that keeps answers and of one that does not.
func TestRecentAnswersAreTheSame(t *testing.T) {
	a := annotator(t)
	keeps, forgets := worker.New(a, worker.Options{}), worker.New(a, worker.Options{Recent: -1})
	again := 0
	for _, c := range readCases(t) {
		if c.Method != http.MethodPost || !strings.HasPrefix(c.Path, "/v1/annotate") {
			continue
		}
		want := serve(forgets, c.request(t))
		if strings.Contains(want.Header().Get("Server-Timing"), "recent;") {
			t.Fatalf("%s: kept all the same", c.Name)
		}
		serve(keeps, c.request(t))
		var clients sync.WaitGroup
		for range 2 {
			clients.Go(func() { expect(t, c.Name, serve(keeps, c.request(t)), want) })
		}
		clients.Wait()
		if strings.Contains(serve(keeps, c.request(t)).Header().Get("Server-Timing"), "recent;") {
			again++
		}
	}
	if again < 10 {
		t.Errorf("only %d answers were kept", again)
	}
}

func expect(t *testing.T, name string, got, want *httptest.ResponseRecorder) {
	got.Header().Del("Server-Timing")
	header := want.Header().Clone()
	header.Del("Server-Timing")
	if got.Code != want.Code || got.Body.String() != want.Body.String() || !maps.EqualFunc(got.Header(), header, equal) {
		t.Errorf("%s: %d %v\n%.400s\nwant %d %v\n%.400s", name, got.Code, got.Header(), got.Body, want.Code, header, want.Body)
	}
}

// request is the case's request, to be served directly.
func (c *httpCase) request(t testing.TB) *http.Request {
	var body io.Reader = bytes.NewReader(c.body(t))
	if c.Chunked {
		body = io.MultiReader(body)
	}
	r := httptest.NewRequest(c.Method, c.Path, body)
	for name, v := range c.Headers {
		r.Header.Set(name, v)
	}
	return r
}
