package match

import (
	"errors"
	"slices"
	"strconv"

	"postil/internal/text"
)

// Form is a surface form to be compiled.
type Form struct {
	Term    uint32
	Written string
	// Exact demands the written letter case: Literal in every letter, without it but
	// for customs of writing abbreviations, such as DoJ for DOJ and Nato for NATO.
	Exact, Literal bool
	// NoPlural forbids a plural where the form is singular.
	NoPlural bool
	// Weak marks a form that names the term only in a text that also names it
	// otherwise. See Flags.Weak.
	Weak bool
	// Everyday marks a word of everybody's language, Evidence a form of a term
	// that asks for evidence. See Flags.Asks.
	Everyday, Evidence bool
	// Word marks a form that in small letters is a word of everybody's language.
	// See Flags.Word.
	Word bool
	// Nouns demands the capitals of nouns in a language that writes them so.
	Nouns bool
	// Alias marks an alias, as opposed to the preferred name and abbreviations.
	Alias bool
}

// Errors of Builder.Add.
var (
	ErrNoToken   = errors.New("no word in it")
	ErrTooLong   = errors.New("more than " + strconv.Itoa(MaxTokens) + " words")
	ErrLongToken = errors.New("a word of more than " + strconv.Itoa(MaxToken) + " bytes")
)

// Builder compiles forms. The zero value is ready, for a dictionary of words as
// they are written.
type Builder struct {
	Language *text.Language

	classes map[string]uint32
	keys    []string // in the order in which they came
	last    uint32   // class
	trie    growing
	tokens  []text.Token
	normal  []byte
}

// newForm is a form that is being compiled; see form.
type newForm struct {
	term     uint32
	flags    Flags
	plural   uint32
	singular uint32
	group    uint32
	next     uint32 // form of its node
	written  string
}

// same reports whether two forms demand the same for the same term.
func (f *newForm) same(o *newForm) bool {
	return f.term == o.term && f.flags == o.flags && f.plural == o.plural && f.singular == o.singular && f.written == o.written
}

// class returns the class of a normal form, a new one if it had none. Words that
// are only spelled differently share one.
func (b *Builder) class(normal []byte) uint32 {
	if c, ok := b.classes[string(normal)]; ok {
		return c
	}
	if b.classes == nil {
		b.classes = map[string]uint32{}
	}
	word := string(normal)
	var spellings []string
	if b.Language.IsEnglish() {
		spellings = text.Spellings(word)
	}
	for _, s := range spellings {
		if c, ok := b.classes[s]; ok {
			b.key(word, c)
			return c
		}
	}
	b.last++
	b.key(word, b.last)
	for _, s := range spellings {
		if len(s) <= MaxToken {
			b.key(s, b.last)
		}
	}
	return b.last
}

// key makes a normal form one of a class.
func (b *Builder) key(normal string, class uint32) {
	b.keys = append(b.keys, normal)
	b.classes[normal] = class
}

// Add compiles a form. Adding the same form of the same term again does nothing.
func (b *Builder) Add(f Form) error {
	at, o, err := b.place(f)
	if err != nil {
		return err
	}
	for old := range b.trie.formsAt(at) {
		x := *old
		x.flags |= o.flags & flagAlias
		if x.same(&o) {
			return nil
		}
	}
	b.trie.put(at, o)
	return nil
}

// place finds the node for a form, which may be new, and what the form demands
// there.
func (b *Builder) place(f Form) (node uint32, _ newForm, err error) {
	b.tokens = text.Tokens(b.tokens[:0], f.Written)
	switch {
	case len(b.tokens) == 0:
		return 0, newForm{}, ErrNoToken
	case len(b.tokens) > MaxTokens:
		return 0, newForm{}, ErrTooLong
	}
	for _, t := range b.tokens {
		b.normal, _ = text.Normal(b.normal[:0], f.Written[t.Start:t.End], b.Language)
		if n := len(b.normal); n > MaxToken || n == 0 {
			return 0, newForm{}, ErrLongToken
		}
	}
	o := newForm{term: f.Term, flags: Flags(len(b.tokens)), written: f.Written}
	if f.Exact {
		o.flags |= flagExact
	}
	if f.Literal {
		o.flags |= flagLiteral
	}
	if f.Weak {
		o.flags |= flagWeak
	}
	if f.Everyday {
		o.flags |= flagEveryday
	}
	if f.Evidence {
		o.flags |= flagEvidence
	}
	if f.Word {
		o.flags |= flagWord
	}
	if f.Nouns {
		o.flags |= flagNouns
	}
	if f.Alias {
		o.flags |= flagAlias
	}
	for i, t := range b.tokens {
		node = b.step(node, &o, f, i, t)
	}
	if before, after := signs(f.Written, b.tokens); before != "" || after != "" {
		o.flags |= flagStrict | flagEdges
	}
	return node, o, nil
}

// step goes on from a node with token i of a form, and notes what the token
// demands of the text.
func (b *Builder) step(node uint32, o *newForm, f Form, i int, t text.Token) uint32 {
	word := f.Written[t.Start:t.End]
	normal, ending := text.Normal(b.normal[:0], word, b.Language)
	b.normal = normal
	last := i == len(b.tokens)-1
	if ending&text.Plural != 0 {
		// Windows is not a window, nor the United States a united state; but an
		// export control is one of the export controls.
		if len(b.tokens) == 1 || isCapital(word) && !b.heads(f.Written, i) {
			o.plural |= 1 << i
		}
	} else if f.NoPlural && (last || b.headFirst()) {
		o.singular |= 1 << i
	}
	if ending&text.Possessive != 0 {
		o.flags |= flagPossessive
	}
	if i > 0 {
		switch text.GapOf(gapBefore(f.Written, b.tokens, i)) {
		case text.Loose, text.Line:
		default:
			o.flags |= flagStrict
		}
	}
	return b.trie.grow(node, b.class(normal))
}

// Full reports whether the forms have more different words than a dictionary can
// hold, which is some five million.
func (b *Builder) Full() bool { return slotsFor(len(b.keys)) > maxSlots }

// Forms is the number of different forms added.
func (b *Builder) Forms() int { return len(b.trie.forms) }

// Groups numbers, from 1 on, the sets of forms that need a decision because
// several terms have the same words, or because one asks for it. each is told of
// every group in order, with the form as it was first written and the terms,
// ascending. No form may be added after that.
func (b *Builder) Groups(each func(written string, terms []uint32)) {
	n := uint32(0)
	for _, node := range b.trie.breadthFirst() {
		var terms []uint32
		asks, written := false, ""
		for f := range b.trie.formsAt(node) {
			if terms == nil {
				written = f.written
			}
			terms = append(terms, f.term)
			asks = asks || f.flags.Asks() || f.flags.Word() || f.flags&(flagExact|flagLiteral) == flagExact && MayBeSpoken(f.written)
		}
		slices.Sort(terms)
		terms = slices.Compact(terms)
		if len(terms) < 2 && !asks {
			continue
		}
		n++
		for f := range b.trie.formsAt(node) {
			f.group = n
		}
		each(written, terms)
	}
}
