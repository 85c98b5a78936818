package worker_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// A wire is a request as it is sent, and as a line of JSON that the edge's tests
// read. Its target may be none that a well-behaved client would send.
type wire struct {
	Method  string            `json:"method"`
	Target  string            `json:"target"`
	Headers map[string]string `json:"headers"`
	Body    []byte            `json:"body"` // in base64
}

// request is nil if Go's server would not have passed the target on.
func (w wire) request() *http.Request {
	u, err := url.ParseRequestURI(w.Target)
	if err != nil {
		return nil
	}
	r := httptest.NewRequest(w.Method, "/", bytes.NewReader(w.Body))
	r.URL, r.RequestURI = u, w.Target
	for name, v := range w.Headers {
		r.Header.Set(name, v)
	}
	return r
}

// An operation is a method of a path of the document.
type operation struct {
	path, method string
	*openapi3.Operation
	inPath openapi3.Parameters
}

// A generator makes requests from the document: as it wants them, nearly so, and
// as nobody should send them. The same seed makes the same ones.
type generator struct {
	*rand.Rand
	operations []operation
	names      []string // of all operations' parameters
	hostile    []string
	tokens     []string
	index      []byte
	origin     string // whose pages are shown
}

func newGenerator(t testing.TB, c contract, seed uint64, origin string) *generator {
	g := &generator{
		Rand:    rand.New(rand.NewPCG(seed, 1)),
		hostile: append(slices.Clone(hostileStrings), sharedStrings(t)...),
		tokens:  []string{"Bearer secret", "Bearer secret", "Bearer secret", "Bearer other", "Bearer ", "Basic c2VjcmV0", "bearer secret"},
		origin:  origin,
	}
	g.index, _ = indexOf(t, "one")
	for _, path := range slices.Sorted(maps.Keys(c.Paths.Map())) {
		if path == "/v1/openapi.json" { // the servers around the handler serve it
			continue
		}
		item := c.Paths.Value(path)
		for _, method := range slices.Sorted(maps.Keys(item.Operations())) {
			if method == http.MethodOptions { // next makes these too, but half of all would be many
				continue
			}
			op := operation{path, method, item.GetOperation(method), item.Parameters}
			g.operations = append(g.operations, op)
			for _, p := range op.Parameters {
				g.names = append(g.names, p.Value.Name)
			}
		}
	}
	slices.Sort(g.names)
	g.names = slices.Compact(g.names)
	return g
}

// sharedStrings are those that broke other software, where they are beside this
// checkout.
func sharedStrings(t testing.TB) (all []string) {
	const file = "../../shared/eval/unicode/blns.json"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Logf("without the strings of %s: %v", file, err)
		return nil
	}
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

// hostileStrings are no harm in a text, and much where they are taken for
// something else.
var hostileStrings = []string{
	"\x00", "a\x00b", "\xff\xfe", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\ufeffagi", "\u202eiga", "e\u0301", "ﬁ", "İ", "ẞ", "\U0001F469\u200d\U0001F680",
	"..", ".", "../../index", "/etc/passwd", "a/b", "a//b", "a?b", "a#b", "a%2fb", "%00", "%", "%zz", "+", "a b", ";a=1", "a&b=c",
	"<script>alert(1)</script>", `"><img src=x onerror=alert(1)>`, "javascript:alert(1)", "\r\nSet-Cookie: a=b", "\r\n\r\nHTTP/1.1 200 OK", "${jndi:ldap://a}", "' OR 1=1 --",
	"__proto__", "constructor", "null", "NaN", "-0", "1e999", "-1", "0x10", "9223372036854775808", "99999999999999999999999999999999", "1.5", "١٢", " 1", "1 ", "true ", "TRUE",
	"(((((((((", "\"", "\\", "+-+-", "a~9999999", "a^99999999999", "/(a+)+$/", "[* TO *]", "title:", "*:*", "***", "a*b*c*d*", "published:>", "terms:\"", strings.Repeat("(", 500), strings.Repeat("a", 5000), strings.Repeat("é", 300),
}

func pick[T any](g *generator, of []T) T { return of[g.IntN(len(of))] }

// chance is true once in n times.
func (g *generator) chance(n int) bool { return g.IntN(n) == 0 }

// next is a request of a third of each kind: how far it may stray from what the
// document says is one in so many values.
func (g *generator) next() wire {
	stray := pick(g, []int{1 << 30, 8, 2})
	op := pick(g, g.operations)
	w := wire{Method: op.method, Headers: map[string]string{}}
	if op.method == http.MethodGet && g.chance(8) {
		w.Method = http.MethodHead
	}
	if stray < 1<<30 && g.chance(20) {
		w.Method = pick(g, []string{"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "get"})
	}
	w.Target = g.path(op, stray)
	if query := g.query(op, stray); query != "" || g.chance(40) {
		w.Target += "?" + query
	}
	g.headers(op, stray, &w)
	if op.RequestBody != nil || stray < 1<<30 && g.chance(20) && op.method != http.MethodGet {
		g.body(op, stray, &w)
	}
	return w
}

func (g *generator) path(op operation, stray int) string {
	parts := strings.Split(op.path, "/")
	for i, part := range parts {
		name, ok := variable(part)
		switch {
		case !ok:
		case g.chance(stray):
			parts[i] = g.encode(pick(g, g.hostile), stray)
		case name == "site":
			parts[i] = pick(g, []string{"a", "b", "nobody", "a-1"})
		default:
			parts[i] = pick(g, []string{"agi", "tpu", "chips", "new", "newer", "a%2Fb", "caf%C3%A9", "nothing"})
		}
	}
	path := strings.Join(parts, "/")
	if strings.HasPrefix(path, "/v1/") && path != "/v1/page" && g.chance(6) {
		path = "/s/" + pick(g, []string{"a", "b", "nobody"}) + path
	}
	if g.chance(stray) && g.chance(8) {
		path = pick(g, []string{path + "/", "/" + path, strings.ToUpper(path), path + "/..", path + "%2f", strings.Replace(path, "v1", "v%31", 1), path + "%", path + "/%zz"})
	}
	return path
}

func variable(segment string) (string, bool) {
	name, ok := strings.CutPrefix(segment, "{")
	return strings.TrimSuffix(name, "}"), ok
}

func (g *generator) query(op operation, stray int) string {
	var parts []string
	add := func(name, value string) { parts = append(parts, g.encode(name, stray)+"="+g.encode(value, stray)) }
	for _, p := range op.Parameters {
		if p.Value.In != "query" || !p.Value.Required && g.chance(2) || p.Value.Required && g.chance(stray) {
			continue
		}
		add(p.Value.Name, g.parameter(p.Value, stray))
		if g.chance(stray) && g.chance(4) {
			add(p.Value.Name, g.parameter(p.Value, stray))
		}
	}
	if g.chance(stray) && g.chance(2) {
		add(pick(g, g.names), pick(g, g.hostile))
	}
	if g.chance(stray) && g.chance(8) {
		parts = append(parts, pick(g, []string{"%", "=", "a=%zz", "q", "&&&", ";", "q=%ff%fe", "limit=%31", "__proto__=1", "q[]=1", "offsets=utf%2D8", "%71=a"}))
	}
	g.Shuffle(len(parts), func(i, k int) { parts[i], parts[k] = parts[k], parts[i] })
	return strings.Join(parts, "&")
}

// encode writes a value for a URL; one that strays may be encoded wrongly, but
// holds nothing that ends a request line.
func (g *generator) encode(s string, stray int) string {
	if g.chance(stray) && g.chance(4) {
		raw := strings.Map(func(r rune) rune {
			if r <= ' ' || r >= 0x7f || r == '#' || r == '?' || r == '/' || r == '\\' {
				return '%'
			}
			return r
		}, s)
		return raw
	}
	return strings.ReplaceAll(url.QueryEscape(s), "+", "%20")
}

func (g *generator) headers(op operation, stray int, w *wire) {
	if op.Security != nil && !g.chance(stray) || g.chance(20) {
		w.Headers["Authorization"] = g.tokens[0]
	} else if g.chance(stray) {
		w.Headers["Authorization"] = pick(g, g.tokens)
	}
	for _, p := range op.Parameters {
		if p.Value.In == "header" && strings.HasPrefix(p.Value.Name, "If-") && g.chance(6) {
			w.Headers[p.Value.Name] = pick(g, []string{"*", `"x"`, `W/"x", "y"`, `"1x2y3z"`, `"`, ",", "", "*, *", strings.Repeat(`"a",`, 500)})
		}
	}
	if g.chance(3) {
		w.Headers["Accept"] = pick(g, []string{
			"*/*", "application/json", "application/ld+json", "text/html", "application/x-ndjson", "text/*;q=0.5, application/*;q=0.1", "application/json;q=0, */*",
			"image/webp", "a", "*/json", ";q=", "application/json;q=2", "text/html;q=0.0001", strings.Repeat("a/b,", 300), `application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"`,
		})
	}
	if g.chance(10) {
		w.Headers["Origin"] = pick(g, []string{"https://a.example", "null", "https://a.example\tb", "file://", "*"})
	}
	if g.chance(stray) && g.chance(4) {
		name := pick(g, []string{"X-Forwarded-Host", "Range", "If-Modified-Since", "Cookie", "X-HTTP-Method-Override", "Accept-Language", "Forwarded", "X-Request-Id"})
		w.Headers[name] = printable(pick(g, g.hostile))
	}
}

// printable is what any client can send as the value of a header.
func printable(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' {
			return -1
		}
		return r
	}, s))
}

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	io.Copy(z, bytes.NewReader(data))
	z.Close()
	return b.Bytes()
}
