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
func (f *form) accepts(o *form) bool {
	const demands = flagExact | flagStrict | flagEdges | flagWeak
	return f.flags&demands == 0 && f.plural&^o.plural == 0 && f.singular&^o.singular == 0 ||
		f.flags&demands == o.flags&demands && f.plural == o.plural && f.singular == o.singular && f.written == o.written
}
