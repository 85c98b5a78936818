package match

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"unicode"
	"unicode/utf8"

	"postil/internal/index"
	"postil/internal/text"
)

// Form is a surface form to be compiled.
type Form struct {
	Term    uint32
	Written string
	// Exact demands the written letter case.
	Exact bool
	// NoPlural forbids a plural where the form is singular.
	NoPlural bool
	// Weak marks a form that names the term only in a text that also names it
	// otherwise. See Flags.Weak.
	Weak bool
	// Everyday marks a word of everybody's language, Evidence a form of a term
	// that asks for evidence. See Flags.Asks.
	Everyday, Evidence bool
	// Alias marks an alias, as opposed to the preferred name and abbreviations.
	Alias bool
}

// Errors of Builder.Add.
var (
	ErrNoToken   = errors.New("no word in it")
	ErrTooLong   = fmt.Errorf("more than %d words", MaxTokens)
	ErrLongToken = fmt.Errorf("a word of more than %d bytes", MaxToken)
)

// Builder compiles forms. The zero value is ready, for a dictionary without
// English plurals.
type Builder struct {
	English bool

	classes map[string]uint32
	keys    []string // in the order in which they came
	last    uint32   // class
	root    *node
	nodes   int
	forms   int
	tokens  []text.Token
}

// newForm is a form that is being compiled.
type newForm struct {
	form
	written string
}

type node struct {
	class    uint32
	id       uint32
	children map[uint32]*node
	forms    []newForm
}

// Class returns the class of a normal form, a new one if it had none. Words that
// are only spelled differently share one.
func (b *Builder) Class(normal string) uint32 {
	if c, ok := b.classes[normal]; ok {
		return c
	}
	if b.classes == nil {
		b.classes = map[string]uint32{}
	}
	var spellings []string
	if b.English {
		spellings = text.Spellings(normal)
	}
	for _, s := range spellings {
		if c, ok := b.classes[s]; ok {
			b.key(normal, c)
			return c
		}
	}
	b.last++
	b.key(normal, b.last)
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
	if err != nil || slices.ContainsFunc(at.forms, func(x newForm) bool {
		x.flags |= o.flags & flagAlias
		return x == o
	}) {
		return err
	}
	b.put(at, o)
	return nil
}

func (b *Builder) put(at *node, o newForm) {
	at.forms = append(at.forms, o)
	b.forms++
}

// place finds the node for a form, which may be new, and what the form demands
// there.
func (b *Builder) place(f Form) (*node, newForm, error) {
	b.tokens = text.Tokens(b.tokens[:0], f.Written)
	switch {
	case len(b.tokens) == 0:
		return nil, newForm{}, ErrNoToken
	case len(b.tokens) > MaxTokens:
		return nil, newForm{}, ErrTooLong
	}
	for _, t := range b.tokens {
		if n, _ := text.Normal(nil, f.Written[t.Start:t.End], b.English); len(n) > MaxToken || len(n) == 0 {
			return nil, newForm{}, ErrLongToken
		}
	}
	if b.root == nil {
		b.root, b.nodes = &node{}, 1
	}
	at := b.root
	o := newForm{form{term: f.Term, flags: Flags(len(b.tokens))}, f.Written}
	if f.Exact {
		o.flags |= flagExact
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
	if f.Alias {
		o.flags |= flagAlias
	}
	for i, t := range b.tokens {
		at = b.step(at, &o, f, i, t)
	}
	if first, last := b.tokens[0], b.tokens[len(b.tokens)-1]; first.Start > 0 || int(last.End) < len(f.Written) {
		o.flags |= flagStrict | flagEdges
	}
	return at, o, nil
}

// step goes on from node at with token i of a form, and notes what the token
// demands of the text.
func (b *Builder) step(at *node, o *newForm, f Form, i int, t text.Token) *node {
	word := f.Written[t.Start:t.End]
	normal, ending := text.Normal(nil, word, b.English)
	last := i == len(b.tokens)-1
	if ending&text.Plural != 0 {
		// Windows is not a window, nor the United States a united state; but an
		// export control is one of the export controls.
		if r, _ := utf8.DecodeRuneInString(word); unicode.IsUpper(r) || len(b.tokens) == 1 {
			o.plural |= 1 << i
		}
	} else if last && f.NoPlural {
		o.singular |= 1 << i
	}
	if ending&text.Possessive != 0 {
		o.flags |= flagPossessive
	}
	if i > 0 {
		switch text.GapOf(f.Written[b.tokens[i-1].End:t.Start]) {
		case text.Loose, text.Line:
		default:
			o.flags |= flagStrict
		}
	}
	c := b.Class(string(normal))
	next := at.children[c]
	if next == nil {
		if at.children == nil {
			at.children = map[uint32]*node{}
		}
		next = &node{class: c}
		at.children[c] = next
		b.nodes++
	}
	return next
}

// Forms is the number of different forms added.
func (b *Builder) Forms() int { return b.forms }

// Write adds the sections vocab, trie and forms to w.
func (b *Builder) Write(w *index.Writer) {
	if b.root == nil {
		b.root, b.nodes = &node{}, 1
	}
	b.markHeads()
	order := b.number()
	w.Add("vocab", b.vocab(order))
	w.Add("trie", trieBytes(order))
	w.Add("forms", b.formBytes(order))
}

// number puts the nodes in breadth-first order, siblings by class.
func (b *Builder) number() []*node {
	order := make([]*node, 1, b.nodes)
	order[0] = b.root
	for i := 0; i < len(order); i++ {
		order[i].id = uint32(i)
		first := len(order)
		for _, c := range order[i].children {
			order = append(order, c)
		}
		slices.SortFunc(order[first:], func(x, y *node) int { return int(x.class) - int(y.class) })
	}
	return order
}

func trieBytes(order []*node) []byte {
	le := binary.LittleEndian
	out := make([]byte, 8, 8+nodeSize*(len(order)+1))
	child, form := uint32(1), uint32(0)
	add := func(class uint32) { out = le.AppendUint32(le.AppendUint32(le.AppendUint32(out, class), child), form) }
	for _, x := range order {
		add(x.class)
		child += uint32(len(x.children))
		form += uint32(len(x.forms))
	}
	add(0)
	pairs := pairFilter(order)
	le.PutUint32(out, uint32(len(order)))
	le.PutUint32(out[4:], uint32(len(pairs)))
	return append(out, pairs...)
}

// pairFilter has two bytes or more for each edge below the first.
func pairFilter(order []*node) []byte {
	filter := make([]byte, 1<<bits.Len(uint(2*len(order))))
	for _, x := range order[1:] {
		for class := range x.children {
			at := pairHash(x.class, class) & uint32(8*len(filter)-1)
			filter[at>>3] |= 1 << (at & 7)
		}
	}
	return filter
}

func (b *Builder) formBytes(order []*node) []byte {
	le := binary.LittleEndian
	var table, strings []byte
	at := map[string]uint32{}
	for _, x := range order {
		for _, f := range x.forms {
			offset, ok := at[f.written]
			if !ok {
				offset = uint32(len(strings))
				at[f.written] = offset
				strings = le.AppendUint16(strings, uint16(len(f.written)))
				strings = append(strings, f.written...)
			}
			for _, v := range []uint32{f.term, offset, uint32(f.flags), f.plural, f.singular, f.group} {
				table = le.AppendUint32(table, v)
			}
		}
	}
	out := le.AppendUint32(nil, uint32(b.forms))
	out = le.AppendUint32(out, uint32(len(strings)))
	return append(append(out, table...), strings...)
}

// Groups numbers, from 1 on, the sets of forms that need a decision because
// several terms have the same words, or because one asks for it. each is told of
// every group in order, with the form as it was first written and the terms,
// ascending. No form may be added after that.
func (b *Builder) Groups(each func(written string, terms []uint32)) {
	if b.root == nil {
		return
	}
	n := uint32(0)
	for _, x := range b.number() {
		var terms []uint32
		asks := false
		for _, f := range x.forms {
			terms = append(terms, f.term)
			asks = asks || f.flags.Asks()
		}
		slices.Sort(terms)
		terms = slices.Compact(terms)
		if len(terms) < 2 && !asks {
			continue
		}
		n++
		for i := range x.forms {
			x.forms[i].group = n
		}
		each(x.forms[0].written, terms)
	}
}
