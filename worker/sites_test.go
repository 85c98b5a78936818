package worker_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"postil"
	"postil/internal/site"
	"postil/internal/store"
	"postil/internal/store/storetest"
	"postil/worker"
)

// indexOf is an index of one term, and its digest.
func indexOf(t testing.TB, id string) (data []byte, digest string) {
	t.Helper()
	data, err := postil.Compile([]postil.Term{{ID: id, Label: "Term " + id, Definition: "A term."}}, postil.CompileOptions{Language: "en"})
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return data, a.Digest()
}

func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// A publisher makes requests with a token and checks every answer against the
// contract.
type publisher struct {
	t        *testing.T
	handler  http.Handler
	contract contract
}

func newPublisher(t *testing.T, st store.Store, o worker.Options) publisher {
	grants, err := worker.ParseGrants(hashed("all") + "\n two:" + hashed("two"))
	if err != nil {
		t.Fatal(err)
	}
	o.Store, o.Grants, o.Log = st, grants, slog.New(slog.DiscardHandler)
	return publisher{t, worker.New(annotator(t), o), readContract(t)}
}

func (p publisher) ask(method, path string, body []byte, headers ...string) *httptest.ResponseRecorder {
	p.t.Helper()
	r := httptest.NewRequest(method, path, bytes.NewReader(body))
	r.Header.Set("Authorization", "Bearer all")
	if method == http.MethodPut {
		r.Header.Set("Content-Type", "application/octet-stream")
	}
	w := serve(p.handler, r, headers...)
	res := w.Result()
	res.Request = r
	p.contract.check(p.t, r, body, res, w.Body.Bytes())
	return w
}

func (p publisher) want(w *httptest.ResponseRecorder, status int, has string) {
	p.t.Helper()
	if w.Code != status || !strings.Contains(w.Body.String(), has) {
		p.t.Errorf("%d %s, want %d with %s", w.Code, w.Body, status, has)
	}
}

func versionsIn(t *testing.T, w *httptest.ResponseRecorder) (all []string) {
	t.Helper()
	var list struct{ Versions []struct{ Index string } }
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil {
		t.Fatal(err)
	}
	for _, v := range list.Versions {
		all = append(all, v.Index)
	}
	return all
}

// TestPublish takes a site through its life.
func TestPublish(t *testing.T) {
	p := newPublisher(t, &storetest.Memory{}, worker.Options{Refresh: time.Nanosecond})
	one, first := indexOf(t, "one")
	two, second := indexOf(t, "two")
	p.want(p.ask("GET", "/s/a/v1/terms/one", nil), 404, `there is no site \"a\"`)
	p.want(p.ask("GET", "/s/a/v1/index", nil), 404, `there is no site \"a\"`)
	p.want(p.ask("POST", "/s/a/v1/index/rollback", nil), 404, `there is no site \"a\"`)
	p.want(p.ask("PUT", "/s/a/v1/index", one), 200, first)
	p.want(p.ask("GET", "/s/a/v1/terms/one", nil), 200, "Term one")
	p.want(p.ask("POST", "/s/a/v1/index/rollback", nil), 409, "no version before")
	p.want(p.ask("PUT", "/s/a/v1/index", two), 200, second)
	p.want(p.ask("GET", "/s/a/v1/terms/one", nil), 404, "no term")
	p.want(p.ask("GET", "/s/a/v1/terms/two", nil), 200, "Term two")
	p.want(p.ask("POST", "/s/a/v1/index/rollback", nil), 200, first)
	p.want(p.ask("GET", "/s/a/v1/terms/one", nil), 200, "Term one")
	p.want(p.ask("POST", "/s/a/v1/index/rollback?version="+second, nil), 200, second)
	if got := versionsIn(t, p.ask("GET", "/s/a/v1/index", nil)); fmt.Sprint(got) != fmt.Sprint([]string{second, first}) {
		t.Errorf("versions %v", got)
	}
	p.want(p.ask("HEAD", "/s/a/v1/terms/two", nil), 200, "")
	p.want(p.ask("OPTIONS", "/s/a/v1/index", nil), 204, "")
	p.want(p.ask("GET", "/s/a/v1/search?q=term", nil), 200, second)
	p.want(p.ask("GET", "/s/b/v1/search?q=term", nil), 404, "no site")
	p.want(p.ask("GET", "/v1/terms/agi", nil), 200, "agi") // the service's own index is still there
}

func TestPublishRefuses(t *testing.T) {
	p := newPublisher(t, &storetest.Memory{}, worker.Options{SiteMemory: 2048})
	index, _ := indexOf(t, "one")
	damaged := bytes.Clone(index)
	damaged[100] ^= 1
	put := func(path string, body []byte, status int, has string, headers ...string) {
		t.Helper()
		p.want(p.ask("PUT", path, body, headers...), status, has)
	}
	put("/s/A/v1/index", index, 404, `there is no site \"A\"`)
	put("/s/a%2Fb/v1/index", index, 404, "there is no site")
	put("/s/a/v1/index", index, 401, "a token is needed", "Authorization", "")
	put("/s/a/v1/index", index, 401, "a token is needed", "Authorization", "Basic YTpi")
	put("/s/a/v1/index", index, 401, "none of this service", "Authorization", "Bearer al")
	put("/s/a/v1/index", index, 403, "another site", "Authorization", "Bearer two")
	put("/s/a/v1/index", index, 415, "want application/octet-stream", "Content-Type", "text/plain")
	put("/s/a/v1/index", index, 415, "send it uncompressed", "Content-Encoding", "GZIP")
	put("/s/a/v1/index", gzipped(index), 415, "send it uncompressed", "Content-Encoding", "gzip")
	put("/s/a/v1/index", index, 406, "image/png", "Accept", "image/png")
	put("/s/a/v1/index?x=1", index, 422, "unknown option")
	put("/s/a/v1/index", nil, 400, "the body is empty")
	put("/s/a/v1/index", []byte("no index"), 422, "header: 8 bytes are too few")
	put("/s/a/v1/index", index[:len(index)-1], 422, "header: the file has")
	put("/s/a/v1/index", damaged, 422, "checksum mismatch")
	put("/s/a/v1/index", make([]byte, 2049), 413, "longer than the 2048 bytes")
	p.want(p.ask("DELETE", "/s/a/v1/index", nil), 405, "does not take DELETE")
	p.want(p.ask("POST", "/s/a/v1/index/rollback?version=x&version=y", nil), 422, "version is given 2 times")
	p.want(p.ask("GET", "/s/a/v1/index", nil), 404, "there is no site") // nothing of all this had an effect
	put("/s/two/v1/index", index, 200, `"site":"two"`, "Authorization", "Bearer two", "Content-Type", "Application/Octet-Stream")
	p.want(p.ask("POST", "/s/two/v1/index/rollback?version=x", nil), 422, `has no version \"x\"`)
}

// TestEveryByteIsChecked damages an index in one byte after another.
func TestEveryByteIsChecked(t *testing.T) {
	st := &storetest.Memory{}
	p := newPublisher(t, st, worker.Options{})
	index, _ := indexOf(t, "one")
	for i := range index {
		index[i] ^= 0x40
		if w := serve(p.handler, httptest.NewRequest("PUT", "/s/a/v1/index", bytes.NewReader(index)),
			"Authorization", "Bearer all", "Content-Type", "application/octet-stream"); w.Code != 422 {
			t.Fatalf("byte %d is wrong: %d %s", i, w.Code, w.Body)
		}
		index[i] ^= 0x40
	}
	if page, _, err := st.List(context.Background(), "", ""); len(page) > 0 || err != nil {
		t.Errorf("%v was stored, %v", page, err)
	}
}

// TestSitesAreBounded opens more indexes than there is room for, and asks for
// more names than are remembered.
func TestSitesAreBounded(t *testing.T) {
	counted := &storetest.Faulty{Store: &storetest.Memory{}}
	p := newPublisher(t, counted, worker.Options{SiteMemory: 64 << 10, Refresh: time.Hour})
	for i := range 8 {
		index, _ := indexOf(t, fmt.Sprint("t", i))
		p.want(p.ask("PUT", fmt.Sprintf("/s/s%d/v1/index", i), index), 200, "sha256-")
	}
	calls := func(i int) int64 {
		before := counted.Calls()
		p.want(p.ask("GET", fmt.Sprintf("/s/s%d/v1/terms/t%d", i, i), nil), 200, "Term")
		return counted.Calls() - before
	}
	for i := range 8 {
		if n := calls(i); n != 2 {
			t.Errorf("site %d, not open: %d calls of the store", i, n)
		}
	}
	if n := calls(7); n != 0 {
		t.Errorf("the site asked for last: %d calls of the store", n)
	}
	if n := calls(0); n != 2 {
		t.Errorf("the site asked for longest ago: %d calls of the store", n)
	}
	for i := range 100 {
		p.want(p.ask("GET", fmt.Sprintf("/s/nobody%d/v1/terms/x", i), nil), 404, "no site")
	}
	before := counted.Calls()
	p.want(p.ask("GET", "/s/nobody99/v1/terms/x", nil), 404, "no site")
	if n := counted.Calls() - before; n != 0 {
		t.Errorf("a site that is known not to exist: %d calls of the store", n)
	}
	if n := calls(0); n != 2 {
		t.Errorf("after a hundred other names: %d calls of the store", n)
	}
}

// unreliable is a store that cannot be reached, or may not be waited for.
type unreliable struct {
	store.Store
	err error
}

func (b *unreliable) Get(ctx context.Context, key string, unless store.Version) (store.Object, error) {
	if b.err != nil {
		return store.Object{}, b.err
	}
	return b.Store.Get(ctx, key, unless)
}

// overtaken is a store in which something happens between a read and its end.
type overtaken struct {
	store.Store
	meanwhile func()
}

func (o *overtaken) Get(ctx context.Context, key string, unless store.Version) (store.Object, error) {
	found, err := o.Store.Get(ctx, key, unless)
	if f := o.meanwhile; f != nil && strings.HasSuffix(key, "site.json") {
		o.meanwhile = nil
		f()
	}
	return found, err
}

// TestPublishedWhileRead: what was read before a publication does not come after it.
func TestPublishedWhileRead(t *testing.T) {
	st := &overtaken{Store: &storetest.Memory{}}
	p := newPublisher(t, st, worker.Options{Refresh: time.Hour})
	one, _ := indexOf(t, "one")
	two, _ := indexOf(t, "two")
	p.want(p.ask("PUT", "/s/a/v1/index", one), 200, "")
	st.meanwhile = func() { p.want(p.ask("PUT", "/s/a/v1/index", two), 200, "") }
	p.want(p.ask("GET", "/s/a/v1/terms/one", nil), 200, "Term one")
	p.want(p.ask("GET", "/s/a/v1/terms/two", nil), 200, "Term two")
}

// TestPublishedElsewhereWhileRead: of two who read, the one that asked first does not
// overrule the other with what was there before.
func TestPublishedElsewhereWhileRead(t *testing.T) {
	memory := &storetest.Memory{}
	st := &overtaken{Store: memory}
	p, other := newPublisher(t, st, worker.Options{Refresh: time.Hour}), newPublisher(t, memory, worker.Options{})
	one, _ := indexOf(t, "one")
	two, _ := indexOf(t, "two")
	other.want(other.ask("PUT", "/s/a/v1/index", one), 200, "")
	st.meanwhile = func() {
		other.want(other.ask("PUT", "/s/a/v1/index", two), 200, "")
		p.want(p.ask("GET", "/s/a/v1/terms/two", nil), 200, "Term two")
	}
	p.ask("GET", "/s/a/v1/terms/one", nil)
	p.want(p.ask("GET", "/s/a/v1/terms/two", nil), 200, "Term two")
}

// TestUntil: a host hears until when an answer may be kept, and of which it may not.
func TestUntil(t *testing.T) {
	const name = "Until"
	p := newPublisher(t, &storetest.Memory{}, worker.Options{Refresh: time.Hour, UntilHeader: name})
	one, _ := indexOf(t, "one")
	p.want(p.ask("PUT", "/s/a/v1/index", one), 200, "")
	const ever = math.MaxInt64
	for _, c := range []struct {
		path  string
		holds time.Duration // 0: it is not to be kept
	}{
		{"/v1/terms", ever},
		{"/v1/terms/agi", ever},
		{"/v1/search?q=agi", time.Hour},
		{"/v1/suggest?q=a", time.Hour},
		{"/v1/terms/agi/mentions", time.Hour},
		{"/s/a/v1/terms", time.Hour},
		{"/s/a/v1/terms/one", time.Hour},
		{"/s/a/v1/search?q=term", time.Hour},
		{"/s/a/v1/index", 0},
		{"/healthz", 0},
		{"/v1/terms/nothing", 0},
		{"/v1/search", 0},
	} {
		r := httptest.NewRequest("GET", c.path, nil)
		r.Header.Set("Authorization", "Bearer all")
		text := serve(p.handler, r).Header().Get(name)
		if c.holds == 0 {
			if text != "" {
				t.Errorf("%s is good until %s", c.path, text)
			}
			continue
		}
		until, err := strconv.ParseInt(text, 10, 64)
		left := time.Until(time.UnixMilli(until))
		if err != nil || left > c.holds || left < c.holds-time.Minute {
			t.Errorf("%s is good for %v, want %v: %v", c.path, left, c.holds, err)
		}
	}
}

// TestStoreFails: a site that is open goes on, one that is not gets 503, and both
// recover.
func TestStoreFails(t *testing.T) {
	st := &unreliable{Store: &storetest.Memory{}}
	p := newPublisher(t, st, worker.Options{Refresh: time.Nanosecond})
	one, _ := indexOf(t, "one")
	two, _ := indexOf(t, "two")
	p.want(p.ask("PUT", "/s/a/v1/index", one), 200, "")
	p.want(p.ask("PUT", "/s/b/v1/index", one), 200, "")
	p.want(p.ask("GET", "/s/a/v1/terms/one", nil), 200, "")
	st.err = io.ErrUnexpectedEOF
	p.want(p.ask("GET", "/s/a/v1/terms/one", nil), 200, "")
	p.want(p.ask("GET", "/s/b/v1/terms/one", nil), 503, "try again")
	p.want(p.ask("PUT", "/s/a/v1/index", two), 503, "try again")
	p.want(p.ask("GET", "/s/a/v1/index", nil), 503, "try again")
	st.err = store.ErrWait
	p.want(p.ask("GET", "/s/a/v1/terms/one", nil), 503, "try again")
	st.err = nil
	p.want(p.ask("GET", "/s/b/v1/terms/one", nil), 200, "")
	p.want(p.ask("PUT", "/s/a/v1/index", two), 200, "")
	p.want(p.ask("GET", "/s/a/v1/terms/two", nil), 200, "")
}

// TestStoredIndexIsDamaged: that site fails, the rest goes on.
func TestStoredIndexIsDamaged(t *testing.T) {
	st := &storetest.Memory{}
	p := newPublisher(t, st, worker.Options{Refresh: time.Nanosecond})
	one, _ := indexOf(t, "one")
	p.want(p.ask("PUT", "/s/a/v1/index", one), 200, "")
	p.want(p.ask("PUT", "/s/b/v1/index", one), 200, "")
	h, _, err := site.Site{Store: st, Name: "a"}.Read(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := st.Put(context.Background(), "sites/a/"+h[0].Object, one[:100], store.Condition{}); err != nil {
		t.Fatal(err)
	}
	p.want(p.ask("GET", "/s/a/v1/terms/one", nil), 503, "try again")
	p.want(p.ask("GET", "/s/b/v1/terms/one", nil), 200, "Term one")
	two, _ := indexOf(t, "two")
	p.want(p.ask("PUT", "/s/a/v1/index", two), 200, "")
	p.want(p.ask("GET", "/s/a/v1/terms/two", nil), 200, "Term two")

	// A site that is open goes on with what it has.
	if err := st.Delete(context.Background(), "sites/a/"+h[0].Object); err != nil {
		t.Fatal(err)
	}
	p.want(p.ask("POST", "/s/a/v1/index/rollback", nil), 200, "")
	p.want(p.ask("GET", "/s/a/v1/terms/two", nil), 200, "Term two")
}

// TestMaintain removes what is left over of all sites, whatever fails in one.
func TestMaintain(t *testing.T) {
	past := time.Now().Add(-2 * time.Hour)
	st := &storetest.Memory{Now: func() time.Time { return past }}
	p := newPublisher(t, st, worker.Options{})
	index, _ := indexOf(t, "one")
	for _, name := range []string{"a", "b", "c"} {
		p.want(p.ask("PUT", "/s/"+name+"/v1/index", index), 200, "")
		if _, err := st.Put(context.Background(), "sites/"+name+"/versions/left-over.postil", nil, store.Condition{}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := st.Put(context.Background(), "sites/a/site.json", []byte("damaged"), store.Condition{}); err != nil {
		t.Fatal(err)
	}
	err := p.handler.(*worker.Service).Maintain(context.Background(), time.Now())
	if err == nil || !strings.Contains(err.Error(), "site a: sites/a/site.json is damaged") {
		t.Errorf("error %v", err)
	}
	for name, want := range map[string]int{"a": 3, "b": 2, "c": 2} {
		if page, _, err := st.List(context.Background(), "sites/"+name+"/", ""); len(page) != want || err != nil {
			t.Errorf("site %s has %d objects, want %d: %v", name, len(page), want, err)
		}
	}
	if err := worker.New(annotator(t), worker.Options{}).Maintain(context.Background(), time.Now()); err != nil {
		t.Errorf("without a store: %v", err)
	}
}

func TestNoGrants(t *testing.T) {
	h := worker.New(annotator(t), worker.Options{Store: &storetest.Memory{}})
	if w := serve(h, httptest.NewRequest("PUT", "/s/a/v1/index", strings.NewReader("x")), "Authorization", "Bearer x"); w.Code != 403 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := serve(worker.New(annotator(t), worker.Options{}), httptest.NewRequest("GET", "/s/a/v1/terms", nil)); w.Code != 404 {
		t.Errorf("without a store: %d %s", w.Code, w.Body)
	}
}

func TestParseGrants(t *testing.T) {
	good := hashed("x")
	for text, want := range map[string]string{
		"": "", good: "", "a-b:" + good + "\n" + good: "",
		"x": "has 1 characters", good[1:]: "has 63 characters", "A:" + good: `site "A"`, ":" + good: `site ""`, strings.Repeat("g", 64): "hexadecimal",
	} {
		_, err := worker.ParseGrants(text)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
}
