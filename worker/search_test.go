package worker_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"postil"
	"postil/worker"
)

// TestSearchPages follows next until there is none: the pages are the whole, cut.
func TestSearchPages(t *testing.T) {
	h := worker.New(annotator(t), worker.Options{})
	ids := func(path string) (out []string, next string) {
		t.Helper()
		w := get(h, path)
		var page struct {
			Articles, Mentions []struct{ ID string }
			Next               string
		}
		if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil || w.Code != 200 {
			t.Fatalf("%s: %d %s", path, w.Code, w.Body)
		}
		for _, a := range append(page.Articles, page.Mentions...) {
			out = append(out, a.ID)
		}
		return out, page.Next
	}
	for _, path := range []string{"/v1/search?in=articles&q=chips+networks+training", "/v1/search?q=-nothing", "/v1/terms/tpu/mentions?order=date", "/v1/terms/tpu/mentions?order=relevance"} {
		whole, _ := ids(path)
		var pages []string
		for cursor := ""; len(pages) < 10; {
			page, next := ids(path + "&limit=1&cursor=" + url.QueryEscape(cursor))
			pages = append(pages, page...)
			if cursor = next; next == "" {
				break
			}
		}
		if got, want := strings.Join(pages, " "), strings.Join(whole, " "); got != want || len(whole) < 3 {
			t.Errorf("%s: pages %s, whole %s", path, got, want)
		}
	}
}

// TestDamagedArchive: searches fail with 503 and a line in the log, and
// everything else is answered.
func TestDamagedArchive(t *testing.T) {
	data, err := postil.Compile(readLines[postil.Term](t, "testdata/glossary.jsonl"), postil.CompileOptions{Articles: readLines[postil.Article](t, "testdata/articles.jsonl")})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range whole.Info().Sections {
		if s.Name == "articles" {
			data[s.Offset+s.Length/3] ^= 1
		}
	}
	a, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	h := worker.New(a, worker.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	for _, path := range []string{"/v1/search?q=chips", "/v1/suggest?q=chi", "/v1/terms/tpu/mentions", "/v1/articles/chips", "/v1/articles/chips/related"} {
		if w := get(h, path); w.Code != 503 || w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if !strings.Contains(log.String(), "index: articles: checksum mismatch") {
		t.Errorf("log %s", &log)
	}
	if w := post(h, strings.NewReader("An AGI.")); w.Code != 200 || !strings.Contains(w.Body.String(), `"term":"agi"`) {
		t.Errorf("annotate: %d %s", w.Code, w.Body)
	}
	if w := get(h, "/v1/search?in=terms&q=chip"); w.Code != 200 || !strings.Contains(w.Body.String(), `"id":"tpu"`) {
		t.Errorf("terms: %d %s", w.Code, w.Body)
	}
}

// FuzzSearch: whatever is asked, the answer is hits or says what is wrong.
func FuzzSearch(f *testing.F) {
	for _, s := range [][2]string{
		{"chips", ""}, {`title:"chips for"^2 -a* +x~2`, "eyJhIjpbIjEiLCJ4Il19"}, {"/[a-c]+/", "eyJzIjpbIi1wdWJsaXNoZWQiLCItX3Njb3JlIl0sImEiOlsiIiwiMSIsIngiXX0"},
		{`published:>"2026-01-01"`, "e30"}, {"a:b:c \\", "\x00"},
	} {
		f.Add(s[0], s[1])
	}
	h := worker.New(annotator(f), worker.Options{Log: slog.New(slog.DiscardHandler)})
	f.Fuzz(func(t *testing.T, q, cursor string) {
		tail := "&cursor=" + url.QueryEscape(cursor)
		for _, path := range []string{
			"/v1/search?q=" + url.QueryEscape(q) + tail, "/v1/search?in=terms&q=" + url.QueryEscape(q), "/v1/suggest?q=" + url.QueryEscape(q),
			"/v1/terms/tpu/mentions?order=date" + tail, "/v1/terms/tpu/mentions?order=relevance" + tail,
		} {
			w := get(h, path)
			if w.Code != 200 && w.Code != 422 || !json.Valid(w.Body.Bytes()) {
				t.Fatalf("%s: %d %s", path, w.Code, w.Body)
			}
		}
	})
}
