package markup

// The modes before the body. They supply the html, head and body elements that
// a source leaves out.

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
