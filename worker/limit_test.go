package worker_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"postil/internal/store/storetest"
	"postil/worker"
)

// TestLimit lets nobody in: each documented call is answered 429 as documented,
// to pages of other origins too.
func TestLimit(t *testing.T) {
	c := readContract(t)
	counted := 0
	h := worker.New(annotator(t), worker.Options{
		Store: &storetest.Memory{}, Origins: []string{"https://a.example"},
		Pages: worker.PageOptions{Origins: []string{"https://b.example"}, Transport: http.DefaultTransport},
		Limit: func(h http.Header, _ *http.Request) error {
			counted++
			h.Set("Retry-After", "7")
			return &worker.Problem{Status: http.StatusTooManyRequests, Detail: "wait"}
		},
	})
	calls := 0
	for path, item := range c.Paths.Map() {
		for method := range item.Operations() {
			if path == "/v1/openapi.json" || method == http.MethodOptions || strings.HasSuffix(path, "z") {
				continue
			}
			calls++
			r := httptest.NewRequest(method, strings.NewReplacer("{id}", "agi", "{site}", "one").Replace(path), nil)
			r.Header.Set("Origin", "https://a.example")
			w := serve(h, r)
			res := w.Result()
			if res.StatusCode != 429 || res.Header.Get("Retry-After") != "7" || res.Header.Get("Cache-Control") != "no-store" ||
				res.Header.Get("Access-Control-Allow-Origin") != "https://a.example" ||
				!strings.Contains(res.Header.Get("Access-Control-Expose-Headers"), "RateLimit, RateLimit-Policy, Retry-After") {
				t.Errorf("%s %s: %d %v", method, path, res.StatusCode, res.Header)
			}
			body, _ := io.ReadAll(res.Body)
			c.check(t, r, nil, res, body)
		}
	}
	if calls == 0 || counted != calls {
		t.Errorf("%d calls, %d counted", calls, counted)
	}
	if w := get(h, "/healthz"); w.Code != 200 {
		t.Errorf("/healthz is limited: %d", w.Code)
	}
	if w := serve(h, httptest.NewRequest(http.MethodOptions, "/v1/annotate", nil)); w.Code != 204 || counted != calls {
		t.Errorf("what a browser asks first: %d, counted %d", w.Code, counted-calls)
	}
}
