package worker_test

import (
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"postil/indexer/outbound"
	"postil/worker"
)

// An origin is a publisher's server. Its pages say what they are asked to.
func origin(t *testing.T, h http.HandlerFunc) string {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

// pages is a service for the pages of some origins, which may be on this
// machine's loopback addresses.
func pages(t *testing.T, o worker.Options, origins ...string) http.Handler {
	o.Address = "https://postil.example"
	o.Log = slog.New(slog.DiscardHandler)
	o.Pages.Origins = origins
	if o.Pages.Transport == nil {
		o.Pages.Transport = outbound.New(outbound.Options{Timeout: 2 * time.Second, Check: func(a netip.Addr) error {
			if a.IsLoopback() {
				return nil
			}
			return outbound.Public(a)
		}})
	}
	return worker.New(annotator(t), o)
}

// show asks for a page and checks the answer against the description.
func show(t *testing.T, h http.Handler, address, more string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("GET", "/v1/page?url="+url.QueryEscape(address)+more, nil)
	w := serve(h, r, headers...)
	readContract(t).check(t, r, nil, w.Result(), w.Body.Bytes())
	return w
}

func TestPage(t *testing.T) {
	home := origin(t, func(w http.ResponseWriter, r *http.Request) {
		for _, name := range []string{"Cookie", "Authorization", "Origin", "Referer"} {
			if v := r.Header.Get(name); v != "" {
				t.Errorf("%s: %s was sent on", name, v)
			}
		}
		h := w.Header()
		h.Set("Content-Type", "text/html")
		h.Set("Content-Language", "en")
		h.Set("Set-Cookie", "a=b")
		h.Set("X-Powered-By", "x")
		io.WriteString(w, "<!doctype html><html lang=en><!-- c --><head><meta charset=utf-8><title>AGI</title><body><p>AGI and AGI need a TPU.")
	})
	h := pages(t, worker.Options{}, home)
	w := show(t, h, home+"/a/b?c=d#e", "", "Cookie", "secret=1", "Authorization", "Bearer x", "Origin", "https://x.example", "Referer", "https://x.example/")
	want := `<!doctype html><html lang=en><!-- c --><head><base href="` + home + `/a/b?c=d"><script async src="https://postil.example/embed.js" data-mode="adopt" data-root="body" data-endpoint="https://postil.example"></script>` +
		`<meta charset=utf-8><title>AGI</title><body><p><span class="postil" data-postil="agi">AGI</span> and AGI need a <span class="postil" data-postil="tpu">TPU</span>.`
	if w.Code != 200 || w.Body.String() != want {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if got := w.Header().Get("Link"); got != "<"+home+`/a/b?c=d>; rel="canonical"` {
		t.Error(got)
	}
	link := show(t, h, home+"/a?x>;rel=x,<https://evil.example/>;rel=stylesheet,<", "").Header().Get("Link")
	if want := "<" + home + `/a?x%3E;rel=x,%3Chttps://evil.example/%3E;rel=stylesheet,%3C>; rel="canonical"`; link != want {
		t.Errorf("%s, want %s", link, want)
	}
	if got := w.Header().Get("Content-Security-Policy"); !strings.HasPrefix(got, "sandbox allow-scripts ") || strings.Contains(got, "allow-same-origin") {
		t.Error(got)
	}
	if again := show(t, h, home+"/a/b?c=d", "", "If-None-Match", w.Header().Get("ETag")); again.Code != 304 {
		t.Error(again.Code)
	}
	if all := show(t, h, home+"/a", "&occurrences=all&kinds=concept"); strings.Count(all.Body.String(), "data-postil=") != 2 {
		t.Error(all.Body)
	}
	if small := show(t, h, home+"/a", "&minify=true"); small.Code != 200 || strings.Contains(small.Body.String(), "<!-- c -->") {
		t.Error(small.Body)
	}
}

// TestPageAnswers has an origin answer in all the ways that a path says.
func TestPageAnswers(t *testing.T) {
	var home, other string
	release := make(chan bool)
	answers := map[string]func(http.ResponseWriter, *http.Request){
		"/missing": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) },
		"/gone":    func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(410) },
		"/broken":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) },
		"/denied":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) },
		"/within": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "//"+r.Host+"/page", http.StatusPermanentRedirect)
		},
		"/outside": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other+"/page", http.StatusFound) },
		"/file": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(302)
		},
		"/user": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "http://a:b@"+r.Host+"/page")
			w.WriteHeader(301)
		},
		"/loop":    func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) },
		"/image":   func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "image/png") },
		"/no-type": func(w http.ResponseWriter, _ *http.Request) { w.Header()["Content-Type"] = nil; w.WriteHeader(200) },
		"/brotli": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Encoding", "br")
		},
		"/long": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			io.Copy(w, io.LimitReader(zeros{}, 5000))
		},
		"/endless": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			io.Copy(w, zeros{})
		},
		"/cut": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Content-Length", "9")
			w.Write([]byte("AGI"))
			panic(http.ErrAbortHandler)
		},
		"/slow": func(http.ResponseWriter, *http.Request) { <-release },
		"/slow-body": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.(http.Flusher).Flush()
			<-release
		},
		"/private": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			w.Header().Set("Cache-Control", "private")
		},
		"/page": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; x; charset=utf-8")
			io.WriteString(w, "AGI")
		},
	}
	home = origin(t, func(w http.ResponseWriter, r *http.Request) { answers[r.URL.Path](w, r) })
	other = origin(t, func(http.ResponseWriter, *http.Request) { t.Error("another origin was reached") })
	defer close(release)
	waiting := func(timeout time.Duration) http.Handler {
		transport := outbound.New(outbound.Options{Timeout: timeout, Check: func(netip.Addr) error { return nil }})
		return pages(t, worker.Options{MaxBody: 4096, Pages: worker.PageOptions{Transport: transport}}, home)
	}
	patient, impatient := waiting(0), waiting(300*time.Millisecond)
	for _, c := range []struct {
		path string
		code int
		says string
	}{
		{"/missing", 404, "has no such page"}, {"/gone", 404, "has no such page"},
		{"/broken", 502, "answers 500"}, {"/denied", 502, "answers 401"},
		{"/within", 200, ""}, {"/page", 200, ""}, {"/private", 200, ""},
		{"/outside", 502, "not served here"}, {"/file", 502, "not served here"}, {"/user", 502, "not served here"},
		{"/loop", 502, "more than 5 times"},
		{"/image", 422, "image/png"}, {"/no-type", 422, "no media type"}, {"/brotli", 422, "br"},
		{"/long", 422, "longer than 4096"}, {"/endless", 422, "longer than 4096"},
		{"/cut", 502, "cannot be reached"}, {"/slow", 504, "in time"}, {"/slow-body", 504, "in time"},
	} {
		h := patient
		if c.code == 504 {
			h = impatient
		}
		w := show(t, h, home+c.path, "")
		if w.Code != c.code || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s: %d %s", c.path, w.Code, w.Body)
		}
		if c.path == "/private" && (w.Header().Get("Cache-Control") != "no-store" || w.Header().Get("ETag") != "") {
			t.Error(w.Header())
		}
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestPageRefuses asks for addresses that are not those of the origin, and for
// what leads back.
func TestPageRefuses(t *testing.T) {
	reached := func(http.ResponseWriter, *http.Request) { t.Error("the server was reached") }
	home := origin(t, reached)
	host := strings.TrimPrefix(home, "http://")
	_, port, _ := net.SplitHostPort(host)
	h := pages(t, worker.Options{}, home, "https://news.example")
	for address, code := range map[string]int{
		"": 422, "/a": 422, "news.example": 422, "http:" + host: 422, "http://user:pass@" + host: 422, "http://" + host + "@evil.example/": 422,
		"//" + host: 403, "https://" + host: 403, "http://news.example": 403, "https://news.example:444": 403, "https://news.example.": 403,
		"https://news.example.evil.example/": 403, "https://evil.example/?https://news.example": 403, "https://evil.example#https://news.example": 403,
		"http://localhost:" + port: 403, "http://[::1]:" + port: 403, "http://0x7f000001:" + port: 403, "http://2130706433:" + port: 403,
		"file:///etc/passwd": 422, "file://localhost/etc/passwd": 403, "javascript:alert(1)": 422, "data:text/html,x": 422, "gopher://" + host: 403, "ftp://" + host: 403,
		"https://news.example\\@evil.example/": 422, "https://news.example\t.evil.example": 422, "https://evil.example/\n": 422, "http://" + host + "%2f@evil.example": 422,
		"http://169.254.169.254/latest/meta-data": 403,
	} {
		if w := show(t, h, address, ""); w.Code != code {
			t.Errorf("%q: %d %s, want %d", address, w.Code, w.Body, code)
		}
	}
	if w := show(t, h, home, "", "Via", "1.1 postil"); w.Code != 422 || !strings.Contains(w.Body.String(), "leads back") {
		t.Error(w.Code, w.Body)
	}
	if w := show(t, h, home, "&url=x"); w.Code != 422 {
		t.Error(w.Code, w.Body)
	}
	r := httptest.NewRequest("GET", "http://a;script-src*/v1/page?url="+url.QueryEscape(home), nil)
	if w := serve(worker.New(annotator(t), worker.Options{Pages: worker.PageOptions{Origins: []string{home}, Transport: http.DefaultTransport}}), r); w.Code != 400 {
		t.Error(w.Code, w.Body)
	}
	if w := serve(worker.New(annotator(t), worker.Options{}), httptest.NewRequest("GET", "/v1/page?url=x", nil)); w.Code != 404 {
		t.Error("without origins:", w.Code)
	}
}

// TestPagePrivateAddress has an origin that is allowed, and turns out to be in the
// server's own network: the real check refuses it when the connection is made.
func TestPagePrivateAddress(t *testing.T) {
	home := origin(t, func(http.ResponseWriter, *http.Request) { t.Error("the server was reached") })
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(home, "http://"))
	byName := "http://localhost:" + port
	for _, address := range []string{home, byName} {
		w := show(t, pages(t, worker.Options{Pages: worker.PageOptions{Transport: outbound.New(outbound.Options{})}}, home, byName), address, "")
		if w.Code != 502 || strings.Contains(w.Body.String(), "dial") || !strings.Contains(w.Body.String(), "cannot be reached") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
}

func TestPageEncodings(t *testing.T) {
	const inLatin = "caf\xe9 AGI \x93q\x94"
	for i, c := range []struct {
		kind, body, want string
		code             int
	}{
		{"text/html", "\ufeffcafé", "café", 200},
		{"text/html", "café", "café", 200},
		{"text/html; charset=utf-8", inLatin, "caf\ufffd", 200},
		{"text/html; charset=iso-8859-1", inLatin, "café", 200},
		{"text/html", inLatin, "“q”", 200},
		{"text/html", "<meta charset='windows-1251'>\xef", "п", 200},
		{"text/html", "<!-- <meta charset=gbk> --><META HTTP-EQUIV=content-type CONTENT='text/html; charset=Shift_JIS'>\x93\xfa\x96{", "日本", 200},
		{"text/html", "<meta charset=utf-16>é", "é", 200},
		{"text/html; charset=gbk", "\xff\xfeA\x00G\x00I\x00", ">AGI<", 200},
		{"text/html; charset=klingon", "x", "klingon", 422},
	} {
		home := origin(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", c.kind)
			io.WriteString(w, c.body)
		})
		w := show(t, pages(t, worker.Options{Pages: worker.PageOptions{Decode: outbound.Decode}}, home), home, "")
		if w.Code != c.code || !strings.Contains(w.Body.String(), c.want) {
			t.Errorf("%d: %d %s", i, w.Code, w.Body)
		}
		if without := show(t, pages(t, worker.Options{}, home), home, ""); c.code == 200 && without.Code != 200 && without.Code != 422 {
			t.Errorf("%d: %d %s", i, without.Code, without.Body)
		}
	}
}

// TestPageHead looks with a parser at where base and script end up, and that they
// come first and once.
func TestPageHead(t *testing.T) {
	for _, page := range []string{
		"", "AGI", "<p>AGI", "<!doctype html><p>AGI", "<html><p>AGI", "<head><link href=a><p>AGI", "<!-- <head> --><title>x</title>AGI",
		"<HTML a='>'><HEAD b=\">\"><base target=_top href='/deep/er/'>AGI", "<script>'<head>'</script><head>AGI", "<head><script>document.write('<base href=//evil.example>')</script>",
		"<body><base href=/deep/er/>AGI", "<svg><head></svg><p>AGI", "<!doctype html><html><header>AGI</header>", "<html><textarea><head>",
	} {
		home := origin(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, page)
		})
		w := show(t, pages(t, worker.Options{}, home), home+"/a/b", "")
		doc, err := html.Parse(w.Body)
		if err != nil || w.Code != 200 {
			t.Fatal(w.Code, err)
		}
		head := find(doc, atom.Head)
		base, script := head.FirstChild, head.FirstChild.NextSibling
		want := home + "/a/b"
		if strings.Contains(page, "/deep/er/") {
			want = home + "/deep/er/"
		}
		if base.Data != "base" || base.Attr[0].Val != want || script.Data != "script" || script.Attr[1].Val != "https://postil.example/embed.js" {
			t.Errorf("%q: %s", page, w.Body)
		}
	}
}

func find(n *html.Node, kind atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.DataAtom == kind {
			return d
		}
	}
	return nil
}

// TestPageTagged has pages that carry the script themselves, and some that only
// seem to.
func TestPageTagged(t *testing.T) {
	for page, tags := range map[string]int{
		`<p>AGI<script async src="https://postil.example/embed.js"></script>`:                1,
		`<p>AGI<SCRIPT src='//postil.example/embed.js'></SCRIPT>`:                            2, // of http, as the page is
		`<p>AGI<!-- <script src="https://postil.example/embed.js"></script> -->`:             2,
		`<p>AGI<script src="https://evil.example/https://postil.example/embed.js"></script>`: 2,
	} {
		home := origin(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, page)
		})
		w := show(t, pages(t, worker.Options{}, home), home, "")
		if n := strings.Count(w.Body.String(), "embed.js"); n != tags {
			t.Errorf("%s: %d in %s", page, n, w.Body)
		}
	}
}

// TestPagePolicies carries policies over: HOME is the page's origin, OURS the
// service's.
func TestPagePolicies(t *testing.T) {
	for _, c := range []struct{ sent, want string }{
		{"default-src 'none'", "default-src 'none'; script-src OURS; connect-src OURS"},
		{"Default-Src 'self' https://cdn.example; report-uri /r", "default-src HOME https://cdn.example; script-src HOME https://cdn.example OURS; connect-src HOME https://cdn.example OURS"},
		{"script-src 'self' 'nonce-abc' 'strict-dynamic'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'", "script-src HOME 'nonce-abc' 'strict-dynamic' OURS; base-uri HOME; form-action HOME; frame-ancestors 'none'"},
		{"img-src 'self', script-src-elem 'self'; script-src 'none'; script-src *", "img-src HOME, script-src-elem HOME OURS; script-src OURS"},
		{"upgrade-insecure-requests; ; require-trusted-types-for 'script'; trusted-types 'none'", "upgrade-insecure-requests; require-trusted-types-for 'script'; trusted-types 'none'"},
		{"", ""},
	} {
		home := origin(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			if c.sent != "" {
				w.Header().Set("Content-Security-Policy", c.sent)
			}
			fmt.Fprintf(w, `<meta content="%s" http-equiv="content-security-policy"><p>AGI`, c.sent)
		})
		w := show(t, pages(t, worker.Options{}, home), home, "")
		want := strings.NewReplacer("HOME", home, "OURS", "https://postil.example").Replace(c.want)
		got := w.Header().Get("Content-Security-Policy")
		if _, after, _ := strings.Cut(got, ", "); after != want {
			t.Errorf("%s: got %s\nwant %s", c.sent, after, want)
		}
		if !strings.Contains(w.Body.String(), `<meta content="`+html.EscapeString(want)+`" http-equiv=`) {
			t.Errorf("%s: %s", c.sent, w.Body)
		}
		if strings.Contains(c.sent, "nonce") != strings.Contains(w.Body.String(), ` nonce="abc">`) {
			t.Errorf("%s: %s", c.sent, w.Body)
		}
	}
}
