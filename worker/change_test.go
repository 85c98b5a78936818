package worker_test

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"postil/indexer/source"
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
			for name, v := range c.Headers {
				r.Header.Set(name, v)
			}
			res, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			defer res.Body.Close()
			answer, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			checkCase(t, c, res, answer)
			contract.check(t, r, sent, res, answer)
		})
	}
}
