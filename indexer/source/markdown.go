package source

import (
	"bytes"
	"errors"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"

	"postil"
)

// readMarkdown reads a Markdown file with tables and the like as an article.
// YAML front matter may give id or slug, title, url or canonical, published or
// date; its other fields are the site's and not ours. Without a title the
// first heading is one.
func readMarkdown(f *file, c *collector) {
	data, ok := c.text()
	if !ok {
		return
	}
	front, body := frontMatter(data)
	var a postil.Article
	if front != "" {
		c.frontMatter(front, &a)
	}
	page, err := MarkdownHTML(string(body))
	if err != nil {
		c.warn(f.at(0, 0), "syntax", "the article is left out: %v", err)
		return
	}
	doc, err := parseHTML([]byte(page))
	if err != nil {
		c.warn(f.at(0, 0), "syntax", "the article is left out: %v", err)
		return
	}
	a.Text, a.Headings = proseOf(doc)
	if a.Title == "" && len(a.Headings) > 0 {
		a.Title = a.Headings[0]
	}
	c.add(f.at(0, 0), a)
}

// MarkdownHTML makes HTML of CommonMark with tables and the like. Markup in it
// stays as it is.
func MarkdownHTML(text string) (string, error) {
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	var page strings.Builder
	err := markdown.Convert([]byte(text), &page)
	return page.String(), err
}

// frontMatter splits a file into the YAML between its --- lines, if it begins
// with one, and the rest. The YAML keeps its line numbers.
func frontMatter(data []byte) (front string, body []byte) {
	if !bytes.HasPrefix(data, []byte("---\n")) {
		return "", data
	}
	offset := len("---\n")
	for offset < len(data) {
		line, _, _ := bytes.Cut(data[offset:], []byte("\n"))
		next := min(offset+len(line)+1, len(data))
		if s := string(bytes.TrimRight(line, " \t")); s == "---" || s == "..." {
			return "\n" + string(data[4:offset]), data[next:]
		}
		offset = next
	}
	return "", data
}

func (c *collector) frontMatter(src string, a *postil.Article) {
	documents, err := parseYAML(src)
	var bad *nodeError
	if errors.As(err, &bad) {
		c.warn(c.file.at(bad.at.line, bad.at.column), bad.code, "the front matter is ignored: %s", bad.message)
		return
	}
	if len(documents) == 0 {
		return
	}
	if documents[0].kind != object {
		c.warn(c.file.at(2, 1), "wrong-type", "the front matter is ignored: want fields, got %s", documents[0].kind)
		return
	}
	for _, fl := range documents[0].fields {
		target := frontField(a, fl.name)
		if target == nil {
			continue
		}
		if fl.value.kind != text {
			c.warn(c.file.at(fl.value.line, fl.value.column), "wrong-type", "%s is %s, want a text", fl.name, fl.value.kind)
			continue
		}
		*target = strings.TrimSpace(fl.value.text)
	}
}

// frontField is where a field of the front matter belongs, or nil.
func frontField(a *postil.Article, name string) *string {
	switch name {
	case "id", "slug":
		return &a.ID
	case "title":
		return &a.Title
	case "url", "canonical":
		return &a.URL
	case "published", "date":
		return &a.Published
	}
	return nil
}
