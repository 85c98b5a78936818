package main

import (
	"bytes"
	"cmp"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// article is one demo article, its body ready to be put into a page.
type article struct {
	Title     string
	Slug      string
	Summary   string
	Author    string
	Tags      []string
	Published time.Time
	Body      template.HTML
	Minutes   int        // to read it
	Related   []*article // most like it first
}

func (a *article) Path() string { return "/articles/" + a.Slug + "/" }

// readArticles reads the Markdown and HTML articles of a folder, newest first.
func readArticles(folder string) ([]*article, error) {
	files, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	readers := map[string]func([]byte) (*article, error){".md": readMarkdown, ".html": readHTML}
	var articles []*article
	for _, f := range files {
		ext := filepath.Ext(f.Name())
		read := readers[ext]
		if read == nil {
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, f.Name()))
		if err != nil {
			return nil, err
		}
		a, err := read(text)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Join(folder, f.Name()), err)
		}
		a.Slug = cmp.Or(a.Slug, strings.TrimSuffix(f.Name(), ext))
		articles = append(articles, a)
	}
	slices.SortFunc(articles, func(a, b *article) int {
		return cmp.Or(b.Published.Compare(a.Published), cmp.Compare(a.Slug, b.Slug))
	})
	return articles, nil
}

// readMarkdown reads an article with YAML front matter.
func readMarkdown(text []byte) (*article, error) {
	front, body, ok := bytes.Cut(bytes.TrimPrefix(text, []byte("---\n")), []byte("\n---\n"))
	if !ok || !bytes.HasPrefix(text, []byte("---\n")) {
		return nil, fmt.Errorf("no front matter between two lines of ---")
	}
	var meta struct {
		Title, Slug, Summary, Author, Published string
		Tags                                    []string
	}
	if err := yaml.Unmarshal(front, &meta); err != nil {
		return nil, fmt.Errorf("front matter: %w", err)
	}
	// Alignment as an attribute: a style attribute would break the site's policy.
	table := extension.NewTable(extension.WithTableCellAlignMethod(extension.TableCellAlignAttribute))
	var out bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(table)).Convert(body, &out); err != nil {
		return nil, err
	}
	tree, err := html.Parse(&out)
	if err != nil {
		return nil, err
	}
	a := &article{Title: meta.Title, Slug: meta.Slug, Summary: meta.Summary, Author: meta.Author, Tags: meta.Tags}
	return a, a.finish(first(tree, atom.Body), meta.Published)
}

// readHTML reads a whole page, of which the article element counts, less its
// header: that is made anew.
func readHTML(text []byte) (*article, error) {
	tree, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	a := &article{}
	published := ""
	for n := range tree.Descendants() {
		if n.DataAtom != atom.Meta {
			continue
		}
		content := attribute(n, "content")
		switch cmp.Or(attribute(n, "name"), attribute(n, "property")) {
		case "description":
			a.Summary = content
		case "author":
			a.Author = content
		case "article:published_time":
			published = content
		case "article:tag":
			a.Tags = append(a.Tags, content)
		}
	}
	body := first(tree, atom.Article)
	if body == nil {
		return nil, fmt.Errorf("no article element")
	}
	if h1 := first(body, atom.H1); h1 != nil {
		a.Title = strings.TrimSpace(textOf(h1))
	}
	if header := first(body, atom.Header); header != nil {
		header.Parent.RemoveChild(header)
	}
	return a, a.finish(body, published)
}

// finish takes the body from an element and checks what a page needs.
func (a *article) finish(body *html.Node, published string) error {
	if a.Title == "" {
		return fmt.Errorf("no title")
	}
	var err error
	if a.Published, err = time.Parse(time.DateOnly, published); err != nil {
		return fmt.Errorf("published is %q, want a date such as 2026-04-27", published)
	}
	const wordsPerMinute = 220
	a.Minutes = 1 + len(strings.Fields(textOf(body)))/wordsPerMinute
	a.Body, err = bodyOf(body)
	return err
}
