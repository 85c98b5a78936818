package worker_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"postil/indexer/source"
	"postil/internal/store"
	"postil/internal/store/storetest"
	"postil/worker"
)

// TestChanges makes the requests of testdata/changes.jsonl, one after the other.
// The edge's tests make them of workerd, and compare the answers.
func TestChanges(t *testing.T) {
	grants, err := worker.ParseGrants(hashed("secret") + " site:" + hashed("other"))
	if err != nil {
		t.Fatal(err)
	}
	contract := readContract(t)
	server := httptest.NewServer(worker.New(annotator(t), worker.Options{
		Store: &storetest.Memory{}, Grants: grants, Refresh: time.Hour,
		Markdown: source.MarkdownHTML, Log: slog.New(slog.DiscardHandler),
	}))
	defer server.Close()
	for _, c := range readLines[httpCase](t, "testdata/changes.jsonl") {
		t.Run(c.Name, func(t *testing.T) {
			sent := c.body(t)
			r, err := http.NewRequest(c.Method, server.URL+c.Path, bytes.NewReader(sent))
			if err != nil {
				t.Fatal(err)
			}
			runCase(t, contract, c, r, sent)
		})
	}
}

// TestFaultyArticle: what is wrong with an article is not put down to the store.
func TestFaultyArticle(t *testing.T) {
	p := newPublisher(t, &storetest.Memory{}, worker.Options{Markdown: func(string) (string, error) { return "<p>\xff", nil }})
	p.want(p.ask("PUT", "/v1/articles/one", []byte("x"), "Content-Type", "text/markdown"), 400, "not valid UTF-8")
}

// TestMarkdownOfPeople: what takes too long to read is nothing that people write.
func TestMarkdownOfPeople(t *testing.T) {
	p := newPublisher(t, &storetest.Memory{}, worker.Options{Markdown: source.MarkdownHTML})
	n := 0
	for _, pattern := range []string{"../*.md", "../docs/*.md", "../web/demo/articles/*.md"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if _, after, ok := bytes.Cut(bytes.TrimPrefix(text, []byte("---\n")), []byte("\n---\n")); ok && bytes.HasPrefix(text, []byte("---\n")) {
				text = after // front matter is for the command
			}
			p.want(p.ask("PUT", "/v1/articles/"+filepath.Base(file), text, "Content-Type", "text/markdown"), 201, "")
			n++
		}
	}
	if n < 10 {
		t.Errorf("%d files", n)
	}
}

// TestMarkdownTakesTurn: who has Markdown converted computes, and others wait for it.
func TestMarkdownTakesTurn(t *testing.T) {
	begun, hold := make(chan bool), make(chan bool)
	p := newPublisher(t, &storetest.Memory{}, worker.Options{Turns: 1, MaxWait: time.Millisecond, Markdown: func(text string) (string, error) {
		close(begun)
		<-hold
		return text, nil
	}})
	answered := make(chan *httptest.ResponseRecorder)
	go func() { answered <- p.ask("PUT", "/v1/articles/one", []byte("x"), "Content-Type", "text/markdown") }()
	<-begun
	p.want(p.ask("POST", "/v1/annotate", []byte("AGI"), "Content-Type", "text/plain"), 503, "try again")
	close(hold)
	p.want(<-answered, 201, "")
	p.want(p.ask("POST", "/v1/annotate", []byte("AGI"), "Content-Type", "text/plain"), 200, "agi")
}

// put sends an article of one text.
func (p publisher) put(path, text string) *httptest.ResponseRecorder {
	return p.ask("PUT", path, []byte(text), "Content-Type", "text/plain")
}

// TestDamagedSegment: what is damaged is told, and the rest is found.
func TestDamagedSegment(t *testing.T) {
	st := &storetest.Memory{}
	p := newPublisher(t, st, worker.Options{Refresh: time.Nanosecond})
	p.want(p.put("/v1/articles/one", "Of a zebra."), 201, "zebra")
	segments, _, err := st.List(t.Context(), "articles/segments/", "")
	if err != nil || len(segments) != 1 {
		t.Fatal(segments, err)
	}
	p.want(p.put("/v1/articles/two", "Of an okapi."), 201, "okapi")
	o, err := st.Get(t.Context(), segments[0].Key, "")
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(o.Data)
	damaged[len(damaged)/2] ^= 0xff
	if _, err := st.Put(t.Context(), segments[0].Key, damaged, store.Condition{}); err != nil {
		t.Fatal(err)
	}
	p = newPublisher(t, st, worker.Options{Refresh: time.Nanosecond})
	p.want(p.ask("GET", "/readyz", nil), 200, `"archive":"damaged"`)
	p.want(p.ask("GET", "/v1/search?q=okapi&in=articles", nil), 200, `"id":"two"`)
	p.want(p.ask("GET", "/v1/search?q=chips&in=articles", nil), 200, `"id":"chips"`)
	p.want(p.ask("GET", "/v1/articles/one", nil), 404, "no article")
	p.want(p.put("/v1/articles/one", "Of a zebra again."), 201, "again")
	p.want(p.ask("GET", "/v1/search?q=zebra&in=articles", nil), 200, `"id":"one"`)
}

// TestArchiveFails: articles are answered as they were, a change is refused, and
// nothing is lost.
func TestArchiveFails(t *testing.T) {
	st := &storetest.Memory{}
	p := newPublisher(t, st, worker.Options{Refresh: time.Nanosecond})
	p.want(p.put("/v1/articles/one", "Of a zebra."), 201, "zebra")
	broken := &unreachable{Store: st}
	p = newPublisher(t, broken, worker.Options{Refresh: time.Nanosecond})
	p.want(p.ask("GET", "/v1/search?q=zebra&in=articles", nil), 200, `"id":"one"`)
	broken.down = true
	p.want(p.ask("GET", "/v1/search?q=zebra&in=articles", nil), 200, `"id":"one"`)
	p.want(p.put("/v1/articles/two", "Of an okapi."), 503, "try again")
	p.want(p.ask("DELETE", "/v1/articles/one", nil), 503, "try again")
	p = newPublisher(t, broken, worker.Options{Refresh: time.Nanosecond})
	p.want(p.ask("GET", "/v1/search?q=zebra&in=articles", nil), 503, "try again")
	p.want(p.ask("GET", "/readyz", nil), 200, `"archive":"unreachable"`)
	broken.down = false
	p.want(p.ask("GET", "/readyz", nil), 200, `"archive":"ready"`)
	p.want(p.ask("GET", "/v1/articles/one", nil), 200, "zebra")
}

// unreachable is a store that can be down.
type unreachable struct {
	store.Store
	down bool
}

var errDown = errors.New("down")

func (u *unreachable) Get(ctx context.Context, key string, unless store.Version) (store.Object, error) {
	if u.down {
		return store.Object{}, errDown
	}
	return u.Store.Get(ctx, key, unless)
}

func (u *unreachable) Put(ctx context.Context, key string, data []byte, when store.Condition) (store.Version, error) {
	if u.down {
		return "", errDown
	}
	return u.Store.Put(ctx, key, data, when)
}

// TestFull: an article for which there is no room is refused, and after another
// has been deleted and merged away there is room again.
func TestFull(t *testing.T) {
	p := newPublisher(t, &storetest.Memory{}, worker.Options{Refresh: time.Nanosecond, ArticleMemory: 3000})
	p.want(p.put("/v1/articles/one", "Of a zebra."), 201, "zebra")
	w := p.put("/v1/articles/two", "Of an okapi.")
	for i := 0; w.Code == 201 && i < 10; i++ {
		w = p.put("/v1/articles/two"+strconv.Itoa(i), "Of an okapi.")
	}
	p.want(w, 507, "no room")
	p.want(p.ask("GET", "/v1/search?q=zebra&in=articles", nil), 200, `"id":"one"`)
	p.want(p.ask("DELETE", "/v1/articles/one", nil), 204, "")
	if err := p.handler.(*worker.Service).Maintain(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	p.want(p.put("/v1/articles/three", "Of a gnu."), 201, "gnu")
}

// TestArticlesOfSites: each site has its own, and only its publisher changes them.
func TestArticlesOfSites(t *testing.T) {
	st := &storetest.Memory{}
	p := newPublisher(t, st, worker.Options{Refresh: time.Nanosecond})
	one, _ := indexOf(t, "one")
	p.want(p.put("/s/one/v1/articles/a", "x"), 404, "no site")
	p.want(p.ask("PUT", "/s/one/v1/index", one), 200, "sha256")
	p.want(p.ask("PUT", "/s/two/v1/index", one), 200, "sha256")
	w := p.put("/s/one/v1/articles/a", "Of Term one and a zebra.")
	p.want(w, 201, `"terms":["one"]`)
	if at := w.Header().Get("Location"); !strings.HasSuffix(at, "/s/one/v1/articles/a") {
		t.Errorf("Location is %q", at)
	}
	p.want(p.ask("PUT", "/s/one/v1/articles/b", []byte("x"), "Authorization", "Bearer two", "Content-Type", "text/plain"), 403, "another site")
	p.want(p.ask("PUT", "/s/two/v1/articles/b", []byte("zebra"), "Authorization", "Bearer two", "Content-Type", "text/plain"), 201, "zebra")
	p.want(p.ask("GET", "/s/one/v1/search?q=zebra", nil), 200, `"id":"a"`)
	p.want(p.ask("GET", "/v1/articles/a", nil), 404, "no article")
	for i := range 5 {
		p.want(p.put("/s/one/v1/articles/c"+strconv.Itoa(i), "A zebra."), 201, "zebra")
	}
	if err := p.handler.(*worker.Service).Maintain(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	found := p.ask("GET", "/s/one/v1/search?q=zebra&in=articles", nil)
	p.want(found, 200, `"total":6`)
	p.want(p.ask("PUT", "/s/one/v1/index", one), 200, "sha256")
	p.want(p.ask("GET", "/s/one/v1/articles/c4", nil), 200, "zebra")
}
