package worker_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"

	"postil/docs"
)

// A contract is docs/openapi.yaml as it is served. What it does not say nobody
// may ask for or answer.
type contract struct{ *openapi3.T }

func readContract(t testing.TB) contract {
	data, err := docs.OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"text/html", "text/markdown", "application/x-ndjson", "application/octet-stream"} {
		openapi3filter.RegisterBodyDecoder(kind, openapi3filter.PlainBodyDecoder)
	}
	return contract{doc}
}

// TestContract checks the document itself, its examples against its schemas, and
// that every body has an example.
func TestContract(t *testing.T) {
	c := readContract(t)
	if err := c.Validate(context.Background()); err != nil {
		t.Fatal(err)
	}
	for path, item := range c.Paths.Map() {
		for method, op := range item.Operations() {
			where := method + " " + path
			if op.RequestBody != nil {
				hasExamples(t, where, op.RequestBody.Value.Content)
			}
			for status, res := range op.Responses.Map() {
				hasExamples(t, where+" "+status, res.Value.Content)
			}
			if method != http.MethodOptions && op.Responses.Value("500") == nil && path != "/v1/openapi.json" {
				t.Errorf("%s: no 500", where)
			}
		}
	}
}

func hasExamples(t *testing.T, where string, content openapi3.Content) {
	for media, c := range content {
		if c.Example == nil && len(c.Examples) == 0 {
			t.Errorf("%s: %s has no example", where, media)
		}
	}
}

// route finds the path of the document that a request is for.
// What is documented at the root is there for a site too, as the document's servers
// say.
func (c contract) route(u *url.URL) (path string, parameters map[string]string) {
	asked := strings.Split(u.EscapedPath(), "/")
	path, parameters = c.find(asked)
	if path == "" && len(asked) > 4 && asked[1] == "s" && asked[3] == "v1" {
		return c.find(append([]string{""}, asked[3:]...))
	}
	return path, parameters
}

func (c contract) find(asked []string) (path string, parameters map[string]string) {
	for path := range c.Paths.Map() {
		parts := strings.Split(path, "/")
		if len(parts) != len(asked) {
			continue
		}
		parameters = map[string]string{}
		fits := true
		for i, part := range parts {
			if name, ok := strings.CutPrefix(part, "{"); ok && asked[i] != "" {
				parameters[strings.TrimSuffix(name, "}")], _ = url.PathUnescape(asked[i])
			} else {
				fits = fits && part == asked[i]
			}
		}
		if fits {
			return path, parameters
		}
	}
	return "", nil
}

// A reporter is told what is wrong.
type reporter interface {
	Helper()
	Errorf(format string, values ...any)
}

// check validates a request that was answered as it wanted, and every answer.
func (c contract) check(t reporter, r *http.Request, body []byte, res *http.Response, answer []byte) {
	t.Helper()
	if path, _ := c.route(r.URL); path == "" {
		if res.StatusCode != 404 {
			t.Errorf("%s is not documented and answers %d", r.URL.Path, res.StatusCode)
		}
		c.problem(t, answer, res)
		return
	}
	r = r.Clone(context.Background())
	if strings.EqualFold(r.Header.Get("Content-Encoding"), "gzip") && res.StatusCode < 400 {
		body = gunzip(t, body)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	input := c.input(r)
	if input.Route.Operation == nil {
		c.methodNotAllowed(t, input.Route.PathItem, res, answer)
		return
	}
	if res.StatusCode < 400 {
		c.request(t, input)
	}
	c.response(t, input, res, answer)
}

// input is a request to a documented path. HEAD is what GET is.
func (c contract) input(r *http.Request) *openapi3filter.RequestValidationInput {
	path, parameters := c.route(r.URL)
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	item := c.Paths.Value(path)
	return &openapi3filter.RequestValidationInput{
		Request: r, PathParams: parameters, QueryParams: r.URL.Query(),
		Route: &routers.Route{Spec: c.T, Path: path, PathItem: item, Method: method, Operation: item.GetOperation(method)},
	}
}

func (c contract) request(t reporter, input *openapi3filter.RequestValidationInput) {
	t.Helper()
	for _, name := range []string{"Content-Type", "Content-Encoding"} { // in any case
		if v := input.Request.Header.Get(name); v != "" {
			input.Request.Header.Set(name, strings.ToLower(v))
		}
	}
	input.Options = &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc}
	if err := openapi3filter.ValidateRequest(context.Background(), input); err != nil {
		t.Errorf("the request was answered and is not documented: %v", err)
	}
	for name := range input.QueryParams {
		if input.Route.Operation.Parameters.GetByInAndName("query", name) == nil {
			t.Errorf("the parameter %s was taken and is not documented", name)
		}
	}
}

func (c contract) response(t reporter, input *openapi3filter.RequestValidationInput, res *http.Response, answer []byte) {
	t.Helper()
	documented := input.Route.Operation.Responses.Status(res.StatusCode)
	if documented == nil {
		t.Errorf("status %d is not documented", res.StatusCode)
		return
	}
	for name := range res.Header {
		if !has(documented.Value.Headers, name) && !everywhere.MatchString(name) {
			t.Errorf("status %d: the header %s is not documented", res.StatusCode, name)
		}
	}
	err := openapi3filter.ValidateResponse(context.Background(), &openapi3filter.ResponseValidationInput{
		RequestValidationInput: input,
		Status:                 res.StatusCode,
		Header:                 res.Header,
		Body:                   io.NopCloser(bytes.NewReader(answer)),
		Options: &openapi3filter.Options{
			IncludeResponseStatus: true,
			ExcludeResponseBody:   input.Request.Method == http.MethodHead || len(answer) == 0,
		},
	})
	if err != nil {
		t.Errorf("the answer is not documented: %v", err)
	}
	if res.Header.Get("Content-Type") == "application/x-ndjson" {
		lines := slices.Collect(bytes.Lines(answer))
		for _, line := range lines[:min(len(lines), 20)] {
			c.matches(t, "BatchAnswer", line)
		}
	}
}

func gunzip(t reporter, body []byte) []byte {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err == nil {
		body, err = io.ReadAll(z)
	}
	if err != nil {
		t.Errorf("%v", err)
	}
	return body
}

func has(headers openapi3.Headers, name string) bool {
	for documented := range headers {
		if http.CanonicalHeaderKey(documented) == name {
			return true
		}
	}
	return false
}

// everywhere are headers that need no word in the document.
var everywhere = regexp.MustCompile(`^(Content-(Type|Length)|Date|RateLimit(-Policy)?|X-Request-Id|X-Content-Type-Options|Access-Control-.*)$`)

// matches checks JSON against a schema of the document.
func (c contract) matches(t reporter, schema string, data []byte) {
	t.Helper()
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Errorf("%v in %s", err, clip(data))
		return
	}
	if err := c.ValidateSchemaJSON(c.Components.Schemas[schema].Value, v, openapi3.EnableJSONSchema2020()); err != nil {
		t.Errorf("no %s: %v", schema, err)
	}
}

func (c contract) problem(t reporter, answer []byte, res *http.Response) {
	t.Helper()
	if res.Request == nil || res.Request.Method != http.MethodHead {
		c.matches(t, "Problem", answer)
	}
}

func (c contract) methodNotAllowed(t reporter, item *openapi3.PathItem, res *http.Response, answer []byte) {
	t.Helper()
	want := []string{}
	for method := range item.Operations() {
		want = append(want, method)
		if method == http.MethodGet {
			want = append(want, http.MethodHead)
		}
	}
	slices.Sort(want)
	if got := res.Header.Get("Allow"); res.StatusCode != 405 || got != strings.Join(want, ", ") {
		t.Errorf("%d, Allow is %q, documented is %q", res.StatusCode, got, want)
	}
	c.problem(t, answer, res)
}
