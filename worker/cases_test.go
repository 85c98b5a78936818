package worker_test

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"postil"
	"postil/worker"
)

// A httpCase is a line of testdata/cases.jsonl or search.jsonl: a request and what must be true
// of its answer. The edge's tests send the same cases to workerd.
type httpCase struct {
	Name    string             `json:"name"`
	Method  string             `json:"method"`
	Path    string             `json:"path"`
	Headers map[string]string  `json:"headers"`
	Body    string             `json:"body"`
	Hex     string             `json:"body_hex"`
	Repeat  []any              `json:"body_repeat"` // before, what, how often, after
	Chunked bool               `json:"chunked"`     // the length is not declared
	Status  int                `json:"status"`
	Header  map[string]*string `json:"header"` // exact; "*" any; null absent
	Has     []string           `json:"contains"`
	Lacks   []string           `json:"lacks"`
}

func (c *httpCase) body(t testing.TB) []byte {
	switch {
	case c.Hex != "":
		b, err := hex.DecodeString(c.Hex)
		if err != nil {
			t.Fatal(err)
		}
		return b
	case c.Repeat != nil:
		return []byte(c.Repeat[0].(string) + strings.Repeat(c.Repeat[1].(string), int(c.Repeat[2].(float64))) + c.Repeat[3].(string))
	}
	return []byte(c.Body)
}

func readCases(t testing.TB) []httpCase {
	return append(readLines[httpCase](t, "testdata/cases.jsonl"), readLines[httpCase](t, "testdata/search.jsonl")...)
}

func readLines[T any](t testing.TB, file string) (all []T) {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		d := json.NewDecoder(bytes.NewReader(s.Bytes()))
		d.DisallowUnknownFields()
		var v T
		if err := d.Decode(&v); err != nil {
			t.Fatalf("%s: %v in %s", file, err, s.Text())
		}
		all = append(all, v)
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// annotator answers from testdata/glossary.jsonl and articles.jsonl.
func annotator(t testing.TB) *postil.Annotator {
	data, err := postil.Compile(readLines[postil.Term](t, "testdata/glossary.jsonl"), postil.CompileOptions{
		Language: "en",
		Articles: readLines[postil.Article](t, "testdata/articles.jsonl"),
	})
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestCases(t *testing.T) {
	contract := readContract(t)
	server := httptest.NewServer(worker.New(annotator(t), worker.Options{}))
	defer server.Close()
	for _, c := range readCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			sent := c.body(t)
			var body io.Reader = bytes.NewReader(sent)
			if c.Chunked {
				body = io.MultiReader(body)
			}
			r, err := http.NewRequest(c.Method, server.URL+c.Path, body)
			if err != nil {
				t.Skipf("Go's client cannot send this: %v", err)
			}
			runCase(t, contract, c, r, sent)
		})
	}
}

// runCase makes the request r of a case, whose body is sent, and checks the answer.
func runCase(t *testing.T, contract contract, c httpCase, r *http.Request, sent []byte) {
	for name, v := range c.Headers {
		r.Header.Set(name, v)
		if name == "Host" {
			r.Host = v
		}
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
}

func checkCase(t *testing.T, c httpCase, res *http.Response, body []byte) {
	if res.StatusCode != c.Status {
		t.Fatalf("status %d, want %d: %s", res.StatusCode, c.Status, clip(body))
	}
	for name, want := range c.Header {
		got := res.Header.Values(name)
		switch {
		case want == nil && got != nil:
			t.Errorf("%s is %q, want none", name, got)
		case want != nil && (len(got) != 1 || *want != "*" && got[0] != *want):
			t.Errorf("%s is %q, want %q", name, got, *want)
		}
	}
	for _, s := range c.Has {
		if !bytes.Contains(body, []byte(s)) {
			t.Errorf("body lacks %q: %s", s, clip(body))
		}
	}
	for _, s := range c.Lacks {
		if bytes.Contains(body, []byte(s)) {
			t.Errorf("body has %q: %s", s, clip(body))
		}
	}
	checkAny(t, c, res, body)
}

// checkAny checks what is true of every answer.
func checkAny(t *testing.T, c httpCase, res *http.Response, body []byte) {
	if got := res.Header.Get("X-Content-Type-Options"); got != "nosniff" {
		t.Errorf("X-Content-Type-Options is %q", got)
	}
	if res.Header.Get("Server-Timing") == "" {
		t.Error("no Server-Timing")
	}
	for _, name := range []string{"Set-Cookie", "Access-Control-Allow-Credentials"} {
		if got := res.Header.Get(name); got != "" {
			t.Errorf("%s is %q", name, got)
		}
	}
	if c.Method == http.MethodHead && len(body) > 0 {
		t.Errorf("a body for HEAD: %s", clip(body))
	}
	kind := res.Header.Get("Content-Type")
	if c.Method != http.MethodHead && !validJSON(kind, body) {
		t.Errorf("the body is not JSON: %s", clip(body))
	}
	if c.Status < 400 || c.Method == http.MethodHead {
		return
	}
	var problem struct {
		Type, Title, Detail string
		Status              int
	}
	if err := json.Unmarshal(body, &problem); err != nil || kind != "application/problem+json" {
		t.Fatalf("%s (%v) is no problem document: %s", kind, err, clip(body))
	}
	if problem.Status != c.Status || problem.Type != "about:blank" || problem.Title != http.StatusText(c.Status) || problem.Detail == "" {
		t.Errorf("incomplete problem: %+v", problem)
	}
	if got := res.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control is %q", got)
	}
}

// validJSON reports whether a body is what a type that ends in "json" promises.
func validJSON(kind string, body []byte) bool {
	if kind == "application/x-ndjson" {
		for line := range bytes.Lines(body) {
			if !json.Valid(line) {
				return false
			}
		}
		return true
	}
	return !strings.HasSuffix(kind, "json") || json.Valid(body)
}

func decodeAny(t testing.TB, data []byte) (v any) {
	t.Helper()
	if err := json.Unmarshal(data, &v); err != nil {
		t.Errorf("%v in %s", err, clip(data))
	}
	return v
}

// sorted is JSON with its members in order.
func sorted(t testing.TB, s string) string {
	t.Helper()
	b, err := json.MarshalIndent(decodeAny(t, []byte(s)), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// asText writes an example in its media type.
func asText(t testing.TB, media string, v any) string {
	if !strings.HasSuffix(media, "json") || media == "application/x-ndjson" {
		return v.(string)
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func clip(b []byte) string {
	if len(b) > 400 {
		return string(b[:400]) + "…"
	}
	return string(b)
}
