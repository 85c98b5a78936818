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
	for _, old := range at.forms {
		stronger := old.flags&flagVariant == 0 || f.Weak && old.flags&flagWeak == 0
		if old.term != o.term && stronger || old.term == o.term && old.accepts(&o) {
			return nil
		}
	}
	b.put(at, o)
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

// markHeads finds the written forms whose words other terms' forms end with.
func (b *Builder) markHeads() {
	tails := map[*node]map[uint32]bool{} // terms with forms that end so
	var path []uint32
	var visit func(*node)
	visit = func(x *node) {
		for _, f := range x.forms {
			if f.flags&flagVariant == 0 {
				b.addTails(tails, path, f.term)
			}
		}
		for class, c := range x.children {
			path = append(path, class)
			visit(c)
			path = path[:len(path)-1]
		}
	}
	visit(b.root)
	for at, terms := range tails {
		for i := range at.forms {
			others := len(terms)
			if terms[at.forms[i].term] {
				others--
			}
			if others >= minTails {
				at.forms[i].flags |= flagHead
			}
		}
	}
}

// addTails notes a term at the nodes of the forms that are ends of a path.
func (b *Builder) addTails(tails map[*node]map[uint32]bool, path []uint32, term uint32) {
	for i := 1; i < len(path); i++ {
		at := b.root
		for _, class := range path[i:] {
			if at = at.children[class]; at == nil {
				break
			}
		}
		if at == nil || len(at.forms) == 0 {
			continue
		}
		if tails[at] == nil {
			tails[at] = map[uint32]bool{}
		}
		if len(tails[at]) <= minTails {
			tails[at][term] = true
		}
	}
}
