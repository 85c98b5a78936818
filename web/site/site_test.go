package main

import (
	"encoding/json"
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// buildSite builds the whole site into a temporary folder, with empty files in
// place of the bundled scripts, and returns its pages by path.
func buildSite(t *testing.T) (folder string, trees map[string]*html.Node) {
	t.Helper()
	out := t.TempDir()
	for _, name := range append([]string{"embed.js", "assets/fonts/newsreader-roman.woff2", "assets/fonts/newsreader-italic.woff2",
		"assets/fonts/schibsted-grotesk.woff2"}, "assets/docs-A.js", "assets/gloss-A.js", "assets/glossary-A.js", "assets/playground-A.js", "assets/search-A.js") {
		file := filepath.Join(out, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	c := config{glossary: "../../glossary", articles: "../demo/articles", out: out}
	if err := c.build(); err != nil {
		t.Fatal(err)
	}
	trees = map[string]*html.Node{}
	err := fs.WalkDir(os.DirFS(out), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".html") {
			return err
		}
		f, err := os.Open(filepath.Join(out, name))
		if err != nil {
			return err
		}
		defer f.Close()
		tree, err := html.Parse(f)
		trees["/"+strings.TrimSuffix(name, "index.html")] = tree
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(trees) < 100 {
		t.Fatalf("only %d pages were built", len(trees))
	}
	return out, trees
}

func TestSite(t *testing.T) {
	out, trees := buildSite(t)
	ids := map[string]map[string]bool{}
	for p, tree := range trees {
		ids[p] = map[string]bool{}
		for n := range tree.Descendants() {
			if id := attribute(n, "id"); id != "" {
				if ids[p][id] {
					t.Errorf("%s: the id %q occurs twice", p, id)
				}
				ids[p][id] = true
			}
		}
	}
	for p, tree := range trees {
		checkHead(t, p, tree)
		for n := range tree.Descendants() {
			if n.Type == html.ElementNode {
				checkPolicy(t, p, n)
				checkLinks(t, out, p, n, ids)
			}
		}
	}
	checkTermData(t, trees)
}

// checkHead wants what every page has once.
func checkHead(t *testing.T, p string, tree *html.Node) {
	t.Helper()
	count := map[atom.Atom]int{}
	description := false
	for n := range tree.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		// A drawing may have a title of its own.
		if n.Namespace == "" {
			count[n.DataAtom]++
		}
		if n.DataAtom == atom.Meta && attribute(n, "name") == "description" {
			description = attribute(n, "content") != ""
		}
	}
	for _, a := range []atom.Atom{atom.H1, atom.Title, atom.Main} {
		if count[a] != 1 {
			t.Errorf("%s: %d %v elements, want 1", p, count[a], a)
		}
	}
	if !description {
		t.Errorf("%s: no description", p)
	}
}

// checkPolicy wants nothing that the site's own policy would refuse.
func checkPolicy(t *testing.T, p string, n *html.Node) {
	t.Helper()
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
			t.Errorf("%s: <%s %s=%q> is refused by the site's policy", p, n.Data, a.Key, a.Val)
		}
	}
	inline := n.DataAtom == atom.Script && attribute(n, "src") == "" && attribute(n, "type") != "application/ld+json"
	if inline || n.DataAtom == atom.Style {
		t.Errorf("%s: an inline <%s> is refused by the site's policy", p, n.Data)
	}
}

// checkLinks wants every address within the site to lead somewhere.
func checkLinks(t *testing.T, out, p string, n *html.Node, ids map[string]map[string]bool) {
	t.Helper()
	for _, key := range []string{"href", "src"} {
		link := attribute(n, key)
		if link == "" {
			continue
		}
		u, err := url.Parse(link)
		if err != nil {
			t.Errorf("%s: %v", p, err)
			continue
		}
		if u.Host != "" {
			if u.Scheme != "https" && u.Scheme != "http" {
				t.Errorf("%s: %s is no web address", p, link)
			}
			continue
		}
		target := u.Path
		if target == "" {
			target = p
		}
		file := filepath.Join(out, filepath.FromSlash(path.Clean(target)))
		if strings.HasSuffix(target, "/") {
			file = filepath.Join(file, "index.html")
		}
		if _, err := os.Stat(file); err != nil {
			t.Errorf("%s: %s leads nowhere", p, link)
		} else if u.Fragment != "" && !ids[target][u.Fragment] {
			t.Errorf("%s: %s has no such place", p, link)
		}
	}
}

// checkTermData wants what search engines are told about a term to be what
// the glossary says.
func checkTermData(t *testing.T, trees map[string]*html.Node) {
	t.Helper()
	g, err := readGlossary("../../glossary")
	if err != nil {
		t.Fatal(err)
	}
	for _, term := range g.Terms {
		script := first(trees[term.Path], atom.Script)
		for script != nil && attribute(script, "type") != "application/ld+json" {
			script = script.NextSibling
		}
		if script == nil {
			t.Errorf("%s: no JSON-LD", term.ID)
			continue
		}
		var ld struct {
			Context     string `json:"@context"`
			Type        string `json:"@type"`
			Name        string
			Description string
			TermCode    string
		}
		if err := json.Unmarshal([]byte(textOf(script)), &ld); err != nil {
			t.Errorf("%s: %v", term.ID, err)
		}
		if ld.Context != "https://schema.org" || ld.Type != "DefinedTerm" || ld.Name != term.Label ||
			ld.Description != term.Definition || ld.TermCode != term.ID {
			t.Errorf("%s: JSON-LD says %+v", term.ID, ld)
		}
	}
}

func TestHiddenTermsAreNotShown(t *testing.T) {
	g, err := readGlossary("../../glossary")
	if err != nil {
		t.Fatal(err)
	}
	for _, term := range g.Terms {
		if term.Hidden {
			t.Errorf("%s is hidden, and has a page", term.ID)
		}
		for _, other := range append(term.Related, term.Back...) {
			if other.Hidden {
				t.Errorf("%s leads to %s, which is hidden", term.ID, other.ID)
			}
		}
	}
}

func TestArticleErrors(t *testing.T) {
	const page = "<!doctype html><meta property=article:published_time content=%D><article><h1>%T</h1><p>Text.</article>"
	for _, c := range []struct{ name, text, want string }{
		{"no front matter", "# Title\n", "no front matter"},
		{"front matter without end", "---\ntitle: A\n", "no front matter"},
		{"front matter that is no YAML", "---\ntitle: [A\n---\n", "front matter: "},
		{"no title", "---\npublished: 2026-01-02\n---\nText.\n", "no title"},
		{"no date", "---\ntitle: A\n---\nText.\n", `published is ""`},
		{"no real date", "---\ntitle: A\npublished: 2026-02-30\n---\nText.\n", `published is "2026-02-30"`},
		{"html without article", "<!doctype html><main><h1>A</h1></main>", "no article element"},
		{"html without title", strings.NewReplacer("%D", "2026-01-02", "%T", "").Replace(page), "no title"},
		{"html without date", strings.NewReplacer("%D", "", "%T", "A").Replace(page), `published is ""`},
	} {
		t.Run(c.name, func(t *testing.T) {
			read := readMarkdown
			if strings.HasPrefix(c.text, "<") {
				read = readHTML
			}
			if _, err := read([]byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestArticleBody(t *testing.T) {
	a, err := readMarkdown([]byte("---\ntitle: A & B\npublished: 2026-01-02\n---\n## One\n\n## One\n\n|a|b|\n|:-:|-:|\n|1|2|\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`<h2 id="one">`, `<h2 id="one-2">`, `<div class="scroller"`, `align="center"`} {
		if !strings.Contains(string(a.Body), want) {
			t.Errorf("the body lacks %s:\n%s", want, a.Body)
		}
	}
}

func TestOnlyThePlaygroundMayCompile(t *testing.T) {
	out, _ := buildSite(t)
	headers, err := os.ReadFile(filepath.Join(out, "_headers"))
	if err != nil {
		t.Fatal(err)
	}
	rules := strings.Split(string(headers), "\n\n")
	for _, rule := range rules {
		path, _, _ := strings.Cut(rule, "\n")
		compiles := strings.Contains(rule, "'wasm-unsafe-eval'") && strings.Contains(rule, "worker-src 'self'")
		if compiles != (path == "/playground/*") {
			t.Errorf("%s: the policy lets WebAssembly be compiled: %v", path, compiles)
		}
		// Two policies of one page would both hold.
		if compiles && !strings.HasPrefix(rule, path+"\n  ! Content-Security-Policy\n  Content-Security-Policy: ") {
			t.Errorf("%s adds to the site's policy instead of replacing it", path)
		}
	}
}
