package worker_test

import (
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"postil/indexer/outbound"
	"postil/indexer/source"
	"postil/internal/store/storetest"
	"postil/worker"
)

var (
	requests     = flag.Int("requests", 2000, "how many requests TestGenerated makes")
	requestsFile = flag.String("requests-file", "", "where TestGenerated also writes its requests, one in JSON a line")
)

// leak is how much more the handler may hold after requests that it has had
// before: caches that were not full.
const leak = 8 << 20

// TestGenerated makes requests from the document, good and bad ones: none fails,
// every answer is documented, and the same requests again take no more memory.
func TestGenerated(t *testing.T) {
	home := origin(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, "<!doctype html><title>A page</title><p>What is AGI?")
	})
	contract := readContract(t)
	h := generatedService(t, home)
	g := newGenerator(t, contract, 1, home)
	var all []wire
	statuses, unsent := map[int]int{}, 0
	for range *requests {
		w := g.next()
		all = append(all, w)
		if r := w.request(); r == nil {
			unsent++
		} else {
			statuses[checkGenerated(t, contract, h, w, r)]++
		}
	}
	t.Logf("%d requests, %d of them with a target that Go's server refuses; statuses: %v", len(all), unsent, statuses)
	if *requestsFile != "" {
		writeRequests(t, all)
	}
	before := heapInUse()
	for _, w := range all {
		if r := w.request(); r != nil {
			serve(h, r)
		}
	}
	after := heapInUse()
	runtime.KeepAlive(all)
	t.Logf("the heap: %.1f MiB, and after all of them again %.1f MiB", float64(before)/(1<<20), float64(after)/(1<<20))
	if after > before+leak {
		t.Errorf("the heap grew from %d to %d bytes", before, after)
	}
	runtime.KeepAlive(h)
}

func generatedService(t *testing.T, home string) http.Handler {
	grants, err := worker.ParseGrants(hashed("secret") + " b:" + hashed("other"))
	if err != nil {
		t.Fatal(err)
	}
	return worker.New(annotator(t), worker.Options{
		Store: &storetest.Memory{}, Grants: grants, Refresh: time.Hour, ArticleMemory: 8 << 20,
		Markdown: source.MarkdownHTML, Log: slog.New(slog.DiscardHandler),
		Pages: worker.PageOptions{
			Origins:   []string{home},
			Transport: outbound.New(outbound.Options{Check: func(netip.Addr) error { return nil }}),
			Decode:    outbound.Decode,
		},
	})
}

// checkGenerated returns the status.
func checkGenerated(t *testing.T, c contract, h http.Handler, w wire, r *http.Request) int {
	rec := serve(h, r)
	res, answer := rec.Result(), rec.Body.Bytes()
	res.Request = r
	told := &told{t, w, res, answer}
	path, _ := c.route(r.URL)
	switch {
	case res.StatusCode >= 500 && res.StatusCode != 503 && res.StatusCode != 507:
		told.Errorf("the server failed")
	case res.StatusCode == 404 && (strings.HasPrefix(r.URL.Path, "/s/") || path != "" && unroutable(r.URL.EscapedPath())):
		c.problem(told, answer, res) // a site that is not there takes no method
	default:
		if r.Method == http.MethodOptions { // it takes any query
			r.URL.RawQuery = ""
		}
		c.check(told, r, w.Body, res, answer)
	}
	if r.Method != http.MethodHead && !validJSON(res.Header.Get("Content-Type"), answer) {
		told.Errorf("the answer is no JSON")
	}
	return res.StatusCode
}

// unroutable reports whether a path has a segment that a client would have
// resolved, which is never an id.
func unroutable(path string) bool {
	for _, segment := range strings.Split(strings.ToLower(path), "/") {
		if s := strings.ReplaceAll(segment, "%2e", "."); s == "." || s == ".." {
			return true
		}
	}
	return false
}

// told adds to what is wrong the request and its answer.
type told struct {
	*testing.T
	sent   wire
	res    *http.Response
	answer []byte
}

func (t *told) Errorf(format string, values ...any) {
	t.Helper()
	t.T.Errorf(format, values...)
	t.Logf("%s %.300q %q\n%.600q\n%d %v\n%s", t.sent.Method, t.sent.Target, t.sent.Headers, t.sent.Body, t.res.StatusCode, t.res.Header, clip(t.answer))
}

func writeRequests(t *testing.T, all []wire) {
	f, err := os.Create(*requestsFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	e := json.NewEncoder(f)
	for _, w := range all {
		if err := e.Encode(w); err != nil {
			t.Fatal(err)
		}
	}
}

// heapInUse is how many bytes of the heap are in use.
func heapInUse() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
