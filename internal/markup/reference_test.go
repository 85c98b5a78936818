package markup

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// The reference reads the same things off the tree that golang.org/x/net/html
// builds, in the plainest way.

func names(s string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(s) {
		set[name] = true
	}
	return set
}

var (
	refBlock = names(`address applet article aside audio blockquote button canvas caption center colgroup dd
		details dialog dir div dl dt embed fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr
		iframe img input keygen legend li listing main marquee menu meter nav object ol optgroup option p plaintext
		pre progress search section select summary svg table tbody td textarea tfoot th thead tr ul video xmp`)
	refHidden = names(`audio canvas datalist frameset head iframe meter noembed noframes noscript plaintext progress
		rp rt rtc script style template textarea title video xmp svg:desc svg:metadata math:annotation
		math:annotation-xml`)
	refUnmarked = names(`a applet button code kbd label listing math object optgroup option pre samp select summary
		svg tt var`)
)

const spaces = " \t\n\r\f"

// treeText is what a Document should hold. Of the source it knows nothing.
type treeText struct {
	text     strings.Builder
	breaks   []int32
	sections []int32
	headings []Span
	skip     []bool // for each byte of the text
	marked   []bool // the same, for marks of an earlier run
	main     []bool // the same, in main elements
	aside    []bool // the same, in those beside the main text
	title    string
	gap      gap
	heading  *html.Node
}

type refState struct {
	hidden, unmarked, foreign, marked bool
	main, aside                       bool
	heading                           *html.Node
}

func newReference(doc *html.Node) *treeText {
	r := &treeText{gap: gapBlock}
	r.walk(doc, refState{})
	return r
}

func (r *treeText) walk(n *html.Node, s refState) {
	switch n.Type {
	case html.TextNode:
		r.add(n.Data, s)
		return
	case html.ElementNode:
	case html.DocumentNode:
	default:
		return
	}
	inner, block := refInside(n, s)
	if n.Data == "title" && n.Namespace == "" && n.FirstChild != nil && r.title == "" {
		r.title = n.FirstChild.Data
	}
	if block && !s.hidden {
		r.gap = gapBlock
	}
	if n.Data == "br" && n.Namespace == "" && !s.hidden {
		r.gap = min(r.gap+1, gapBlock)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.walk(c, inner)
	}
	if block && !s.hidden {
		r.gap = gapBlock
	}
}

func refInside(n *html.Node, s refState) (inner refState, block bool) {
	if n.Type != html.ElementNode {
		return s, false
	}
	name := canonicalName(n.Data)
	foreign := n.Namespace != ""
	block = refBlock[name] && (name != "input" || !strings.EqualFold(attr(n, "type"), "hidden")) || n.Namespace == "svg"
	s.hidden = s.hidden || refHidden[name] || refHidden[n.Namespace+":"+name]
	s.main = s.main || !foreign && name == "main"
	s.aside = s.aside || !foreign && (name == "nav" || name == "aside" || name == "footer")
	class := strings.FieldsFunc(attr(n, "class"), func(r rune) bool { return strings.ContainsRune(spaces, r) })
	edit := strings.ToLower(attr(n, "contenteditable"))
	s.unmarked = s.unmarked || foreign || refUnmarked[name] || slices.Contains(class, "postil-ignore") ||
		hasAttr(n, "data-postil") || hasAttr(n, "contenteditable") && (edit == "" || edit == "true" || edit == "plaintext-only")
	s.marked = s.marked || hasAttr(n, "data-postil")
	switch translate := strings.ToLower(attr(n, "translate")); {
	case translate == "no":
		s.foreign = true
	case translate == "yes" || translate == "" && hasAttr(n, "translate"):
		s.foreign = false
	}
	if s.heading == nil && !foreign && len(name) == 2 && name[0] == 'h' && '1' <= name[1] && name[1] <= '6' {
		s.heading = n
	}
	return s, block
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key && a.Namespace == "" })
}

func (r *treeText) add(text string, s refState) {
	if s.hidden {
		return
	}
	if r.gap != gapNone {
		if text = strings.TrimLeft(text, spaces); text == "" {
			return
		}
		if r.text.Len() > 0 {
			r.text.WriteByte('\n')
			r.skip, r.marked = append(r.skip, false), append(r.marked, false)
			r.main, r.aside = append(r.main, false), append(r.aside, false)
			if r.gap == gapBlock {
				r.breaks = append(r.breaks, int32(r.text.Len()))
			}
		}
		r.gap = gapNone
	}
	start := r.text.Len()
	r.text.WriteString(text)
	if s.heading != r.heading {
		r.heading = s.heading
		if s.heading != nil {
			r.sections = append(r.sections, int32(start))
			r.headings = append(r.headings, Span{start, start})
		}
	}
	if s.heading != nil {
		r.headings[len(r.headings)-1].End = r.text.Len()
	}
	for range len(text) {
		r.skip, r.marked = append(r.skip, s.unmarked || s.foreign), append(r.marked, s.marked)
		r.main, r.aside = append(r.main, s.main), append(r.aside, s.aside)
	}
}

// skipped says for each byte of the text whether it is in Skip.
func (d *Document) skipped() []bool { return d.within(d.Skip) }

func (d *Document) within(spans []Span) []bool {
	in := make([]bool, len(d.Text))
	for _, s := range spans {
		for i := s.Start; i < s.End; i++ {
			in[i] = true
		}
	}
	return in
}

// reordered reports whether the tree has text in another order than the
// source, as it has with what stands in a table outside of its cells.
func (d *Document) reordered() bool {
	return slices.ContainsFunc(d.tree.nodes, func(n node) bool { return n.fostered }) ||
		slices.ContainsFunc(d.tree.events, func(e event) bool { return e.kind == eventHeld })
}

// diff says how d differs from what the tree of its source says, or returns "".
func diff(d *Document, doc *html.Node) string {
	r := newReference(doc)
	if d.reordered() {
		return r.diffBytes(d)
	}
	skip := d.skipped()
	switch {
	case d.Text != r.text.String():
		return fmt.Sprintf("text\n got %q\nwant %q", d.Text, r.text.String())
	case !slices.Equal(d.Breaks, r.breaks):
		return fmt.Sprintf("breaks of %q: got %v, want %v", d.Text, d.Breaks, r.breaks)
	case !slices.Equal(d.Sections, r.sections) || !slices.Equal(d.Headings, r.headings):
		return fmt.Sprintf("headings of %q: got %v %v, want %v %v", d.Text, d.Sections, d.Headings, r.sections, r.headings)
	case d.Title != r.title:
		return fmt.Sprintf("title: got %q, want %q", d.Title, r.title)
	case !slices.Equal(d.within(d.Main), r.main) || !slices.Equal(d.within(d.Aside), r.aside):
		return fmt.Sprintf("main and aside of %q: got %v %v", d.Text, d.Main, d.Aside)
	case !slices.Equal(d.within(d.Annotated), r.marked):
		return fmt.Sprintf("annotated of %q: got %v", d.Text, d.Annotated)
	case !slices.Equal(skip, r.skip):
		i := 0
		for skip[i] == r.skip[i] {
			i++
		}
		return fmt.Sprintf("skip of %q at %d: got %v, want %v", d.Text, i, skip[i], r.skip[i])
	}
	return ""
}

// diffBytes compares without regard to order: every visible byte is there as
// often, and d marks no more of them.
func (r *treeText) diffBytes(d *Document) string {
	var all, markable [256]int
	count := func(text string, skip []bool, by int) {
		for i := range len(text) {
			if strings.IndexByte(spaces, text[i]) >= 0 {
				continue
			}
			all[text[i]] += by
			if !skip[i] {
				markable[text[i]] += by
			}
		}
	}
	count(r.text.String(), r.skip, 1)
	count(d.Text, d.skipped(), -1)
	for b := range all {
		if all[b] != 0 || markable[b] < 0 {
			return fmt.Sprintf("reordered text: %q\n got %q\nwant %q", byte(b), d.Text, r.text.String())
		}
	}
	return ""
}

func parseReference(t testing.TB, src string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader(src))
	if err != nil {
		t.Skip("the reference refuses it: ", err)
	}
	return doc
}
