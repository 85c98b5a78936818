package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"golang.org/x/net/html"

	"postil"
	"postil/docs"
	"postil/indexer/server"
	"postil/indexer/source"
	"postil/internal/site"
	"postil/internal/store/storetest"
	"postil/worker"
)

// A shownSample is an example as people copy it from the page.
type shownSample struct{ id, language, text string }

// shownSamples reads them from the page of the interface.
func shownSamples(page *html.Node) (all []shownSample) {
	for n := range page.Descendants() {
		if attribute(n, "role") != "tabpanel" {
			continue
		}
		id, language, _ := strings.Cut(strings.TrimPrefix(attribute(n, "id"), "sample-"), "-")
		if number, rest, ok := strings.Cut(language, "-"); ok {
			id, language = id+"-"+number, rest
		}
		var text strings.Builder
		for below := range n.Descendants() {
			if below.Type == html.TextNode {
				text.WriteString(below.Data)
			}
		}
		all = append(all, shownSample{id, language, strings.TrimSpace(text.String())})
	}
	return all
}

// onePage is the only page that there is in the world.
type onePage struct{}

func (onePage) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	io.WriteString(w, "<!doctype html><title>Chips</title><p>What is a TPU?</p>")
	res := w.Result()
	res.Request = r
	return res, nil
}

// newService is the service that the page tells of: with the demo's glossary and
// articles, a site that has been published twice, and TOKEN to change both.
func newService(t *testing.T, a *postil.Annotator, index []byte) *httptest.Server {
	t.Helper()
	grants, err := worker.ParseGrants(hex.EncodeToString(sum("TOKEN")))
	if err != nil {
		t.Fatal(err)
	}
	st := &storetest.Memory{}
	at := site.Site{Store: st, Name: "example"}
	for i, digest := range []string{a.Digest(), "sha256-" + strings.Repeat("0", 64)} {
		if _, err := at.Publish(context.Background(), digest, index, time.Unix(int64(i), 0)); err != nil {
			t.Fatal(err)
		}
	}
	o := worker.Options{Store: st, Grants: grants, Markdown: source.MarkdownHTML, Log: slog.New(slog.DiscardHandler)}
	o.Pages = worker.PageOptions{Origins: []string{"https://news.example"}, Transport: onePage{}}
	h, err := server.NewDescription(worker.New(a, o))
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func sum(text string) []byte {
	digest := sha256.Sum256([]byte(text))
	return digest[:]
}

// TestSamples runs the examples of the page of the interface as they stand there, but
// for the address, which the page's script changes as well: each succeeds, and its answer
// is what is documented.
func TestSamples(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts four programs for each call")
	}
	_, trees := buildSite(t)
	file := filepath.Join(t.TempDir(), "site.postil")
	run(t, "../..", "go", "run", "./indexer", "build", "--quiet", "--glossary", "glossary", "--articles", "web/demo/articles", "-o", file)
	index, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.Open(index)
	if err != nil {
		t.Fatal(err)
	}
	doc := description(t)
	counts := map[string]int{}
	for _, s := range shownSamples(trees["/docs/"]) {
		with, ok := runners[s.language]
		if !ok {
			t.Fatalf("nothing runs %s", s.language)
		}
		counts[s.language]++
		t.Run(s.id+"/"+s.language, func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath(with.needs); err != nil {
				t.Skipf("there is no %s here", with.needs)
			}
			dir := t.TempDir()
			write(t, filepath.Join(dir, "site.postil"), string(index))
			at := newService(t, a, index).URL
			text := strings.ReplaceAll(s.text, host, at)
			if !strings.Contains(text, at) {
				t.Fatalf("it does not ask %s: %s", host, s.text)
			}
			check(t, doc, s.id, with.run(t, dir, text))
		})
	}
	if n := counts["curl"]; n < 20 || len(counts) != len(runners) || counts["Go"] != n || counts["Python"] != n || counts["JavaScript"] != n {
		t.Errorf("the page has %v examples", counts)
	}
}

func description(t *testing.T) *openapi3.T {
	t.Helper()
	data, err := docs.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

var numbered = regexp.MustCompile(`-\d+$`)

// check compares an answer with what the description says of the operation of an
// example.
func check(t *testing.T, doc *openapi3.T, id string, got heard) {
	t.Helper()
	o := operationOf(doc, numbered.ReplaceAllString(id, ""))
	if o == nil {
		t.Fatalf("there is no operation %s", id)
	}
	documented := o.Responses.Status(got.Status)
	if documented == nil || got.Status/100 != 2 {
		t.Fatalf("%d %s", got.Status, got.Body)
	}
	if got.Body == "" && len(documented.Value.Content) == 0 {
		return
	}
	kind, _, _ := mime.ParseMediaType(got.Type)
	content := documented.Value.Content[kind]
	if content == nil {
		t.Fatalf("%q is not documented: %s", got.Type, got.Body)
	}
	schema, values := content.Schema.Value, []string{got.Body}
	if kind == "application/x-ndjson" {
		schema, values = doc.Components.Schemas["BatchAnswer"].Value, strings.Split(strings.TrimSpace(got.Body), "\n")
	}
	for _, text := range values {
		var v any = text
		if strings.HasSuffix(kind, "json") {
			if err := json.Unmarshal([]byte(text), &v); err != nil {
				t.Fatalf("%v: %s", err, text)
			}
		}
		if err := doc.ValidateSchemaJSON(schema, v, openapi3.EnableJSONSchema2020()); err != nil {
			t.Errorf("%v: %.500s", err, text)
		}
	}
	if got.Body == "" {
		t.Error("the answer is empty")
	}
}

func operationOf(doc *openapi3.T, id string) *openapi3.Operation {
	for path, item := range doc.Paths.Map() {
		for _, o := range item.Operations() {
			if o.OperationID == id {
				return o
			}
		}
		if path == "/"+id { // one without an id
			return item.Get
		}
	}
	return nil
}
