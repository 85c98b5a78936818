package worker_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http/httptest"
	"testing"

	"postil/internal/store/storetest"
	"postil/worker"
)

// A hostileCase is a line of testdata/hostile.jsonl: a body that is sent as JSON,
// and the status of POST /v1/annotate.
type hostileCase struct {
	Name   string `json:"name"`
	Text   string `json:"text"`
	Hex    string `json:"hex"`
	Repeat []any  `json:"repeat"` // before, what, how often, after
	Status int    `json:"status"`
	Put    int    `json:"put"` // of PUT /v1/articles/{id} if it is another one
}

// TestHostileJSON sends JSON that readers differ about. What is no JSON is refused
// as such, with the place, and never stored; nothing is taken that a strict reader
// would refuse.
func TestHostileJSON(t *testing.T) {
	contract := readContract(t)
	grants, err := worker.ParseGrants(hashed("secret"))
	if err != nil {
		t.Fatal(err)
	}
	h := worker.New(annotator(t), worker.Options{Store: &storetest.Memory{}, Grants: grants, Log: slog.New(slog.DiscardHandler)})
	names := map[string]bool{}
	for _, c := range readLines[hostileCase](t, "testdata/hostile.jsonl") {
		if names[c.Name] {
			t.Errorf("two cases are named %q", c.Name)
		}
		names[c.Name] = true
		body := (&httpCase{Body: c.Text, Hex: c.Hex, Repeat: c.Repeat}).body(t)
		if c.Put == 0 {
			c.Put = c.Status
		}
		t.Run(c.Name, func(t *testing.T) {
			for _, to := range []struct {
				method, path string
				status       int
			}{{"POST", "/v1/annotate", c.Status}, {"PUT", "/v1/articles/hostile", c.Put}} {
				r := httptest.NewRequest(to.method, to.path, bytes.NewReader(body))
				w := serve(h, r, "Content-Type", "application/json", "Authorization", "Bearer secret")
				status := w.Code
				if status == 201 {
					status = 200
				}
				if status != to.status {
					t.Errorf("%s %s: %d, want %d: %s", to.method, to.path, w.Code, to.status, clip(w.Body.Bytes()))
				}
				if w.Code < 300 && !json.Valid(body) {
					t.Errorf("%s %s took it, and it is no JSON", to.method, to.path)
				}
				contract.check(t, r, body, w.Result(), w.Body.Bytes())
			}
		})
	}
}
