package markup

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// A placed text is text with the names of the elements around it, outermost
// first. It has no white space.
type placed struct{ path, text string }

// rawNames are the elements whose content is never in an event.
var rawNames = names("iframe noembed noframes noscript plaintext script style textarea title xmp")

// diffPaths says where the tree that was built for d has text in another place
// than the tree of the reference has, or returns "".
func diffPaths(d *Document, doc *html.Node) string {
	got, want := d.paths(), referencePaths(nil, doc, "")
	if d.reordered() {
		got, want = byPath(got), byPath(want)
	}
	if !slices.Equal(got, want) {
		return fmt.Sprintf("paths\n got %q\nwant %q", got, want)
	}
	return ""
}

// appendPlaced adds text, joining it to the last if that is in the same place.
func appendPlaced(list []placed, path, text string) []placed {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(spaces, r) }), "")
	if text == "" {
		return list
	}
	if n := len(list); n > 0 && list[n-1].path == path {
		list[n-1].text += text
		return list
	}
	return append(list, placed{path, text})
}

// byPath joins the text of equal paths and sorts by path.
func byPath(list []placed) []placed {
	slices.SortStableFunc(list, func(a, b placed) int { return strings.Compare(a.path, b.path) })
	var joined []placed
	for _, p := range list {
		joined = appendPlaced(joined, p.path, p.text)
	}
	return joined
}

func referencePaths(list []placed, n *html.Node, path string) []placed {
	switch n.Type {
	case html.TextNode:
		return appendPlaced(list, path, n.Data)
	case html.ElementNode:
		if n.Namespace == "" && rawNames[n.Data] {
			return list
		}
		path += " " + n.Namespace + ":" + canonicalName(n.Data)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		list = referencePaths(list, c, path)
	}
	return list
}

func (d *Document) paths() []placed {
	var list []placed
	for _, e := range d.tree.events {
		if e.kind > eventHeld {
			continue
		}
		for i, text := range strings.Split(d.Source[e.start:e.end], "\x00") {
			if i > 0 && e.kind == eventCDATA {
				text = "\uFFFD" + text
			}
			list = appendPlaced(list, pathTo(d, e.node), decode(text, false))
		}
	}
	return list
}

func pathTo(d *Document, id int32) string {
	var up []string
	for ; id >= 0; id = d.tree.nodes[id].parent {
		n := d.tree.nodes[id]
		name := impliedNames[n.tag]
		if n.start >= 0 {
			name = canonicalName(d.tree.tagName(n.start, n.name))
		}
		up = append(up, " "+[]string{"", "math", "svg"}[n.space]+":"+name)
	}
	slices.Reverse(up)
	return strings.Join(up, "")
}

var impliedNames = map[tag]string{
	tagHTML: "html", tagHead: "head", tagBody: "body", tagP: "p",
	tagColgroup: "colgroup", tagTbody: "tbody", tagTr: "tr",
}
