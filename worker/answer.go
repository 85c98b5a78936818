package worker

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cespare/xxhash/v2"
)

const (
	mediaJSON    = "application/json"
	mediaLD      = "application/ld+json"
	mediaLines   = "application/x-ndjson"
	mediaHTML    = "text/html"
	mediaText    = "text/plain"
	mediaProblem = "application/problem+json"

	// annotationProfile is that of W3C annotations, a parameter of mediaLD.
	annotationProfile = "http://www.w3.org/ns/anno.jsonld"
)

// An answer is a whole response before it is written.
type answer struct {
	status int    // 0 means 200
	kind   string // media type of body; empty means no body
	body   []byte
	stream func(http.ResponseWriter) error // writes the body instead, as it comes
	tag    string                          // strong entity tag with its quotes, or empty
	cache  string                          // Cache-Control
	vary   string                          // request headers that chose this answer
	until  time.Time                       // when it may have changed; zero if it is not to be kept
	header [][2]string
	spans  []span
}

// forever is until when an answer holds that only another index changes.
var forever = time.UnixMilli(1 << 53)

// A span is a stretch of work that Server-Timing reports.
type span struct {
	name string
	time time.Duration
}

// send writes the answer, in one piece unless it is a stream. An empty body is never written: under
// syumai/workers a write of no bytes would hang the response.
func (s *server) send(w http.ResponseWriter, r *http.Request, a *answer, start time.Time) {
	h := w.Header()
	s.allowOrigin(h, r)
	h.Set("X-Content-Type-Options", "nosniff")
	for _, f := range a.header {
		h.Set(f[0], f[1])
	}
	if a.vary != "" {
		h.Add("Vary", a.vary)
	}
	if a.cache != "" {
		h.Set("Cache-Control", a.cache)
	}
	if s.UntilHeader != "" && !a.until.IsZero() {
		h.Set(s.UntilHeader, strconv.FormatInt(a.until.UnixMilli(), 10))
	}
	spans := append(a.spans, span{"total", time.Since(start)})
	if a.stream != nil {
		spans[len(spans)-1].name = "parse" // the rest is still to be done
	}
	h.Set("Server-Timing", serverTiming(spans))
	status := a.status
	if status == 0 {
		status = http.StatusOK
	}
	if a.tag != "" {
		h.Set("ETag", a.tag)
		if cached(r, a.tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if a.kind != "" {
		h.Set("Content-Type", a.kind)
	}
	if a.stream != nil {
		w.WriteHeader(status)
		s.run(w, a.stream)
		return
	}
	if a.kind != "" {
		h.Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	w.WriteHeader(status)
	if len(a.body) > 0 && r.Method != http.MethodHead {
		w.Write(a.body)
	}
}

// entityTag is a strong tag of everything that decides the bytes of an answer
// besides the server's own build and index, which it adds.
func (s *server) entityTag(parts ...string) string {
	d := xxhash.New()
	for _, p := range append([]string{s.Version, s.annotator.Digest()}, parts...) {
		d.WriteString(p)
		d.Write([]byte{0xff}) // never in UTF-8, so parts cannot run together
	}
	return `"` + strconv.FormatUint(d.Sum64(), 36) + `"`
}

// cached reports whether the client of a GET holds the answer with this tag.
func cached(r *http.Request, tag string) bool {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		return false
	}
	return listed(header(r, "If-None-Match"), tag, true)
}

// changed is the problem of a GET that asks for what has one of some tags, where that
// has another: RFC 9110, section 13.1.1. What has no tag is never asked for so.
func changed(r *http.Request, tag string) error {
	match := header(r, "If-Match")
	if tag == "" || match == "" || listed(match, tag, false) {
		return nil
	}
	return &Problem{
		Status: http.StatusPreconditionFailed,
		Detail: "what is there has another entity tag: that of the header ETag",
		Errors: []Detail{{Detail: "does not hold", Header: "If-Match"}},
		header: [][2]string{{"ETag", tag}},
	}
}

// serverTiming reports how long each part took: parse, annotate (matching and
// choosing senses, which the engine does without a clock), encode, minify, and
// the total. In a Worker time stands still but for I/O, so that at the edge all
// are 0 that do not wait.
func serverTiming(spans []span) string {
	b := make([]byte, 0, 96)
	for _, sp := range spans {
		if len(b) > 0 {
			b = append(b, ", "...)
		}
		b = append(append(b, sp.name...), ";dur="...)
		b = strconv.AppendFloat(b, float64(sp.time.Microseconds())/1000, 'f', -1, 64)
	}
	return string(b)
}

// header joins all values of a request header. Some hosts split values at
// commas, others keep them whole; joined they are the same.
func header(r *http.Request, name string) string {
	values := r.Header.Values(name)
	if len(values) == 1 {
		return values[0]
	}
	return strings.Join(values, ",")
}
