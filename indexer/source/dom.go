package source

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// prose collects the readable text of a document tree: one block after the
// other with a blank line between, white space collapsed outside of pre.
type prose struct {
	text     strings.Builder
	block    strings.Builder
	headings []string
	pre      int
	space    bool // white space since the last word
}

// proseOf returns the text and the headings at and below a node.
func proseOf(n *html.Node) (text string, headings []string) {
	var p prose
	p.walk(n)
	p.end(false)
	return p.text.String(), p.headings
}

func (p *prose) walk(n *html.Node) {
	if n.Type == html.TextNode {
		p.write(n.Data)
		return
	}
	if n.Type == html.ElementNode {
		switch {
		case unread(n):
			return
		case n.DataAtom == atom.Br:
			p.line()
			return
		}
	}
	block := n.Type == html.ElementNode && !inline(n.DataAtom)
	if block {
		p.end(false)
	}
	if n.DataAtom == atom.Pre {
		p.pre++
		defer func() { p.pre-- }()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.walk(c)
	}
	switch {
	case n.DataAtom == atom.Td || n.DataAtom == atom.Th:
		p.space = true
	case block:
		p.end(heading(n.DataAtom))
	}
}

func (p *prose) write(s string) {
	if p.pre > 0 {
		p.block.WriteString(s)
		return
	}
	for i, word := range strings.Fields(s) {
		if i > 0 || p.space || strings.IndexByte(" \t\n\r\f", s[0]) >= 0 {
			p.gap()
		}
		p.block.WriteString(word)
		p.space = false
	}
	if s != "" && strings.IndexByte(" \t\n\r\f", s[len(s)-1]) >= 0 {
		p.space = true
	}
}

// gap separates two words, unless one of them is not there.
func (p *prose) gap() {
	if b := p.block.String(); b != "" && !strings.HasSuffix(b, "\n") && !strings.HasSuffix(b, " ") {
		p.block.WriteByte(' ')
	}
}

// line is a line break within a block.
func (p *prose) line() {
	p.block.WriteByte('\n')
	p.space = false
}

// end closes a block.
func (p *prose) end(heading bool) {
	b := strings.Trim(p.block.String(), " \t\n\r\f")
	p.block.Reset()
	p.space = false
	if b == "" {
		return
	}
	if p.text.Len() > 0 {
		p.text.WriteString("\n\n")
	}
	p.text.WriteString(b)
	if heading {
		p.headings = append(p.headings, strings.Join(strings.Fields(b), " "))
	}
}

func heading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// inline lists what does not interrupt a line of text; any other element is a
// block. Cells stand in one line with their row.
func inline(a atom.Atom) bool {
	switch a {
	case atom.A, atom.Abbr, atom.Acronym, atom.B, atom.Bdi, atom.Bdo, atom.Big, atom.Cite, atom.Code, atom.Data,
		atom.Del, atom.Dfn, atom.Em, atom.Font, atom.I, atom.Img, atom.Ins, atom.Kbd, atom.Label, atom.Mark, atom.Nobr,
		atom.Q, atom.Rp, atom.Rt, atom.Ruby, atom.S, atom.Samp, atom.Small, atom.Span, atom.Strike, atom.Strong,
		atom.Sub, atom.Sup, atom.Td, atom.Th, atom.Time, atom.Tt, atom.U, atom.Var, atom.Wbr, 0:
		return true
	}
	return false
}

// unread tells elements whose content no reader sees as text.
func unread(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head, atom.Title, atom.Svg, atom.Math, atom.Canvas,
		atom.Iframe, atom.Object, atom.Audio, atom.Video, atom.Select, atom.Textarea, atom.Button:
		return true
	}
	for _, a := range n.Attr {
		if a.Key == "hidden" {
			return true
		}
	}
	return false
}

// dropAround removes from a page what stands around its content.
func dropAround(doc *html.Node) {
	var around []*html.Node
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode && aroundContent(n) {
			around = append(around, n)
		}
	}
	for _, n := range around {
		n.Parent.RemoveChild(n)
	}
}

// aroundContent tells the parts of a page that lead elsewhere or say whose page it
// is: the landmarks navigation, search and contentinfo, as HTML Accessibility API
// Mappings has them. Readability drops the footers of articles too.
func aroundContent(n *html.Node) bool {
	switch attribute(n, "role") {
	case "navigation", "search", "contentinfo":
		return true
	case "":
		return n.DataAtom == atom.Nav || n.Data == "search" || n.DataAtom == atom.Footer
	}
	return false
}

// element returns the first element in document order that pick takes, or nil.
func element(n *html.Node, pick func(*html.Node) bool) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && pick(d) {
			return d
		}
	}
	return nil
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}
