package server

import (
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// Static serves files and leaves what it has no file for to another handler,
// by the rules of Cloudflare's static assets, so that the native server and the
// Worker answer alike: /a is the file a, or a.html, or leads to /a/ if
// there is a folder with an index.html; /a.html and /a/index.html lead to the
// address without these; what is neither a file nor a path of the API gets the
// file 404.html, if there is one. Headers come from the file _headers.
type Static struct {
	files   fs.FS
	headers headerRules
	next    http.Handler
}

// NewStatic serves files from the root of a file system. The error is for a
// file _headers that cannot be read.
func NewStatic(files fs.FS, next http.Handler) (*Static, error) {
	rules, err := readHeaderRules(files)
	if err != nil {
		return nil, err
	}
	return &Static{files: files, headers: rules, next: next}, nil
}

func (s *Static) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		file, redirect := s.find(r.URL.Path)
		if redirect != "" {
			if r.URL.RawQuery != "" {
				redirect += "?" + r.URL.RawQuery
			}
			http.Redirect(w, r, redirect, http.StatusTemporaryRedirect)
			return
		}
		if file != "" && s.send(w, r, file) {
			return
		}
		if !isAPI(r.URL.Path) && s.sendMissing(w, r) {
			return
		}
	}
	s.next.ServeHTTP(w, r)
}

// missing is the page that is shown where there is none.
const missing = "404.html"

// isAPI reports whether a path is the other handler's to answer, as
// run_worker_first in wrangler.toml says.
func isAPI(path string) bool {
	return strings.HasPrefix(path, "/v1/") || strings.HasPrefix(path, "/s/") || path == "/healthz" || path == "/readyz"
}

// sendMissing answers that there is no such page. It returns false if there is
// nothing to say it with.
func (s *Static) sendMissing(w http.ResponseWriter, r *http.Request) bool {
	page, err := fs.ReadFile(s.files, missing)
	if err != nil {
		return false
	}
	// What the files' headers say of a path holds for the file, which may come yet.
	s.headers.apply(w.Header(), r.URL.Path)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(http.StatusNotFound)
	if r.Method == http.MethodGet {
		w.Write(page)
	}
	return true
}

// find returns the file for an address, or the address that it leads to, or
// neither.
func (s *Static) find(address string) (file, redirect string) {
	clean := path.Clean(address)
	if address == "" || address[0] != '/' || clean != address && clean+"/" != address {
		return "", ""
	}
	name := strings.TrimPrefix(clean, "/")
	folder := strings.HasSuffix(address, "/")
	switch {
	case name == "_headers" || name == "_redirects":
		return "", ""
	case folder && s.is(path.Join(name, "index.html")):
		return path.Join(name, "index.html"), ""
	case folder && s.is(name+".html"):
		return "", "/" + name
	case folder:
		return "", ""
	case path.Base(name) == "index.html" && s.is(name):
		return "", strings.TrimSuffix(clean, "index.html")
	case strings.HasSuffix(name, ".html") && s.is(name):
		return "", strings.TrimSuffix(clean, ".html")
	case s.is(name):
		return name, ""
	case s.is(name + ".html"):
		return name + ".html", ""
	case s.is(path.Join(name, "index.html")):
		return "", clean + "/"
	}
	return "", ""
}

// is reports whether there is a file, and not a folder, of that name.
func (s *Static) is(name string) bool {
	info, err := fs.Stat(s.files, name)
	return err == nil && info.Mode().IsRegular()
}

// send answers with a file. It returns false if the file is gone.
func (s *Static) send(w http.ResponseWriter, r *http.Request, name string) bool {
	f, err := s.files.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	content, ok := f.(io.ReadSeeker)
	if err != nil || !ok {
		return false
	}
	w.Header().Set("Cache-Control", "public, max-age=0, must-revalidate")
	s.headers.apply(w.Header(), r.URL.Path)
	http.ServeContent(w, r, name, info.ModTime(), content)
	return true
}
