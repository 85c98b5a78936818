package markup

import "strings"

// inForeign reports whether the current token follows the rules of SVG and
// MathML.
func (t *tree) inForeign() bool {
	if len(t.open) == 0 {
		return false
	}
	n, tok := t.top(), &t.tok
	if n.space == spaceHTML {
		return false
	}
	starts := tok.kind == kindStart
	switch {
	case n.mathText():
		return tok.kind != kindText && !(starts && tok.tag != tagMglyph && tok.tag != tagMalignmark)
	case n.space == spaceMath && n.tag == tagAnnotXML:
		html := n.mathHTML() && (starts || tok.kind == kindText)
		return !html && !(starts && tok.tag == tagSvg)
	case n.svgHTML():
		return !starts && tok.kind != kindText
	}
	return true
}

// foreign obeys the current token in SVG or MathML.
func (t *tree) foreign() bool {
	switch t.tok.kind {
	case kindText:
		if t.framesetOK && !t.spaceOnly() {
			t.framesetOK = false
		}
		t.text(eventCDATA)
	case kindStart:
		if t.tok.tag.is(breakout) || t.tok.tag == tagFont && t.tok.attrs&hasFont != 0 {
			return t.leaveForeign()
		}
		t.addForeign(t.top().space)
		t.raw = 0
	case kindEnd:
		return t.endForeign()
	}
	return true
}

// addForeign inserts an element of SVG or MathML.
func (t *tree) addForeign(space namespace) {
	t.addIn(space)
	if t.tok.selfClosing {
		t.pop()
	}
}

// leaveForeign closes what is foreign before an HTML element that cannot be
// inside.
func (t *tree) leaveForeign() bool {
	for i := len(t.open) - 1; i >= 0; i-- {
		n := t.node(i)
		if n.space == spaceHTML || n.mathText() || n.mathHTML() || n.svgHTML() {
			t.open = t.open[:i+1]
			break
		}
	}
	return t.step()
}

func (t *tree) endForeign() bool {
	name := canonicalName(t.tagName(int32(t.tok.start), int32(t.tok.name)))
	for i := len(t.open) - 1; i >= 0; i-- {
		n := t.node(i)
		if strings.EqualFold(canonicalName(t.tagName(n.start, n.name)), name) {
			t.open = t.open[:i]
			return true
		}
		if i > 0 && t.node(i-1).space == spaceHTML {
			break
		}
	}
	return t.step()
}
