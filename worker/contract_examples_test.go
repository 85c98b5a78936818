package worker_test

import (
	"bytes"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"postil/worker"
)

// TestContractExamples sends the document's examples of POST /v1/annotate and
// gets the answers of the same names, but for what differs by index.
func TestContractExamples(t *testing.T) {
	c := readContract(t)
	h := worker.New(annotator(t), worker.Options{Address: "https://postil.example"})
	op := c.Paths.Value("/v1/annotate").Post
	compared := 0
	for kind, request := range op.RequestBody.Value.Content {
		for name, example := range request.Examples {
			body := []byte(asText(t, kind, example.Value.Value))
			if kind == "application/x-ndjson" {
				lines := slices.Collect(bytes.Lines(body))
				for _, line := range lines[:len(lines)-1] { // the last one is a bad line
					c.matches(t, "BatchQuestion", line)
				}
			}
			for accept, response := range op.Responses.Status(200).Value.Content {
				want := response.Examples[name]
				if want == nil {
					continue
				}
				r := httptest.NewRequest("POST", "/v1/annotate", bytes.NewReader(body))
				w := serve(h, r, "Content-Type", kind, "Accept", accept)
				c.check(t, r, body, w.Result(), w.Body.Bytes())
				got, wanted := general(w.Body.String()), general(asText(t, accept, want.Value.Value))
				if strings.HasSuffix(accept, "+json") || accept == "application/json" {
					got, wanted = sorted(t, got), sorted(t, wanted)
				}
				if got != wanted {
					t.Errorf("%s as %s: got\n%s\nwant\n%s", name, accept, got, wanted)
				}
				compared++
			}
		}
	}
	if compared < 5 {
		t.Errorf("%d examples compared", compared)
	}
}

// general replaces what is different from index to index.
func general(s string) string {
	s = regexp.MustCompile(`sha256-[0-9a-f]{64}`).ReplaceAllString(s, "sha256-0")
	s = regexp.MustCompile(`urn:uuid:[0-9a-f-]{36}`).ReplaceAllString(s, "urn:uuid:0")
	s = regexp.MustCompile(`sha-256;[A-Za-z0-9_-]{43}`).ReplaceAllString(s, "sha-256;0")
	return regexp.MustCompile(`"score":[0-9.]+`).ReplaceAllString(s, `"score":0`)
}
