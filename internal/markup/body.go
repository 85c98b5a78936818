package markup

// inBody obeys the current token in flow content, and nearly everywhere else
// for what the other modes have no rules of their own for.
func (t *tree) inBody() bool {
	switch t.tok.kind {
	case kindText:
		t.bodyText()
	case kindStart:
		return t.bodyStart()
	case kindEnd:
		return t.bodyEnd()
	}
	return true
}

func (t *tree) bodyText() {
	if top := t.top(); !top.hasChild && (top.tag == tagPre || top.tag == tagListing) {
		t.skipNewline()
	}
	k := eventText
	if t.tok.cdata {
		k = eventCDATA
	} else {
		for t.tok.start < t.tok.end && t.src[t.tok.start] == 0 {
			t.tok.start++
		}
	}
	if t.tok.start == t.tok.end {
		return
	}
	t.reopen()
	if t.frozen {
		return
	}
	t.text(k)
	if t.framesetOK && !t.spaceOnly() {
		t.framesetOK = false
	}
}

// skipNewline drops the line end with which a pre begins.
func (t *tree) skipNewline() {
	skip := func(want rune) {
		s := t.src[t.tok.start:t.tok.end]
		n := 0
		switch {
		case s == "":
		case s[0] == '&':
			var r rune
			if r, _, n = reference(s, false); r != want {
				n = 0
			}
		case want == '\n' && len(s) > 1 && s[:2] == "\r\n":
			n = 2
		case want == '\n' && (s[0] == '\r' || s[0] == '\n'):
			n = 1
		}
		t.tok.start += n
	}
	skip('\r')
	skip('\n')
}

// bodyStart obeys a start tag by the class of its name, or passes it on.
func (t *tree) bodyStart() bool {
	switch tag := t.tok.tag; {
	case tag.is(container) || tag == tagP:
		t.closeParagraph()
		t.add()
	case tag.is(heading):
		t.closeParagraph()
		if t.top().tag.is(heading) {
			t.pop()
		}
		t.add()
	case tag.is(metadata):
		return t.inHead()
	case tag.is(formatting):
		t.startFormatting()
	case tag.is(tablePart) || tag == tagFrame || tag == tagHead:
	case tag.is(raw):
		t.startRaw()
	default:
		return t.startOther()
	}
	return true
}

func (t *tree) bodyEnd() bool {
	switch tag := t.tok.tag; tag {
	case tagBody, tagHTML:
		if t.has(scopeDefault, tagBody) {
			t.mode = modeAfterBody
			return tag == tagBody
		}
	case tagForm:
		t.endForm()
	case tagP:
		if !t.has(scopeButton, tagP) {
			t.imply(kindStart, tagP)
		}
		t.closeParagraph()
	case tagLi:
		t.close(scopeList, tagLi, 0)
	case tagDd, tagDt:
		t.close(scopeDefault, tag, 0)
	case tagApplet, tagMarquee, tagObject:
		if t.close(scopeDefault, tag, 0) {
			t.clearActive()
		}
	case tagBr:
		t.tok.kind = kindStart
		return false
	case tagTemplate:
		return t.inHead()
	case tagButton, tagListing, tagPre, tagSelect:
		t.endContainer()
	default:
		switch {
		case tag.is(container):
			t.endContainer()
		case tag.is(heading):
			t.close(scopeDefault, 0, heading)
		case tag.is(formatting):
			t.closeFormatting(tag)
		default:
			t.closeOther(tag)
		}
	}
	return true
}

func (t *tree) endContainer() {
	if t.has(scopeDefault, t.tok.tag) {
		t.closeImplied(0)
		t.close(scopeDefault, t.tok.tag, 0)
	}
}
