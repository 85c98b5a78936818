package check

import (
	"bytes"
	"html"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extended "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"postil"
	"postil/indexer/diag"
)

// MaxDefinition is how many code points a definition may have: what a card
// shows without scrolling, and three sentences hold.
const MaxDefinition = 600

func (c *checker) definition(i int, t *postil.Term) {
	if t.Definition == "" {
		return
	}
	at := c.At(i, "definition")
	if n := utf8.RuneCountInString(t.Definition); n > MaxDefinition {
		c.errorf(at, "long-definition", "the definition has %d characters, at most %d fit a card", n, MaxDefinition)
	}
	if what := c.markup(t.Definition); what != "" {
		c.errorf(at, "markup", "the definition has %s: it is shown as plain text", what)
	}
	c.damaged(at, "the definition", t.Definition)
}

var entity = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

// markup names the first markup in a text, or returns "".
func (c *checker) markup(s string) string {
	if e := entity.FindString(s); e != "" && html.UnescapeString(e) != e {
		return "an HTML entity, " + e
	}
	if !strings.ContainsAny(s, "*_`<[~#") && !strings.HasPrefix(s, ">") {
		return ""
	}
	src := []byte(s)
	found := ""
	_ = ast.Walk(c.markdown.Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if found = markupOf(n, src); found != "" {
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	return found
}

func markupOf(n ast.Node, src []byte) string {
	switch n := n.(type) {
	case *ast.RawHTML:
		return "an HTML tag, " + string(n.Segments.Value(src))
	case *ast.HTMLBlock:
		lines := bytes.TrimSpace(n.Lines().Value(src))
		if end := bytes.IndexByte(lines, '>'); end >= 0 {
			lines = lines[:end+1]
		}
		return "an HTML tag, " + string(lines)
	case *ast.Link, *ast.AutoLink, *ast.Image:
		return "a Markdown link"
	case *ast.Emphasis:
		return "Markdown emphasis"
	case *ast.CodeSpan:
		return "Markdown code"
	case *ast.Heading:
		return "a Markdown heading"
	case *ast.Blockquote:
		return "a Markdown quotation"
	case *extended.Strikethrough:
		return "Markdown strikethrough"
	}
	return ""
}

func (c *checker) sources(i int, t *postil.Term) {
	for n, s := range t.Sources {
		at := c.AtItem(i, "sources.title", n)
		if s.Title == "" {
			c.errorf(at, "missing-title", "the source has no title")
		}
		if title := strings.ToLower(s.Title); strings.Contains(title, "http://") || strings.Contains(title, "https://") {
			c.report(at, diag.Warning, "address-in-title",
				"the title %.100q has an address in it, which is no link there: give it as the url, in a table as Title <https://…>", s.Title)
		}
		if problem := urlProblem(s.URL); s.URL != "" && problem != "" {
			c.errorf(c.AtItem(i, "sources.url", n), "bad-url", "the URL %.60q %s", s.URL, problem)
		}
	}
}

// urlProblem says why an address cannot be a link on a card, or returns "".
func urlProblem(s string) string {
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return "cannot be read"
	case u.Scheme != "http" && u.Scheme != "https":
		return "does not begin with http:// or https://"
	case u.Hostname() == "":
		return "names no host"
	case u.User != nil:
		return "holds a user name"
	case strings.ContainsAny(s, " <>\"\\^`{|}"):
		return "has a character that must be percent-encoded"
	}
	return ""
}
