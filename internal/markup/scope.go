package markup

// A scope says how far up the stack of open elements a tag reaches.
type scope uint8

const (
	scopeDefault scope = iota
	scopeList
	scopeButton
	scopeTable
)

// find returns the index in open of the topmost element that is name, or of
// class, within the scope, or -1. name or class may be 0.
func (t *tree) find(s scope, name, class tag) int {
	for i := len(t.open) - 1; i >= 0; i-- {
		n := t.node(i)
		if n.space == spaceHTML && (n.tag == name && name != 0 || n.tag.is(class)) {
			return i
		}
		if n.ends(s) {
			return -1
		}
	}
	return -1
}

// ends reports whether nothing outside n is in the scope.
func (n *node) ends(s scope) bool {
	if s == scopeTable {
		return n.space == spaceHTML && (n.tag == tagTable || n.tag == tagTemplate || n.tag == tagHTML)
	}
	if n.space != spaceHTML {
		return n.isSpecial()
	}
	switch {
	case n.tag.is(scopeStop):
		return true
	case s == scopeList:
		return n.tag == tagOl || n.tag == tagUl
	case s == scopeButton:
		return n.tag == tagButton
	}
	return false
}

// has reports whether an element called name is in the scope.
func (t *tree) has(s scope, name tag) bool { return t.find(s, name, 0) >= 0 }

// close closes the topmost such element in scope, with all that it holds, and
// reports whether there was one.
func (t *tree) close(s scope, name, class tag) bool {
	i := t.find(s, name, class)
	if i >= 0 {
		t.open = t.open[:i]
	}
	return i >= 0
}

func (t *tree) closeParagraph() { t.close(scopeButton, tagP, 0) }

// closeImplied closes the elements that need no end tag, down to the first
// that is called except.
func (t *tree) closeImplied(except tag) {
	for len(t.open) > 0 && t.top().tag.is(implied) && t.top().tag != except {
		t.pop()
	}
}

// popToTable, popToGroup and popToRow close elements until a table, a row
// group or a row is on top, or what can stand in its place.
func (t *tree) popToTable() { t.popTo(tagTable, 0) }
func (t *tree) popToGroup() { t.popTo(0, rowGroup) }
func (t *tree) popToRow()   { t.popTo(tagTr, 0) }

func (t *tree) popTo(name, class tag) {
	for i := len(t.open) - 1; i >= 0; i-- {
		n := t.node(i).tag
		if n == name && name != 0 || n.is(class) || n == tagHTML || n == tagTemplate {
			t.open = t.open[:i+1]
			return
		}
	}
}

// remove takes an element out of the stack of open elements, wherever it is.
func (t *tree) remove(id int32) {
	if i := lastIndex(t.open, id); i >= 0 {
		t.open = append(t.open[:i], t.open[i+1:]...)
	}
}

func lastIndex(s []int32, id int32) int {
	for i := len(s) - 1; i >= 0; i-- {
		if s[i] == id {
			return i
		}
	}
	return -1
}
