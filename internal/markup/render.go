package markup

import (
	"strings"
	"unicode/utf8"
)

// A run is text that stands in the source in one piece. Its bytes correspond
// one to one, unless it is a unit, such as a character reference, which has
// no parts.
type run struct {
	text, n int32 // where it stands in the text, and its length
	src     int32
	unit    int32 // the length in the source, 0 if it is no unit
}

// A renderer makes the text of a tree.
type renderer struct {
	*Document
	buffers
	special bool // the source has bytes that need care
	gap     gap
	before  int32 // the block of the text before
	heading int32 // the heading of the text before
	abbr    int32 // that of the last expansion: see state
	titles  []string
}

// buffers are kept for the next page.
type buffers struct {
	text   []byte
	states []state
	path   []int32
}

// A gap is what lies between the text so far and what comes next.
type gap uint8

const (
	gapNone gap = iota
	gapLine     // <br>
	gapBlock
)

// A state is what the ancestors of a node's content, and the node, make of it.
type state struct {
	block, heading int32 // the nearest block, the outermost heading; 0 for none
	abbr           int32 // 1 + the place in titles of that of the nearest abbr element that has one; 0 for none
	known          bool
	main, aside    bool
	hidden         bool // it is no text
	unmarked       bool
	annotated      bool // an earlier run marked it
	foreignTongue  bool // translate=no
}

func (d *Document) render() {
	t := &d.tree
	d.Breaks, d.Sections, d.Headings = d.Breaks[:0], d.Sections[:0], d.Headings[:0]
	d.Skip, d.Annotated, d.runs = d.Skip[:0], d.Annotated[:0], d.runs[:0]
	d.Main, d.Aside, d.Expansions = d.Main[:0], d.Aside[:0], d.Expansions[:0]
	r := renderer{
		Document: d,
		buffers:  t.buffers,
		special:  strings.IndexByte(d.Source, '\r') >= 0 || strings.IndexByte(d.Source, 0) >= 0,
		gap:      gapBlock,
	}
	if d.runs == nil {
		r.text, d.runs = make([]byte, 0, len(d.Source)/2), make([]run, 0, len(t.events))
	}
	r.text = r.text[:0]
	r.states = append(r.states[:0], make([]state, len(t.nodes))...)
	for _, e := range t.events {
		r.event(e)
	}
	d.Text = string(r.text)
	t.buffers = r.buffers
}

func (r *renderer) event(e event) {
	switch e.kind {
	case eventBlock:
		if p := r.tree.nodes[e.node].parent; p < 0 || !r.state(p).hidden {
			r.gap = gapBlock
		}
	case eventBreak:
		switch {
		case r.state(e.node).hidden:
		case r.gap == gapNone:
			r.gap = gapLine
		default:
			r.gap = gapBlock // two in a row end a paragraph
		}
	case eventHeld:
		r.gap = gapBlock
		r.put(e)
		r.gap = gapBlock
	default:
		r.put(e)
	}
}

// put adds text to what there is.
func (r *renderer) put(e event) {
	st := r.state(e.node)
	if st.hidden {
		return
	}
	if st.block != r.before {
		r.gap = gapBlock
		r.before = st.block
	}
	i, end := int(e.start), int(e.end)
	if r.gap != gapNone {
		if i = spaceEnd(r.Source, i, end, e.kind != eventCDATA); i == end {
			return
		}
		r.fillGap()
	}
	start := len(r.text)
	if st.heading != r.heading {
		r.heading = st.heading
		if st.heading != 0 {
			r.Sections = append(r.Sections, int32(start))
			r.Headings = append(r.Headings, Span{start, start})
		}
	}
	r.copy(i, end, e.kind == eventCDATA)
	stop := len(r.text)
	if st.heading != 0 {
		r.Headings[len(r.Headings)-1].End = stop
	}
	if st.unmarked || st.foreignTongue || e.kind == eventHeld {
		r.Skip = extend(r.Skip, start, stop)
	}
	if st.annotated {
		r.Annotated = extend(r.Annotated, start, stop)
	}
	if st.main {
		r.Main = extend(r.Main, start, stop)
	}
	if st.aside {
		r.Aside = extend(r.Aside, start, stop)
	}
	if st.abbr != 0 && start < stop {
		r.expand(st.abbr, Span{start, stop})
	}
}

// expand notes text in an abbr element that has a title.
func (r *renderer) expand(abbr int32, s Span) {
	if n := len(r.Expansions); n > 0 && r.abbr == abbr && r.Expansions[n-1].End == s.Start {
		r.Expansions[n-1].End = s.End
		return
	}
	r.abbr = abbr
	r.Expansions = append(r.Expansions, Expansion{s, r.titles[abbr-1]})
}

// extend appends a span, as part of the last one if that ends where it begins.
func extend(spans []Span, start, stop int) []Span {
	if n := len(spans); n > 0 && spans[n-1].End == start {
		spans[n-1].End = stop
	} else if start < stop {
		spans = append(spans, Span{start, stop})
	}
	return spans
}

func (r *renderer) fillGap() {
	if len(r.text) > 0 {
		r.text = append(r.text, '\n')
		if r.gap == gapBlock {
			r.Breaks = append(r.Breaks, int32(len(r.text)))
		}
	}
	r.gap = gapNone
}

// copy appends the text of source bytes.
func (r *renderer) copy(i, end int, cdata bool) {
	src := r.Source
	for i < end {
		j := r.plain(i, end)
		if j > i {
			r.run(i, j)
			i = j
			continue
		}
		switch src[i] {
		case '&':
			r1, r2, n := reference(src[i:end], false)
			if n == 0 {
				r.run(i, i+1)
				i++
				continue
			}
			start := len(r.text)
			r.text = utf8.AppendRune(r.text, r1)
			if r2 != 0 {
				r.text = utf8.AppendRune(r.text, r2)
			}
			r.unit(start, i, n)
			i += n
		case '\r':
			n := 1
			if i+1 < end && src[i+1] == '\n' {
				n = 2
			}
			r.text = append(r.text, '\n')
			r.unit(len(r.text)-1, i, n)
			i += n
		default: // NUL
			if cdata {
				start := len(r.text)
				r.text = utf8.AppendRune(r.text, utf8.RuneError)
				r.unit(start, i, 1)
			}
			i++
		}
	}
}

// plain returns the end of the bytes from i on that stand for themselves.
func (r *renderer) plain(i, end int) int {
	s := r.Source[i:end]
	if r.special {
		if n := strings.IndexAny(s, "&\r\x00"); n >= 0 {
			return i + n
		}
	} else if n := strings.IndexByte(s, '&'); n >= 0 {
		return i + n
	}
	return end
}

// run appends source bytes that stand for themselves.
func (r *renderer) run(i, j int) {
	start := int32(len(r.text))
	r.text = append(r.text, r.Source[i:j]...)
	if n := len(r.runs); n > 0 {
		if last := &r.runs[n-1]; last.unit == 0 && last.text+last.n == start && last.src+last.n == int32(i) {
			last.n += int32(j - i)
			return
		}
	}
	r.runs = append(r.runs, run{text: start, n: int32(j - i), src: int32(i)})
}

// unit notes that the text from start on stands for n source bytes at i.
func (r *renderer) unit(start, i, n int) {
	r.runs = append(r.runs, run{int32(start), int32(len(r.text) - start), int32(i), int32(n)})
}

// state returns what holds for the content of node id.
func (r *renderer) state(id int32) *state {
	nodes := r.tree.nodes
	r.path = r.path[:0]
	for n := id; n >= 0 && !r.states[n].known; n = nodes[n].parent {
		r.path = append(r.path, n)
	}
	for i := len(r.path) - 1; i >= 0; i-- {
		n := r.path[i]
		var outer state
		if p := nodes[n].parent; p >= 0 {
			outer = r.states[p]
		}
		r.states[n] = outer.inside(&nodes[n], n)
		if nodes[n].attrs&hasTitle != 0 && r.tree.isAbbr(&nodes[n]) {
			r.titles = append(r.titles, r.tree.titleOf(n)) // here, where it is read once for the element
			r.states[n].abbr = int32(len(r.titles))
		}
	}
	return &r.states[id]
}

// inside returns the state in node n, called id, whose parent has state s.
func (s state) inside(n *node, id int32) state {
	s.known = true
	if n.isBlock() {
		s.block = id
	}
	if n.space == spaceHTML && n.tag.is(heading) && s.heading == 0 {
		s.heading = id
	}
	if n.space == spaceHTML {
		s.main = s.main || n.tag == tagMain
		s.aside = s.aside || n.tag == tagNav || n.tag == tagAside || n.tag == tagFooter
	}
	switch {
	case n.tag.is(hidden):
		s.hidden = true
	case n.space == spaceSVG:
		s.hidden = s.hidden || n.tag == tagDesc || n.tag == tagMetadata
	case n.space == spaceMath:
		s.hidden = s.hidden || n.tag == tagAnnotation || n.tag == tagAnnotXML
	}
	if n.space != spaceHTML || n.tag.is(unmarked) || n.fostered || n.attrs&(classIgnore|editable|hasPostil) != 0 {
		s.unmarked = true
		s.annotated = s.annotated || n.attrs&hasPostil != 0
	}
	if n.attrs&hasTranslate != 0 && n.attrs&(translateNo|translateYes) != 0 {
		s.foreignTongue = n.attrs&translateNo != 0
	}
	return s
}
