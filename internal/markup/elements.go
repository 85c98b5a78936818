package markup

// The elements of flow content that have rules of their own.

func (t *tree) startFormatting() {
	switch t.tok.tag {
	case tagA:
		if id, ok := t.activeCalled(tagA); ok {
			t.closeFormatting(tagA)
			t.remove(id)
			t.deactivate(id)
		}
		t.reopen()
	case tagNobr:
		t.reopen()
		if t.has(scopeDefault, tagNobr) {
			t.closeFormatting(tagNobr)
			t.reopen()
		}
	default:
		t.reopen()
	}
	if !t.frozen {
		t.addFormatting()
	}
}

func (t *tree) startRaw() {
	switch t.tok.tag {
	case tagPlaintext:
		t.closeParagraph()
		t.add()
		return
	case tagXmp:
		t.closeParagraph()
		t.reopen()
		t.framesetOK = false
	case tagIframe, tagTextarea:
		t.framesetOK = false
	}
	t.addRaw()
}

func (t *tree) startOther() bool {
	switch t.tok.tag {
	case tagHTML:
		t.mergeInto(0, tagHTML)
	case tagBody:
		t.mergeInto(1, tagBody)
	case tagFrameset:
		t.startFrameset()
	case tagPre, tagListing:
		t.closeParagraph()
		t.add()
		t.framesetOK = false
	case tagForm:
		t.startForm()
	case tagLi:
		t.startItem(tagLi, tagLi)
	case tagDd, tagDt:
		t.startItem(tagDd, tagDt)
	case tagButton:
		if t.has(scopeDefault, tagButton) {
			t.closeImplied(0)
			t.close(scopeDefault, tagButton, 0)
		}
		t.reopen()
		t.add()
		t.framesetOK = false
	case tagApplet, tagMarquee, tagObject:
		t.reopen()
		t.add()
		t.active = append(t.active, scopeMark)
		t.framesetOK = false
	case tagTable:
		if !t.quirks {
			t.closeParagraph()
		}
		t.add()
		t.framesetOK = false
		t.mode = modeTable
	case tagArea, tagBr, tagEmbed, tagImg, tagKeygen, tagWbr, tagInput:
		t.startVoid()
	case tagParam, tagSource, tagTrack:
		t.addVoid()
	case tagHr:
		t.startRule()
	case tagImage:
		t.tok.tag = tagImg
		return false
	case tagSelect:
		if t.close(scopeDefault, tagSelect, 0) {
			return true
		}
		t.reopen()
		t.add()
		t.framesetOK = false
	case tagOption, tagOptgroup:
		t.startOption()
	case tagRb, tagRtc, tagRp, tagRt:
		t.startRuby()
	case tagMath, tagSvg:
		t.reopen()
		t.addForeign(spaceOf(t.tok.tag))
	default:
		t.reopen()
		t.add()
	}
	return true
}

func spaceOf(root tag) namespace {
	if root == tagMath {
		return spaceMath
	}
	return spaceSVG
}

// mergeInto adds the attributes of a repeated html or body tag to the element.
func (t *tree) mergeInto(i int, name tag) {
	if t.templates() || i >= len(t.open) || t.node(i).tag != name {
		return
	}
	n := t.node(i)
	n.attrs = n.attrs.merge(t.tok.attrs)
	if name == tagBody {
		t.framesetOK = false
	}
}

// startFrameset replaces a body that has no text yet, or next to none.
func (t *tree) startFrameset() {
	if !t.framesetOK || len(t.open) < 2 || t.node(1).tag != tagBody {
		return
	}
	t.events = t.events[:t.node(1).event]
	t.open = t.open[:1]
	t.add()
	t.mode = modeFrameset
}

func (t *tree) startForm() {
	nested := t.templates()
	if t.form != 0 && !nested {
		return
	}
	t.closeParagraph()
	id := t.add()
	if !nested {
		t.form = id
	}
}

// startItem starts a list item, which ends the one before.
func (t *tree) startItem(one, other tag) {
	t.framesetOK = false
	for i := len(t.open) - 1; i >= 0; i-- {
		n := t.node(i)
		if n.tag == one || n.tag == other {
			t.open = t.open[:i]
			break
		}
		if n.isSpecial() && n.tag != tagAddress && n.tag != tagDiv && n.tag != tagP {
			break
		}
	}
	t.closeParagraph()
	t.add()
}

func (t *tree) startVoid() {
	tag := t.tok.tag
	if tag == tagInput {
		t.close(scopeDefault, tagSelect, 0)
	}
	t.reopen()
	if tag == tagBr {
		t.note(eventBreak, t.place())
	}
	t.addVoid()
	if tag != tagInput || t.tok.attrs&typeHidden == 0 {
		t.framesetOK = false
	}
}

func (t *tree) startRule() {
	if t.has(scopeButton, tagP) {
		t.closeImplied(tagP)
		t.close(scopeDefault, tagP, 0)
	}
	if t.has(scopeDefault, tagSelect) {
		t.closeImplied(0)
	}
	t.addVoid()
	t.framesetOK = false
}

func (t *tree) startOption() {
	switch {
	case !t.has(scopeDefault, tagSelect):
		if t.top().tag == tagOption {
			t.pop()
		}
	case t.tok.tag == tagOption:
		t.closeImplied(tagOptgroup)
	default:
		t.closeImplied(0)
	}
	t.reopen()
	t.add()
}

func (t *tree) startRuby() {
	if t.has(scopeDefault, tagRuby) {
		var except tag
		if t.tok.tag == tagRp || t.tok.tag == tagRt {
			except = tagRtc
		}
		t.closeImplied(except)
	}
	t.add()
}

func (t *tree) endForm() {
	if t.templates() {
		i := t.find(scopeDefault, tagForm, 0)
		if i < 0 {
			return
		}
		t.closeImplied(0)
		t.close(scopeDefault, tagForm, 0)
		return
	}
	id := t.form
	t.form = 0
	i := t.find(scopeDefault, tagForm, 0)
	if id == 0 || i < 0 || t.open[i] != id {
		return
	}
	t.closeImplied(0)
	t.remove(id)
}
