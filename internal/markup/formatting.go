package markup

import "slices"

// Formatting elements, such as b, that a block's end closes too early are
// reopened in the next block; and an end tag that crosses a block splits the
// element: the "adoption agency algorithm" of the HTML standard.

// reopen reopens the active formatting that is not open any more.
func (t *tree) reopen() {
	i := len(t.active)
	for i > 0 && t.active[i-1] != scopeMark && lastIndex(t.open, t.active[i-1]) < 0 {
		i--
	}
	for ; i < len(t.active) && !t.frozen; i++ {
		t.active[i] = t.insert(t.nodes[t.active[i]].clone())
	}
}

// clone returns a copy of n that has no place in the tree.
func (n node) clone() node {
	n.parent = -1
	n.hasChild, n.fostered = false, false
	return n
}

// addFormatting inserts an element and makes it active. Of equal ones only
// three stay active.
func (t *tree) addFormatting() {
	id := t.add()
	n := &t.nodes[id]
	n.alike = attributesHash(t.src, int(n.name))
	equal := 0
	for i := len(t.active) - 1; i >= 0 && t.active[i] != scopeMark; i-- {
		if m := &t.nodes[t.active[i]]; m.tag != n.tag || m.alike != n.alike {
			continue
		}
		if equal++; equal >= 3 {
			t.active = slices.Delete(t.active, i, i+1)
		}
	}
	t.active = append(t.active, id)
}

// clearActive forgets the active formatting of the scope that ends.
func (t *tree) clearActive() {
	for len(t.active) > 0 {
		last := t.active[len(t.active)-1]
		t.active = t.active[:len(t.active)-1]
		if last == scopeMark {
			return
		}
	}
}

func (t *tree) deactivate(id int32) {
	if i := lastIndex(t.active, id); i >= 0 {
		t.active = slices.Delete(t.active, i, i+1)
	}
}

// closeFormatting obeys the end tag of a formatting element.
func (t *tree) closeFormatting(name tag) {
	if t.top().tag == name && lastIndex(t.active, t.last()) < 0 {
		t.pop()
		return
	}
	for range 8 {
		id, ok := t.activeCalled(name)
		if !ok {
			t.closeOther(name)
			return
		}
		i := lastIndex(t.open, id)
		if i < 0 {
			t.deactivate(id)
			return
		}
		if !t.has(scopeDefault, name) {
			return
		}
		block := i
		for block < len(t.open) && !t.node(block).isSpecial() {
			block++
		}
		if block == len(t.open) {
			t.open = t.open[:i]
			t.deactivate(id)
			return
		}
		if t.adopt(i, block); t.frozen {
			return
		}
	}
}

// activeCalled returns the last active formatting of the scope with that name.
func (t *tree) activeCalled(name tag) (int32, bool) {
	for i := len(t.active) - 1; i >= 0 && t.active[i] != scopeMark; i-- {
		if t.nodes[t.active[i]].tag == name {
			return t.active[i], true
		}
	}
	return 0, false
}

// adopt moves the block at index block of open out of the formatting element
// at index i, and has the block's content formatted by a copy instead.
func (t *tree) adopt(i, block int) {
	id, blockID, outer := t.open[i], t.open[block], t.open[i-1]
	bookmark := lastIndex(t.active, id)
	last := blockID
	for x, count := block-1, 1; x > i; x, count = x-1, count+1 {
		inner := t.open[x]
		a := lastIndex(t.active, inner)
		if a >= 0 && count > 3 {
			t.active = slices.Delete(t.active, a, a+1)
			if a <= bookmark {
				bookmark--
			}
			continue
		}
		if a < 0 {
			t.open = slices.Delete(t.open, x, x+1)
			continue
		}
		copied := t.create(t.nodes[inner].clone())
		t.active[a], t.open[x] = copied, copied
		if last == blockID {
			bookmark = a + 1
		}
		t.move(last, copied)
		last = copied
	}
	if t.nodes[outer].tag.is(tableish) {
		outer = t.fosterParent()
		t.nodes[last].fostered = true
	}
	t.move(last, outer)

	copied := t.create(t.nodes[id].clone())
	t.moveContent(blockID, copied)
	t.move(copied, blockID)
	if old := lastIndex(t.active, id); old >= 0 && old < bookmark {
		bookmark--
	}
	t.deactivate(id)
	t.active = slices.Insert(t.active, bookmark, copied)
	t.remove(id)
	t.open = slices.Insert(t.open, lastIndex(t.open, blockID)+1, copied)
}

func (t *tree) move(id, parent int32) {
	t.nodes[id].parent = parent
	t.nodes[parent].hasChild = true
}

// moveContent makes the children of one element those of another. Children
// are younger than a block, so only what came after it is looked at.
func (t *tree) moveContent(from, to int32) {
	t.looked += len(t.nodes) - int(from) + len(t.events) - int(t.nodes[from].event)
	t.frozen = t.frozen || t.looked > maxLooked*(len(t.src)+spareNodes)
	for i := from + 1; i < int32(len(t.nodes)); i++ {
		if t.nodes[i].parent == from {
			t.nodes[i].parent = to
			t.nodes[to].hasChild = true
		}
	}
	for i := int(t.nodes[from].event); i < len(t.events); i++ {
		if e := &t.events[i]; e.node == from && e.kind <= eventHeld {
			e.node = to
		}
	}
}

// closeOther obeys an end tag without rules of its own.
func (t *tree) closeOther(name tag) {
	for i := len(t.open) - 1; i >= 0; i-- {
		n := t.node(i)
		if n.space == spaceHTML && n.tag == name && (name != tagOther || t.sameName(n)) {
			t.open = t.open[:i]
			return
		}
		if n.isSpecial() {
			return
		}
	}
}

// sameName reports whether n is called like the current tag.
func (t *tree) sameName(n *node) bool {
	a := t.tagName(n.start, n.name)
	b := t.tagName(int32(t.tok.start), int32(t.tok.name))
	return a == b || canonicalName(a) == canonicalName(b)
}
