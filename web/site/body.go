package main

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// bodyOf renders what an element contains, with two things added: headings
// can be linked to, and tables scroll on their own on a narrow screen.
func bodyOf(element *html.Node) (template.HTML, error) {
	var headings, tables []*html.Node
	for n := range element.Descendants() {
		switch n.DataAtom {
		case atom.H2, atom.H3:
			headings = append(headings, n)
		case atom.Table:
			tables = append(tables, n)
		}
	}
	used := map[string]int{}
	for _, h := range headings {
		id := fragment(textOf(h))
		used[id]++
		if n := used[id]; n > 1 {
			id = fmt.Sprintf("%s-%d", id, n)
		}
		if attribute(h, "id") == "" {
			h.Attr = append(h.Attr, html.Attribute{Key: "id", Val: id})
		}
	}
	for _, t := range tables {
		scroller := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div, Attr: []html.Attribute{
			{Key: "class", Val: "scroller"}, {Key: "role", Val: "group"}, {Key: "aria-label", Val: "Table"}, {Key: "tabindex", Val: "0"},
		}}
		t.Parent.InsertBefore(scroller, t)
		t.Parent.RemoveChild(t)
		scroller.AppendChild(t)
	}
	var out bytes.Buffer
	for n := range element.ChildNodes() {
		if err := html.Render(&out, n); err != nil {
			return "", err
		}
	}
	return template.HTML(out.String()), nil
}

// fragment makes a heading's id from its text.
func fragment(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
	return strings.Join(words, "-")
}

// first returns the first element of a kind below n, or nil.
func first(n *html.Node, kind atom.Atom) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == kind {
			return d
		}
	}
	return nil
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
