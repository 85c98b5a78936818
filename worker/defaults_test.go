package worker_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"postil/worker"
)

// TestDefaults: what the operator sets holds for all ways to ask, unless a request
// says otherwise.
func TestDefaults(t *testing.T) {
	h := worker.New(annotator(t), worker.Options{Defaults: "occurrences=first&exclude=tpu"})
	const text = "AGI, AGI and a TPU."
	cases := []struct {
		name, query, kind, body string
		agi, tpu                int
	}{
		{"text", "", "text/plain", text, 1, 0},
		{"HTML", "", "text/html", "<p>" + text, 1, 0},
		{"JSON", "", "application/json", `{"text":"` + text + `"}`, 1, 0},
		{"a batch", "", "application/x-ndjson", `{"id":"a","text":"` + text + `"}` + "\n", 1, 0},
		{"all by the query", "?occurrences=all&exclude=", "text/plain", text, 2, 1},
		{"one by the query", "?occurrences=all", "text/plain", text, 2, 0},
		{"another by the query", "?exclude=agi", "text/plain", text, 0, 1},
		{"all by JSON", "", "application/json", `{"text":"` + text + `","occurrences":"all","exclude":[]}`, 2, 1},
		{"a batch by the query", "?occurrences=all", "application/x-ndjson", `{"id":"a","text":"` + text + `"}` + "\n", 2, 0},
	}
	for _, c := range cases {
		r := httptest.NewRequest(http.MethodPost, "/v1/annotate"+c.query, strings.NewReader(c.body))
		r.Header.Set("Content-Type", c.kind)
		w := serve(h, r)
		agi, tpu := strings.Count(w.Body.String(), `"exact":"AGI"`), strings.Count(w.Body.String(), `"exact":"TPU"`)
		if w.Code != 200 || agi != c.agi || tpu != c.tpu {
			t.Errorf("%s: %d, AGI %d times, want %d; TPU %d times, want %d: %s", c.name, w.Code, agi, c.agi, tpu, c.tpu, w.Body)
		}
	}
}

// TestCheckDefaults: an operator is told what is wrong, in the words for a client but
// without a status.
func TestCheckDefaults(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "",
		"min-score=0.4&kinds=concept":  "",
		"min-score=2":                  `min-score is "2": want a number from 0 to 1`,
		"kinds=a&kinds=b&occurrences=": `occurrences is "", want one of ["all" "first" "section"]`,
	} {
		got := ""
		if err := worker.CheckDefaults(text); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("CheckDefaults(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestMaxBody: a body of the length that is set is read, a longer one is not.
func TestMaxBody(t *testing.T) {
	h := worker.New(annotator(t), worker.Options{MaxBody: 100, MaxBatch: 200})
	for _, c := range []struct {
		kind   string
		length int
		status int
	}{
		{"text/plain", 100, 200}, {"text/plain", 101, 413}, {"application/x-ndjson", 200, 200}, {"application/x-ndjson", 201, 413},
	} {
		r := httptest.NewRequest(http.MethodPost, "/v1/annotate", strings.NewReader(strings.Repeat("\n", c.length)))
		r.Header.Set("Content-Type", c.kind)
		if w := serve(h, r); w.Code != c.status {
			t.Errorf("%d bytes of %s: %d, want %d: %s", c.length, c.kind, w.Code, c.status, w.Body)
		}
	}
}
