package worker_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"postil/worker"
)

// TestHeadAndNotModified takes every GET of the cases that is answered: HEAD
// answers the same without a body, and its tag is confirmed with all else that a
// cache needs.
func TestHeadAndNotModified(t *testing.T) {
	h := worker.New(annotator(t), worker.Options{Origins: []string{"https://example.org"}})
	ask := func(c *httpCase, method, tag string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, c.Path, nil)
		for name, v := range c.Headers {
			r.Header.Set(name, v)
		}
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		w := serve(h, r)
		w.Header().Del("Server-Timing")
		return w
	}
	tags := map[string]string{}
	for _, c := range readCases(t) {
		if c.Method != http.MethodGet || c.Status != 200 {
			continue
		}
		get, head := ask(&c, "GET", ""), ask(&c, "HEAD", "")
		if head.Code != 200 || head.Body.Len() > 0 || !maps.EqualFunc(get.Header(), head.Header(), equal) {
			t.Errorf("%s: HEAD answers %d %v, GET %v", c.Name, head.Code, head.Header(), get.Header())
		}
		tag := get.Header().Get("ETag")
		if tag == "" {
			continue
		}
		if other, ok := tags[tag]; ok && other != get.Body.String() {
			t.Errorf("%s: the tag %s is another answer's", c.Name, tag)
		}
		tags[tag] = get.Body.String()
		again := ask(&c, "GET", `"x" , `+tag)
		want := get.Header()
		want.Del("Content-Type")
		want.Del("Content-Length")
		if again.Code != 304 || again.Body.Len() > 0 || !maps.EqualFunc(again.Header(), want, equal) {
			t.Errorf("%s: again %d %v, want 304 %v", c.Name, again.Code, again.Header(), want)
		}
	}
	if len(tags) < 5 {
		t.Errorf("only %d answers have a tag", len(tags))
	}
}

func equal(a, b []string) bool { return strings.Join(a, ",") == strings.Join(b, ",") }
