package markup

import (
	"slices"
	"strings"
)

// Beyond maxOpen open elements browsers stop nesting, each in its own way, and
// spareNodes (and one per byte of source) bounds what repeatedly reopened
// formatting may cost, and maxLooked, times as much, how many nodes and events are
// looked through for what formatting closed too late has in it. From there on text is
// only read: see tree.frozen.
const (
	maxOpen    = 512
	spareNodes = 1 << 16
	maxLooked  = 64
)

// A tree is the document tree of the HTML standard without its text: elements
// that know their parent. The text that was put into it is in events.
type tree struct {
	scanner
	tok    token
	nodes  []node
	events []event

	open   []int32 // the stack of open elements, as indexes of nodes
	active []int32 // formatting to reopen; scopeMark between the scopes
	// modes is the stack of template insertion modes.
	modes          []mode
	mode, original mode
	head, form     int32 // 0 for none: node 0 is the root
	title          span  // the content of the first title

	framesetOK bool
	quirks     bool
	foster     bool // text and elements in a table go before it
	frozen     bool // the limits above were passed: the tree grows no more
	looked     int  // nodes and events that moveContent has looked at

	buffers
}

const scopeMark = -1

// A node is an element of the tree.
type node struct {
	parent int32
	// The source of the start tag, as in token; -1 if it has none.
	start, name, end int32
	event            int32  // how many events there were before it
	alike            uint64 // of active formatting: see attributesHash
	tag              tag
	attrs            attrs
	space            namespace
	hasChild         bool
	fostered         bool // it stands before the table in which the source has it
}

type namespace uint8

const (
	spaceHTML namespace = iota
	spaceMath
	spaceSVG
)

// An event is what matters of the source for the text, in the source's order.
type event struct {
	kind       eventKind
	node       int32 // the parent of text, or the element
	start, end int32 // of text
}

type eventKind uint8

const (
	eventText  eventKind = iota // NUL is dropped
	eventCDATA                  // NUL is U+FFFD
	eventHeld                   // like eventText, where no tag may be inserted
	eventBlock                  // a block or something in place of text begins
	eventBreak                  // <br>
)

// build parses src. It reuses what t has allocated.
func (t *tree) build(src string) {
	*t = tree{
		scanner: scanner{src: src},
		nodes:   t.nodes[:0], events: t.events[:0],
		open: t.open[:0], active: t.active[:0], modes: t.modes[:0],
		framesetOK: true,
		buffers:    t.buffers,
	}
	if t.nodes == nil {
		n := strings.Count(src, "<")
		t.nodes, t.events = make([]node, 0, n/2+8), make([]event, 0, n+8)
	}
	for {
		t.tok = t.scanner.next(len(t.open) > 0 && t.top().space != spaceHTML)
		switch {
		case t.tok.kind == kindEOF:
			return
		case t.frozen:
			t.flat()
		case t.tok.kind == kindRaw:
			t.rawText()
		default:
			t.dispatch()
		}
	}
}

// dispatch runs the current token through the rules until one consumes it.
func (t *tree) dispatch() {
	for consumed := false; !consumed && !t.frozen; {
		if t.inForeign() {
			consumed = t.foreign()
		} else {
			consumed = t.step()
		}
	}
}

// imply acts as if the source had a tag at the current token.
func (t *tree) imply(k kind, name tag) {
	tok := t.tok
	t.tok = token{kind: k, tag: name, start: -1, name: -1, end: -1}
	t.dispatch()
	t.tok = tok
}

// rawText passes text that the scanner took whole, which no reader sees.
func (t *tree) rawText() {
	if t.mode == modeText {
		n := t.top()
		n.hasChild = true
		if n.tag == tagTitle && t.title.end == 0 {
			t.title = span{t.tok.start, t.tok.end}
		}
	}
}

// flat goes on where the tree is frozen.
func (t *tree) flat() {
	switch {
	case t.tok.kind == kindText:
		t.note(eventHeld, t.last())
	case (t.tok.kind == kindStart || t.tok.kind == kindEnd) && t.tok.tag.is(block):
		t.note(eventBlock, t.last())
	}
}

func (t *tree) last() int32 { return t.open[len(t.open)-1] }

func (t *tree) top() *node { return &t.nodes[t.last()] }

func (t *tree) node(openIndex int) *node { return &t.nodes[t.open[openIndex]] }

func (t *tree) pop() { t.open = t.open[:len(t.open)-1] }

func (t *tree) note(k eventKind, n int32) {
	t.events = append(t.events, event{k, n, int32(t.tok.start), int32(t.tok.end)})
}

// add inserts an element for the current token and opens it.
func (t *tree) add() int32 { return t.addIn(spaceHTML) }

func (t *tree) addIn(space namespace) int32 {
	tok := &t.tok
	return t.insert(node{
		start: int32(tok.start), name: int32(tok.name), end: int32(tok.end),
		tag: tok.tag, attrs: tok.attrs, space: space,
	})
}

// addVoid inserts an element that has no content.
func (t *tree) addVoid() {
	t.add()
	t.pop()
}

// insert places n where the next element belongs and opens it.
func (t *tree) insert(n node) int32 {
	n.parent = -1
	if len(t.open) > 0 {
		n.fostered = t.fostering()
		n.parent = t.place()
		t.nodes[n.parent].hasChild = true
	}
	n.event = int32(len(t.events))
	id := t.create(n)
	if n.isBlock() {
		t.note(eventBlock, id)
	}
	t.push(id)
	return id
}

func (t *tree) create(n node) int32 {
	if len(t.nodes) > len(t.src)+spareNodes {
		t.frozen = true
	}
	t.nodes = append(t.nodes, n)
	return int32(len(t.nodes) - 1)
}

func (t *tree) push(id int32) {
	t.open = append(t.open, id)
	if len(t.open) > maxOpen {
		t.frozen = true
	}
}

// place returns the parent of what is inserted next.
func (t *tree) place() int32 {
	if t.fostering() {
		return t.fosterParent()
	}
	return t.last()
}

// fostering reports whether what comes next, standing directly in a table,
// goes before it.
func (t *tree) fostering() bool { return t.foster && t.top().tag.is(tableish) }

// fosterParent returns what the innermost table stands in, or the template that
// holds rows without one.
func (t *tree) fosterParent() int32 {
	table, template := -1, -1
	for i := range t.open {
		switch t.node(i).tag {
		case tagTable:
			table = i
		case tagTemplate:
			template = i
		}
	}
	switch {
	case template > table:
		return t.open[template]
	case table < 0:
		return t.open[0]
	}
	return t.node(table).parent
}

// text inserts the text of the current token.
func (t *tree) text(k eventKind) {
	if t.tok.start == t.tok.end {
		return
	}
	if t.fostering() || t.tok.torn || len(t.open) == maxOpen {
		k = eventHeld
	}
	n := t.place()
	t.nodes[n].hasChild = true
	t.note(k, n)
}

// templates reports whether a template is open.
func (t *tree) templates() bool {
	return slices.ContainsFunc(t.open, func(n int32) bool {
		return t.nodes[n].tag == tagTemplate && t.nodes[n].space == spaceHTML
	})
}

// isBlock reports whether n separates the text around it.
func (n *node) isBlock() bool {
	switch {
	case n.space == spaceSVG || n.fostered:
		return true
	case n.tag == tagInput:
		return n.attrs&typeHidden == 0
	}
	return n.tag.is(block)
}

// isSpecial reports whether n stops the search for an element to close.
func (n *node) isSpecial() bool {
	switch n.space {
	case spaceHTML:
		return n.tag.is(special)
	case spaceMath:
		return n.mathText() || n.tag == tagAnnotXML
	}
	return n.svgHTML()
}

// mathText reports whether n is a MathML element whose text is HTML.
func (n *node) mathText() bool {
	if n.space == spaceMath {
		switch n.tag {
		case tagMi, tagMo, tagMn, tagMs, tagMtext:
			return true
		}
	}
	return false
}

// mathHTML reports whether n is a MathML element that holds HTML.
func (n *node) mathHTML() bool {
	return n.space == spaceMath && n.tag == tagAnnotXML && n.attrs&encodingHTML != 0
}

// svgHTML reports whether n is an SVG element that holds HTML.
func (n *node) svgHTML() bool {
	if n.space == spaceSVG {
		switch n.tag {
		case tagForeignObj, tagDesc, tagTitle:
			return true
		}
	}
	return false
}

// tagName returns the name of an element that comes from the source.
func (t *tree) tagName(start, name int32) string {
	i := start + 1
	if t.src[i] == '/' {
		i++
	}
	return t.src[i:name]
}

// isAbbr reports whether n is an abbr element.
func (t *tree) isAbbr(n *node) bool {
	return n.space == spaceHTML && equalFold(t.tagName(n.start, n.name), "abbr")
}

// titleOf is the value of an element's first title attribute, which it must have.
func (t *tree) titleOf(id int32) string {
	for i := int(t.nodes[id].name); ; {
		var a attribute
		if a, i = nextAttribute(t.src, skipSpace(t.src, i)); equalFold(t.src[a.name.start:a.name.end], "title") {
			return attributeText(a.text(t.src))
		}
	}
}
