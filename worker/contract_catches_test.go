package worker_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// faults are what a reporter was told.
type faults []string

func (*faults) Helper() {}

func (f *faults) Errorf(format string, values ...any) {
	*f = append(*f, fmt.Sprintf(format, values...))
}

// TestContractCatches has the contract look at what is not documented.
func TestContractCatches(t *testing.T) {
	c := readContract(t)
	const annotate, terms = "POST /v1/annotate", "GET /v1/terms/agi"
	cases := []struct {
		name, request, kind  string
		status               int
		answer, header, want string
	}{
		{"a field", annotate, "application/json", 200, `{"index":"sha256-` + strings.Repeat("0", 64) + `","language":"en","offsets":"utf-8","annotations":[],"terms":{},"more":1}`, "", "more"},
		{"a field inside", terms, "application/json", 200, `{"id":"a","label":"b","sources":[{"title":"c","link":"d"}]}`, "", "link"},
		{"a field that is missing", terms, "application/json", 200, `{"id":"a"}`, "", "label"},
		{"a value", annotate, "application/json", 200, `{"index":"sha256-` + strings.Repeat("0", 64) + `","language":"en","offsets":"utf-7","annotations":[],"terms":{}}`, "", "offsets"},
		{"a line", annotate, "application/x-ndjson", 200, `{"id":1,"annotations":[],"terms":{}}`, "", "terms"},
		{"a field of linked data", annotate, "application/ld+json", 200, `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:uuid:00000000-0000-8000-8000-000000000000","type":"AnnotationCollection","label":"","total":1}`, "", "total"},
		{"a field of a problem", terms, "application/problem+json", 404, `{"type":"about:blank","title":"x","status":404,"detail":"y","trace":"z"}`, "", "trace"},
		{"a status", terms, "application/problem+json", 418, `{}`, "", "418"},
		{"a status that another path has", terms, "application/problem+json", 413, `{}`, "", "413"},
		{"a media type", terms, "text/csv", 200, `a,b`, "", "text/csv"},
		{"a header", terms, "application/json", 200, `{"id":"a","label":"b"}`, "X-Powered-By", "X-Powered-By"},
		{"a parameter", "GET /v1/terms?page=1", "application/json", 200, `{"index":"sha256-` + strings.Repeat("0", 64) + `","terms":[]}`, "", "page"},
		{"a parameter's value", "GET /v1/terms?limit=0", "application/json", 200, `{"index":"sha256-` + strings.Repeat("0", 64) + `","terms":[]}`, "", "limit"},
		{"a path", "GET /v2/terms", "application/json", 200, `{}`, "", "/v2/terms"},
		{"a method", "DELETE /v1/terms/agi", "application/json", 200, `{}`, "", "Allow"},
	}
	for _, x := range cases {
		method, target, _ := strings.Cut(x.request, " ")
		r := httptest.NewRequest(method, target, strings.NewReader("AGI"))
		r.Header.Set("Content-Type", "text/plain")
		res := &http.Response{StatusCode: x.status, Header: http.Header{
			"Content-Type": {x.kind}, "Server-Timing": {"x"}, "Vary": {"Accept"}, "Cache-Control": {"no-store"},
		}}
		if x.status == 200 && method == "GET" {
			res.Header.Set("ETag", `"1"`)
		}
		if x.header != "" {
			res.Header.Set(x.header, "x")
		}
		var found faults
		c.check(&found, r, []byte("AGI"), res, []byte(x.answer))
		if all := strings.Join(found, "\n"); !strings.Contains(all, x.want) {
			t.Errorf("%s: found %q, want it to name %q", x.name, all, x.want)
		}
	}
}
