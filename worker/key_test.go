package worker_test

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"postil/internal/store/storetest"
	"postil/worker"
)

func hashOf(secret string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(secret))) }

func privateService(t *testing.T) *worker.Service {
	keys, err := worker.ParseKeys(hashOf("any") + " " + hashOf("bound") + "@https://a.example\n" + hashOf("own") + "@http://example.com")
	if err != nil {
		t.Fatal(err)
	}
	grants, err := worker.ParseGrants(hashOf("token"))
	if err != nil {
		t.Fatal(err)
	}
	return worker.New(annotator(t), worker.Options{
		Keys: keys, Grants: grants, Store: &storetest.Memory{},
		Pages: worker.PageOptions{Origins: []string{"https://b.example"}, Transport: http.DefaultTransport},
	})
}

// TestPrivateReads makes every documented read without a key, at the root and at
// sites, and then what needs none.
func TestValidOrigin(t *testing.T) {
	for origin, want := range map[string]bool{
		"https://example.org": true, "http://localhost:8787": true, "https://example.org:80": true,
		"https://Example.org": false, "https://example.org:443": false, "http://example.org:80": false,
		"https://example.org/": false, "ftp://example.org": false, "null": false, "": false,
	} {
		if got := worker.ValidOrigin(origin); got != want {
			t.Errorf("%q: %v, want %v", origin, got, want)
		}
	}
}

func TestPrivateReads(t *testing.T) {
	c, h := readContract(t), privateService(t)
	reads := 0
	for path, item := range c.Paths.Map() {
		for method := range item.Operations() {
			if !strings.HasPrefix(path, "/v1/") || path == "/v1/openapi.json" || method != http.MethodGet && method != http.MethodPost {
				continue
			}
			for _, base := range []string{"", "/s/one"} {
				r := httptest.NewRequest(method, base+strings.ReplaceAll(path, "{id}", "agi"), nil)
				w := serve(h, r)
				if w.Code != 401 || w.Header().Get("WWW-Authenticate") != "Bearer" || w.Header().Get("Cache-Control") != "no-store" {
					t.Errorf("%s %s: %d %v", method, r.URL, w.Code, w.Header())
				}
				res := w.Result()
				body, _ := io.ReadAll(res.Body)
				c.check(t, r, nil, res, body)
				reads++
			}
		}
	}
	if reads == 0 {
		t.Error("no reads are documented")
	}
	for _, path := range []string{"/v1/%74erms", "/%76%31/terms", "/v1/nothing", "/nothing", "/s/one/v1/terms/agi", "/s/one%2Fv1/terms"} {
		if w := get(h, path); w.Code != 401 {
			t.Errorf("%s: %d without a key", path, w.Code)
		}
	}
	if w := serve(h, httptest.NewRequest(http.MethodHead, "/v1/terms/agi", nil)); w.Code != 401 {
		t.Errorf("HEAD: %d without a key", w.Code)
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if w := get(h, path); w.Code != 200 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	if w := serve(h, httptest.NewRequest(http.MethodOptions, "/v1/terms/agi", nil)); w.Code != 204 || !strings.Contains(w.Header().Get("Access-Control-Allow-Headers"), "Authorization") {
		t.Errorf("preflight: %d %v", w.Code, w.Header())
	}
	if w := get(h, "/s/one/v1/index", "Authorization", "Bearer token"); w.Code != 404 {
		t.Errorf("a token at what needs one: %d %s", w.Code, w.Body)
	}
}

// TestPrivateSites asks about a site that exists and one that does not, with every
// method: those who hold neither key nor token cannot tell them apart.
func TestPrivateSites(t *testing.T) {
	keys, err := worker.ParseKeys(hashOf("key"))
	if err != nil {
		t.Fatal(err)
	}
	st := &storetest.Memory{}
	p := newPublisher(t, st, worker.Options{Keys: keys})
	one, _ := indexOf(t, "one")
	p.want(p.ask("PUT", "/s/known/v1/index", one), 200, "sha256")
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FISH"} {
		for _, path := range []string{"/v1/annotate", "/v1/terms/one", "/v1/articles/a", "/v1/nothing"} {
			ask := func(site, secret string) string {
				r := httptest.NewRequest(method, "/s/"+site+path, strings.NewReader("x"))
				w := serve(p.handler, r, "Authorization", secret, "Content-Type", "text/plain")
				h := w.Header().Clone()
				h.Del("Server-Timing")
				return strings.ReplaceAll(fmt.Sprint(w.Code, h, w.Body), site, "SITE")
			}
			for _, secret := range []string{"", "Bearer wrong", "Bearer two"} {
				if known, vague := ask("known", secret), ask("vague", secret); known != vague {
					t.Errorf("%s %s %q: %s, and where there is none %s", method, path, secret, known, vague)
				}
			}
		}
	}
	p.want(p.ask("PUT", "/s/known/v1/articles/a", []byte("x"), "Content-Type", "text/plain"), 201, "a")
	p.want(p.ask("PATCH", "/s/known/v1/articles/a", nil), 405, "does not take")
}

// TestOptionsOfSites: what a path takes is said without a look at the store, as
// nobody counts who asks.
func TestOptionsOfSites(t *testing.T) {
	st := &unreachable{Store: &storetest.Memory{}, down: true}
	p := newPublisher(t, st, worker.Options{})
	w := p.ask("OPTIONS", "/s/one/v1/articles/a", nil)
	p.want(w, 204, "")
	if got := w.Header().Get("Allow"); got != "DELETE, GET, HEAD, OPTIONS, PUT" {
		t.Errorf("Allow is %q", got)
	}
	p.want(p.ask("OPTIONS", "/s/one/v1/nothing", nil), 404, "there is nothing at /s/one/v1/nothing")
	p.want(p.ask("OPTIONS", "/s/One/v1/terms", nil), 404, "there is no site")
}

func TestKeys(t *testing.T) {
	h := privateService(t)
	cases := []struct {
		key, origin, site string
		status            int
	}{
		{"Bearer any", "", "", 200},
		{"bearer any", "https://b.example", "", 200},
		{"Bearer  any", "", "", 200},
		{"Bearer bound", "https://a.example", "", 200},
		{"Bearer bound", "https://b.example", "", 403},
		{"Bearer bound", "null", "", 403},
		{"Bearer bound", "https://a.example.b.example", "", 403},
		{"Bearer bound", "", "", 403},
		{"Bearer bound", "", "same-origin", 403},
		{"Bearer own", "", "same-origin", 200},
		{"Bearer own", "", "cross-site", 403},
		{"Bearer own", "http://example.com", "cross-site", 200},
		{"Bearer token", "", "", 401},
		{"Bearer anyx", "", "", 401},
		{"Bearer " + hashOf("any"), "", "", 401},
		{"Bearer ", "", "", 401},
		{"Basic any", "", "", 401},
		{"any", "", "", 401},
	}
	for _, c := range cases {
		w := get(h, "/v1/terms/agi", "Authorization", c.key, "Origin", c.origin, "Sec-Fetch-Site", c.site)
		if w.Code != c.status {
			t.Errorf("%+v: %d %s", c, w.Code, w.Body)
		}
		if c.status == 200 && w.Header().Get("Cache-Control") != "private, no-cache" {
			t.Errorf("%+v: Cache-Control: %s", c, w.Header().Get("Cache-Control"))
		}
	}
}

// TestPrivateConfirmations holds that an entity tag is no key.
func TestPrivateConfirmations(t *testing.T) {
	h := privateService(t)
	tag := get(h, "/v1/terms/agi", "Authorization", "Bearer any").Header().Get("ETag")
	if w := get(h, "/v1/terms/agi", "If-None-Match", tag); w.Code != 401 {
		t.Errorf("%d without a key", w.Code)
	}
	if w := get(h, "/v1/terms/agi", "If-None-Match", tag, "Authorization", "Bearer any"); w.Code != 304 || w.Header().Get("Cache-Control") != "private, no-cache" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := post(h, strings.NewReader("AGI"), "Authorization", "Bearer any"); w.Code != 200 || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("annotating: %d %v", w.Code, w.Header())
	}
}
