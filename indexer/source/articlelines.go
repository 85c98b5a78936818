package source

import (
	"errors"
	"strings"

	"postil"
	"postil/indexer/diag"
)

// readArticleLines reads a file with one article a line, an object with id,
// title, text, url, published and headings, of which id and text are required.
// Other fields are ignored: exports have them.
func readArticleLines(f *file, c *collector) {
	r := newJSONReader()
	c.err = eachLine(f, func(line int, data []byte, problem *nodeError) {
		var n node
		if problem == nil {
			var err error
			n, err = r.parse(data, line)
			errors.As(err, &problem)
		}
		if problem != nil {
			c.warn(f.at(problem.at.line, problem.at.column), problem.code, "the article is left out: %s", problem.message)
			return
		}
		c.line(f.at(n.line, n.column), &n)
	})
}

func (c *collector) line(at diag.Position, n *node) {
	if n.kind != object {
		c.warn(at, "wrong-type", "the article is left out: want an object with id and text, got %s", n.kind)
		return
	}
	var a postil.Article
	for i := range n.fields {
		fl := &n.fields[i]
		here := c.file.at(fl.value.line, fl.value.column)
		if fl.name == "headings" && fl.value.kind == list {
			for _, item := range fl.value.items {
				a.Headings = append(a.Headings, item.text)
			}
			continue
		}
		target := lineField(&a, fl.name)
		switch {
		case target == nil, fl.value.kind == null:
		case fl.value.kind != text:
			c.warn(here, "wrong-type", "the article is left out: %s is %s, want a text", fl.name, fl.value.kind)
			return
		default:
			*target = strings.TrimSpace(fl.value.text)
		}
	}
	if a.ID == "" {
		c.warn(at, "missing-id", "the article is left out: it has no id")
		return
	}
	c.add(at, a)
}

// lineField is where a field of an article's JSON belongs, or nil.
func lineField(a *postil.Article, name string) *string {
	switch name {
	case "id":
		return &a.ID
	case "title":
		return &a.Title
	case "text":
		return &a.Text
	case "url":
		return &a.URL
	case "published":
		return &a.Published
	}
	return nil
}
