package match

// AddVariant compiles a form that is derived from what the glossary's author
// wrote. It gives way to forms that are there already: where another term has a
// written form of the same words, or the same term a form that accepts as much,
// nothing is added; a weak variant gives way to any other. So written forms are
// to be added first, weak variants last.
func (b *Builder) AddVariant(f Form) error {
	at, o, err := b.place(f)
	if err != nil {
		return err
	}
	o.flags |= flagVariant
	for old := range b.trie.formsAt(at) {
		stronger := old.flags&flagVariant == 0 || f.Weak && old.flags&flagWeak == 0
		if old.term != o.term && stronger || old.term == o.term && old.accepts(&o) {
			return nil
		}
	}
	b.trie.put(at, o)
	return nil
}

// accepts reports whether what agrees with o, a form of the same words, agrees
// with f too.
func (f *newForm) accepts(o *newForm) bool {
	const demands = flagExact | flagStrict | flagEdges | flagWeak
	return f.flags&demands == 0 && f.plural&^o.plural == 0 && f.singular&^o.singular == 0 ||
		f.flags&demands == o.flags&demands && f.plural == o.plural && f.singular == o.singular && f.written == o.written
}

// minTails is how many other terms must have a form that ends with a form for it
// to be a head.
const minTails = 2

// tails are terms, plus one, that have forms with a certain end; as many as are
// needed.
type tails [minTails + 1]uint32

func (t *tails) add(term uint32) {
	for i, x := range t {
		if x == 0 || x == term+1 {
			t[i] = term + 1
			return
		}
	}
}

// others is how many there are beside a term.
func (t *tails) others(term uint32) (n int) {
	for _, x := range t {
		if x != 0 && x != term+1 {
			n++
		}
	}
	return n
}

// markHeads finds the written forms whose words other terms' forms end with.
func (b *Builder) markHeads() {
	g := &b.trie
	found := map[uint32]tails{} // by node
	var path []uint32
	for node := range uint32(len(g.nodes)) {
		path = path[:0]
		for f := range g.formsAt(node) {
			if f.flags&flagVariant != 0 {
				continue
			}
			if len(path) == 0 {
				path = g.pathTo(path, node)
			}
			b.addTails(found, path, f.term)
		}
	}
	for node, t := range found {
		for f := range g.formsAt(node) {
			if t.others(f.term) >= minTails {
				f.flags |= flagHead
			}
		}
	}
}

// addTails notes a term at the nodes of the forms that are ends of a path.
func (b *Builder) addTails(found map[uint32]tails, path []uint32, term uint32) {
	for i := 1; i < len(path); i++ {
		node := uint32(0)
		for _, class := range path[i:] {
			if node = b.trie.child(node, class); node == 0 {
				break
			}
		}
		if node != 0 && b.trie.nodes[node].first != 0 {
			t := found[node]
			t.add(term)
			found[node] = t
		}
	}
}
