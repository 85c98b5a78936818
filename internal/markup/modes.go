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
