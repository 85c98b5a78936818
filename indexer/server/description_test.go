package server_test

import (
	"encoding/json"
	"net/http/httptest"
	"testing"

	"postil/indexer/server"
)

func TestDescription(t *testing.T) {
	h, err := server.NewDescription(text("next"))
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, path, tag string) *httptest.ResponseRecorder {
		w, r := httptest.NewRecorder(), httptest.NewRequest(method, path, nil)
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		h.ServeHTTP(w, r)
		return w
	}
	w := ask("GET", server.DescriptionPath, "")
	var doc struct{ OpenAPI string }
	if err := json.Unmarshal(w.Body.Bytes(), &doc); err != nil || w.Code != 200 || doc.OpenAPI != "3.1.0" {
		t.Errorf("%d %v %.100s", w.Code, err, w.Body)
	}
	if again := ask("GET", server.DescriptionPath, w.Header().Get("ETag")); again.Code != 304 {
		t.Errorf("again: %d", again.Code)
	}
	if head := ask("HEAD", server.DescriptionPath, ""); head.Code != 200 || head.Body.Len() > 0 {
		t.Errorf("HEAD: %d %s", head.Code, head.Body)
	}
	options := ask("OPTIONS", server.DescriptionPath, "")
	if options.Code != 204 || options.Body.Len() > 0 || options.Header().Get("Allow") != "GET, HEAD, OPTIONS" ||
		options.Header().Get("Access-Control-Allow-Origin") != "*" || options.Header().Get("Access-Control-Allow-Methods") != "GET, HEAD, OPTIONS" {
		t.Errorf("OPTIONS: %d %v %s", options.Code, options.Header(), options.Body)
	}
	post := ask("POST", server.DescriptionPath, "")
	if post.Code != 405 || post.Header().Get("Allow") != "GET, HEAD, OPTIONS" || !json.Valid(post.Body.Bytes()) {
		t.Errorf("POST: %d %v %s", post.Code, post.Header(), post.Body)
	}
	for _, other := range [][2]string{{"GET", "/v1/terms"}, {"GET", "/v1/openapi.json/"}} {
		if w := ask(other[0], other[1], ""); w.Body.String() != "next" {
			t.Errorf("%v: %d %s", other, w.Code, w.Body)
		}
	}
}
