package worker_test

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"

	"postil/worker"
)

func decode(t *testing.T, w *httptest.ResponseRecorder, v any) {
	t.Helper()
	if err := json.Unmarshal(w.Body.Bytes(), v); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
}

// FuzzAnnotate sends anything as body, type, Accept and query: the handler
// never fails, says JSON where it says so, answers nothing that is not
// documented, and takes no JSON that a strict reader would refuse.
func FuzzAnnotate(f *testing.F) {
	for _, c := range readCases(f) {
		if c.Path == "/v1/annotate" || strings.HasPrefix(c.Path, "/v1/annotate?") {
			_, query, _ := strings.Cut(c.Path, "?")
			if b := c.body(f); len(b) < 1000 {
				f.Add(b, c.Headers["Content-Type"], c.Headers["Accept"], query)
			}
		}
	}
	h := worker.New(annotator(f), worker.Options{})
	contract := readContract(f)
	f.Fuzz(func(t *testing.T, body []byte, kind, accept, query string) {
		r := httptest.NewRequest("POST", "/v1/annotate", bytes.NewReader(body))
		r.URL.RawQuery = query
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Accept", accept)
		w := serve(h, r)
		if w.Code >= 500 {
			t.Fatalf("status %d: %s", w.Code, w.Body)
		}
		res := w.Result()
		contract.response(t, contract.input(r), res, w.Body.Bytes())
		if w.Code == 200 && strings.HasPrefix(kind, "application/json") && r.Header.Get("Content-Encoding") == "" && !json.Valid(body) {
			t.Errorf("took %q for JSON", body)
		}
		if !validJSON(w.Header().Get("Content-Type"), w.Body.Bytes()) {
			t.Errorf("answered with no JSON: %s", w.Body)
		}
	})
}
