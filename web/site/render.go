package main

import (
	"bytes"
	"fmt"
	"html/template"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/tdewolff/minify/v2"
	minhtml "github.com/tdewolff/minify/v2/html"
)

// renderer writes pages.
type renderer struct {
	config
	assets
	layout    *template.Template
	templates map[string]*template.Template // the layout with each page's own part
	minifier  *minify.M
}

func newRenderer(c config, a assets) (*renderer, error) {
	r := &renderer{config: c, assets: a, templates: map[string]*template.Template{}, minifier: minify.New()}
	r.minifier.Add("text/html", &minhtml.Minifier{KeepDocumentTags: true, KeepEndTags: true, KeepQuotes: true})
	var err error
	r.layout, err = template.New("").Funcs(template.FuncMap{
		"asset": r.asset,
		"date":  func(t time.Time) string { return t.Format("January 2, 2006") },
		"day":   func(t time.Time) string { return t.Format(time.DateOnly) },
		"words": func(s string) string { return strings.NewReplacer("-", " ", "_", " ").Replace(s) },
		"lower": strings.ToLower,
	}).ParseFS(files, "templates/layout.html")
	return r, err
}

func (r *renderer) asset(name string) (string, error) {
	path, ok := r.assets[name]
	if !ok {
		return "", fmt.Errorf("there is no asset %q", name)
	}
	return path, nil
}

func (r *renderer) template(name string) (*template.Template, error) {
	if t := r.templates[name]; t != nil {
		return t, nil
	}
	t, err := r.layout.Clone()
	if err == nil {
		t, err = t.ParseFS(files, "templates/"+name+".html")
	}
	r.templates[name] = t
	return t, err
}

// write renders a page and puts it where its path leads.
func (r *renderer) write(p page) error {
	t, err := r.template(p.Template)
	if err != nil {
		return err
	}
	p.Origin = r.origin
	var out bytes.Buffer
	if err := t.ExecuteTemplate(&out, "layout", p); err != nil {
		return err
	}
	small, err := r.minifier.Bytes("text/html", out.Bytes())
	if err != nil {
		return err
	}
	name, err := url.PathUnescape(p.Path)
	if err != nil {
		return err
	}
	file := filepath.Join(r.out, filepath.FromSlash(name))
	if strings.HasSuffix(p.Path, "/") {
		file = filepath.Join(file, "index.html")
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, small, 0o644)
}
