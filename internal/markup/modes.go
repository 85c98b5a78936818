package markup

// A mode is an insertion mode of the HTML standard: what the next token means
// depends on it.
type mode uint8

const (
	modeInitial mode = iota
	modeBeforeHTML
	modeBeforeHead
	modeHead
	modeAfterHead
	modeBody
	modeText
	modeTable
	modeCaption
	modeColumns
	modeRows
	modeRow
	modeCell
	modeTemplate
	modeAfterBody
	modeAfterAfterBody
	modeFrameset
	modeAfterFrameset
	modeIgnore // what follows a template in foreign content
)

// step obeys the current token by the rules of the mode and reports whether
// the token is consumed; else it is for the mode that is now set.
func (t *tree) step() bool {
	if t.tok.kind == kindComment && t.mode < modeAfterBody {
		if len(t.open) > 0 {
			t.top().hasChild = true
		}
		return true
	}
	switch t.mode {
	case modeInitial:
		return t.initial()
	case modeBeforeHTML:
		return t.beforeHTML()
	case modeBeforeHead:
		return t.beforeHead()
	case modeHead:
		return t.inHead()
	case modeAfterHead:
		return t.afterHead()
	case modeBody:
		return t.inBody()
	case modeText:
		return t.inText()
	case modeTable:
		return t.inTable()
	case modeCaption:
		return t.inCaption()
	case modeColumns:
		return t.inColumns()
	case modeRows:
		return t.inRows()
	case modeRow:
		return t.inRow()
	case modeCell:
		return t.inCell()
	case modeTemplate:
		return t.inTemplate()
	case modeAfterBody, modeAfterAfterBody:
		return t.afterBody()
	case modeFrameset, modeAfterFrameset:
		return t.inFrameset()
	}
	return true
}

// leadingSpace moves the text token behind its white space and reports whether
// nothing is left. The space itself is dropped where this is used: it stands
// at the beginning of a block.
func (t *tree) leadingSpace() bool {
	t.tok.start = spaceEnd(t.src, t.tok.start, t.tok.end, false)
	return t.tok.start == t.tok.end
}

// spaceOnly reports whether the text token is white space. NUL counts for
// nothing, but in a CDATA section it is a character.
func (t *tree) spaceOnly() bool {
	return spaceEnd(t.src, t.tok.start, t.tok.end, !t.tok.cdata) == t.tok.end
}

// spaceEnd returns where white space from i on ends, at the latest at end.
// References to white space count, and NUL if so asked.
func spaceEnd(src string, i, end int, nul bool) int {
	for i < end {
		switch c := src[i]; {
		case isSpace(c) || c == 0 && nul:
			i++
		case c == '&':
			r, _, n := reference(src[i:end], false)
			if n == 0 || !isSpaceRune(r) {
				return i
			}
			i += n
		default:
			return i
		}
	}
	return i
}

func (t *tree) initial() bool {
	switch t.tok.kind {
	case kindText:
		if t.leadingSpace() {
			return true
		}
	case kindDoctype:
		t.quirks = quirky(decode(t.src[t.tok.start:t.tok.end], false))
		t.mode = modeBeforeHTML
		return true
	}
	t.quirks = true
	t.mode = modeBeforeHTML
	return false
}

func (t *tree) beforeHTML() bool {
	switch t.tok.kind {
	case kindDoctype:
		return true
	case kindText:
		if t.leadingSpace() {
			return true
		}
	case kindStart:
		if t.tok.tag == tagHTML {
			t.addHTML()
			return true
		}
	case kindEnd:
		if !t.endsHead() {
			return true
		}
	}
	t.imply(kindStart, tagHTML)
	return false
}

func (t *tree) addHTML() {
	t.add()
	t.lang = t.tok.lang
	t.mode = modeBeforeHead
}

// endsHead reports whether the end tag is one that makes a missing html, head
// or body appear.
func (t *tree) endsHead() bool {
	switch t.tok.tag {
	case tagHead, tagBody, tagHTML, tagBr:
		return true
	}
	return false
}

func (t *tree) beforeHead() bool {
	switch t.tok.kind {
	case kindDoctype:
		return true
	case kindText:
		if t.leadingSpace() {
			return true
		}
	case kindStart:
		switch t.tok.tag {
		case tagHead:
			t.head = t.add()
			t.mode = modeHead
			return true
		case tagHTML:
			return t.inBody()
		}
	case kindEnd:
		if !t.endsHead() {
			return true
		}
	}
	t.imply(kindStart, tagHead)
	return false
}

func (t *tree) inHead() bool {
	switch t.tok.kind {
	case kindDoctype:
		return true
	case kindText:
		if t.leadingSpace() {
			return true
		}
	case kindStart:
		switch tag := t.tok.tag; {
		case tag == tagHTML:
			return t.inBody()
		case tag == tagHead:
			return true
		case tag == tagTemplate:
			t.addTemplate()
			return true
		case tag == tagNoscript || tag.is(metadata) && tag.is(raw):
			t.addRaw()
			return true
		case tag.is(metadata):
			t.addVoid()
			return true
		}
	case kindEnd:
		switch {
		case t.tok.tag == tagTemplate:
			t.closeTemplate()
			return true
		case !t.endsHead():
			return true
		}
		t.pop()
		t.mode = modeAfterHead
		return t.tok.tag == tagHead
	}
	t.pop()
	t.mode = modeAfterHead
	return false
}

// addRaw inserts an element that holds characters only.
func (t *tree) addRaw() {
	t.add()
	t.original = t.mode
	t.mode = modeText
}

func (t *tree) inText() bool {
	t.pop()
	t.mode = t.original
	return t.tok.kind == kindEnd
}

func (t *tree) afterHead() bool {
	switch t.tok.kind {
	case kindDoctype:
		return true
	case kindText:
		if t.leadingSpace() {
			return true
		}
	case kindStart:
		switch tag := t.tok.tag; {
		case tag == tagHTML:
			return t.inBody()
		case tag == tagHead:
			return true
		case tag == tagBody:
			t.add()
			t.framesetOK = false
			t.mode = modeBody
			return true
		case tag == tagFrameset:
			t.add()
			t.mode = modeFrameset
			return true
		case tag.is(metadata):
			t.push(t.head)
			t.inHead()
			t.remove(t.head)
			return true
		}
	case kindEnd:
		switch {
		case t.tok.tag == tagTemplate:
			return t.inHead()
		case t.tok.tag == tagHead || !t.endsHead():
			return true
		}
	}
	t.imply(kindStart, tagBody)
	t.framesetOK = true
	return false
}

func (t *tree) afterBody() bool {
	switch t.tok.kind {
	case kindComment:
		return true
	case kindText:
		if spaceEnd(t.src, t.tok.start, t.tok.end, false) == t.tok.end {
			return t.inBody()
		}
	case kindStart:
		if t.tok.tag == tagHTML {
			return t.inBody()
		}
	case kindEnd:
		if t.tok.tag == tagHTML && t.mode == modeAfterBody {
			t.mode = modeAfterAfterBody
			return true
		}
	case kindDoctype:
		if t.mode == modeAfterAfterBody {
			return true
		}
	}
	t.mode = modeBody
	return false
}

// inFrameset passes a page of frames, which has no text.
func (t *tree) inFrameset() bool {
	switch t.tok.kind {
	case kindStart:
		switch tag := t.tok.tag; {
		case tag == tagHTML:
			return t.inBody()
		case tag == tagNoframes:
			return t.inHead()
		case t.mode == modeAfterFrameset:
		case tag == tagFrameset:
			t.add()
		case tag == tagFrame:
			t.addVoid()
		}
	case kindEnd:
		if t.tok.tag == tagFrameset && t.mode == modeFrameset && t.top().tag != tagHTML {
			t.pop()
			if t.top().tag != tagFrameset {
				t.mode = modeAfterFrameset
			}
		}
	}
	return true
}
