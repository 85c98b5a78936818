package markup

import "slices"

func (t *tree) addTemplate() {
	foreign := func(id int32) bool { return t.nodes[id].space != spaceHTML }
	if slices.ContainsFunc(t.open, foreign) {
		t.mode = modeIgnore
		return
	}
	t.add()
	t.active = append(t.active, scopeMark)
	t.framesetOK = false
	t.mode = modeTemplate
	t.modes = append(t.modes, modeTemplate)
}

func (t *tree) closeTemplate() {
	if !t.templates() {
		return
	}
	t.closeImplied(0)
	for i := len(t.open) - 1; i >= 0; i-- {
		if n := t.node(i); n.tag == tagTemplate && n.space == spaceHTML {
			t.open = t.open[:i]
			break
		}
	}
	t.clearActive()
	t.modes = t.modes[:len(t.modes)-1]
	t.resetMode()
}

// inTemplate finds out what a template holds from the first tag in it.
func (t *tree) inTemplate() bool {
	tag := t.tok.tag
	switch t.tok.kind {
	case kindStart:
		switch {
		case tag.is(metadata):
			return t.inHead()
		case tag == tagCol:
			t.continueAs(modeColumns)
		case tag == tagTr:
			t.continueAs(modeRows)
		case tag.is(cell):
			t.continueAs(modeRow)
		case tag.is(tablePart):
			t.continueAs(modeTable)
		default:
			t.continueAs(modeBody)
		}
		return false
	case kindEnd:
		if tag == tagTemplate {
			return t.inHead()
		}
		return true
	}
	return t.inBody()
}

func (t *tree) continueAs(m mode) {
	t.modes[len(t.modes)-1] = m
	t.mode = m
}
