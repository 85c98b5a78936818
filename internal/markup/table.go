package markup

func (t *tree) inTable() bool {
	tag := t.tok.tag
	switch t.tok.kind {
	case kindDoctype:
		return true
	case kindText:
		if t.top().tag.is(tableish) && t.spaceOnly() {
			t.text(eventText)
			return true
		}
	case kindStart:
		switch {
		case tag == tagCaption:
			t.popToTable()
			t.active = append(t.active, scopeMark)
			t.add()
			t.mode = modeCaption
			return true
		case tag == tagColgroup:
			t.popToTable()
			t.add()
			t.mode = modeColumns
			return true
		case tag == tagCol:
			t.imply(kindStart, tagColgroup)
			return false
		case tag.is(rowGroup):
			t.popToTable()
			t.add()
			t.mode = modeRows
			return true
		case tag.is(cell) || tag == tagTr:
			t.imply(kindStart, tagTbody)
			return false
		case tag == tagTable:
			return !t.endTable()
		case tag == tagStyle || tag == tagScript || tag == tagTemplate:
			return t.inHead()
		case tag == tagInput && t.tok.attrs&typeHidden != 0:
			t.addVoid()
			return true
		case tag == tagForm:
			if !t.templates() && t.form == 0 {
				t.form = t.add()
				t.pop()
			}
			return true
		}
	case kindEnd:
		switch {
		case tag == tagTable:
			t.endTable()
			return true
		case tag.is(tablePart) || tag == tagBody || tag == tagHTML:
			return true
		case tag == tagTemplate:
			return t.inHead()
		}
	}
	t.foster = true
	consumed := t.inBody()
	t.foster = false
	return consumed
}

func (t *tree) endTable() bool {
	closed := t.close(scopeTable, tagTable, 0)
	if closed {
		t.resetMode()
	}
	return closed
}

func (t *tree) inCaption() bool {
	tag := t.tok.tag
	switch t.tok.kind {
	case kindStart:
		if tag.is(tablePart) && tag != tagTh {
			return !t.endCaption()
		}
	case kindEnd:
		switch {
		case tag == tagCaption:
			t.endCaption()
			return true
		case tag == tagTable:
			return !t.endCaption()
		case tag.is(tablePart) || tag == tagBody || tag == tagHTML:
			return true
		}
	}
	return t.inBody()
}

func (t *tree) endCaption() bool {
	closed := t.close(scopeTable, tagCaption, 0)
	if closed {
		t.clearActive()
		t.mode = modeTable
	}
	return closed
}

func (t *tree) inColumns() bool {
	tag := t.tok.tag
	switch t.tok.kind {
	case kindDoctype:
		return true
	case kindText:
		if t.leadingSpace() {
			return true
		}
	case kindStart:
		switch tag {
		case tagHTML:
			return t.inBody()
		case tagCol:
			t.addVoid()
			return true
		case tagTemplate:
			return t.inHead()
		}
	case kindEnd:
		switch tag {
		case tagColgroup:
			if t.top().tag == tagColgroup {
				t.pop()
				t.mode = modeTable
			}
			return true
		case tagCol:
			return true
		case tagTemplate:
			return t.inHead()
		}
	}
	if t.top().tag != tagColgroup {
		return true
	}
	t.pop()
	t.mode = modeTable
	return false
}

// inRows obeys a token in a tbody, tfoot or thead.
func (t *tree) inRows() bool {
	tag := t.tok.tag
	switch t.tok.kind {
	case kindStart:
		switch {
		case tag == tagTr:
			t.popToGroup()
			t.add()
			t.mode = modeRow
			return true
		case tag.is(cell):
			t.imply(kindStart, tagTr)
			return false
		case tag.is(tablePart):
			return !t.endRows()
		}
	case kindEnd:
		switch {
		case tag.is(rowGroup):
			if t.has(scopeTable, tag) {
				t.popToGroup()
				t.pop()
				t.mode = modeTable
			}
			return true
		case tag == tagTable:
			return !t.endRows()
		case tag.is(tablePart) || tag == tagBody || tag == tagHTML:
			return true
		}
	}
	return t.inTable()
}

func (t *tree) endRows() bool {
	closed := t.close(scopeTable, 0, rowGroup)
	if closed {
		t.mode = modeTable
	}
	return closed
}

func (t *tree) inRow() bool {
	tag := t.tok.tag
	switch t.tok.kind {
	case kindStart:
		switch {
		case tag.is(cell):
			t.popToRow()
			t.add()
			t.active = append(t.active, scopeMark)
			t.mode = modeCell
			return true
		case tag.is(tablePart):
			return !t.endRow()
		}
	case kindEnd:
		switch {
		case tag == tagTr:
			t.endRow()
			return true
		case tag == tagTable:
			return !t.endRow()
		case tag.is(rowGroup):
			return !t.has(scopeTable, tag) || !t.endRow()
		case tag.is(tablePart) || tag == tagBody || tag == tagHTML:
			return true
		}
	}
	return t.inTable()
}

func (t *tree) endRow() bool {
	open := t.has(scopeTable, tagTr)
	if open {
		t.popToRow()
		t.pop()
		t.mode = modeRows
	}
	return open
}

func (t *tree) inCell() bool {
	tag := t.tok.tag
	switch t.tok.kind {
	case kindStart:
		if tag.is(tablePart) {
			if !t.close(scopeTable, 0, cell) {
				return true
			}
			t.clearActive()
			t.mode = modeRow
			return false
		}
	case kindEnd:
		switch {
		case tag.is(cell):
			if t.close(scopeTable, tag, 0) {
				t.clearActive()
				t.mode = modeRow
			}
			return true
		case tag.is(tableish):
			if !t.has(scopeTable, tag) {
				return true
			}
			if t.close(scopeTable, 0, cell) {
				t.clearActive()
			}
			t.mode = modeRow
			return false
		case tag.is(tablePart) || tag == tagBody || tag == tagHTML:
			return true
		}
	}
	return t.inBody()
}

// resetMode sets the mode by what is open.
func (t *tree) resetMode() {
	for i := len(t.open) - 1; i >= 0; i-- {
		n := t.node(i)
		switch {
		case n.tag.is(cell):
			t.mode = modeCell
		case n.tag == tagTr:
			t.mode = modeRow
		case n.tag.is(rowGroup):
			t.mode = modeRows
		case n.tag == tagCaption:
			t.mode = modeCaption
		case n.tag == tagColgroup:
			t.mode = modeColumns
		case n.tag == tagTable:
			t.mode = modeTable
		case n.tag == tagTemplate && n.space == spaceHTML:
			t.mode = t.modes[len(t.modes)-1]
		case n.tag == tagHead:
			t.mode = modeHead
		case n.tag == tagBody:
			t.mode = modeBody
		case n.tag == tagHTML:
			t.mode = modeAfterHead
		default:
			continue
		}
		return
	}
}
