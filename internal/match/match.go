// Package match finds the surface forms of a dictionary in a text.
//
// The dictionary is a trie over classes. A class is a number for a normal form
// (see package text), so that "Policies" and "policy" are one. For every token
// of the text a hash table, the vocabulary, gives the class and the trie node
// of the forms that begin with it; most tokens have neither, and cost one
// probe. From such a node the search goes on over the following tokens, as long
// as the trie has a child for them and what stands between them may stand inside
// a term. Each form of a node on the way is a candidate, which must then agree
// with what its author wrote: letter case, number, and punctuation.
//
// A search from every token is not quite Aho and Corasick's automaton, which
// never looks at a token twice: a search may take as many steps as the longest
// form has tokens. Forms are short, few tokens begin one, and without failure
// links the trie needs twelve bytes per node. Text is read once, forwards; the
// number of steps is at most the number of tokens times the tokens of the
// longest form, which is bounded by MaxTokens.
//
// All three tables are used where they lie in the index, without being parsed:
//
//	vocab   u32 number of slots (a power of two, at least 8), u32 number of classes,
//	        u32 length of the keys, u32 zero; a tag of one byte for each slot (0 if it
//	        is empty, else a byte of the hash with the high bit set), and those of the
//	        first eight again; slots of 20 bytes: the first eight bytes of the key, u32
//	        the whole key (offset in the keys) if it has eight bytes or more, u32 class,
//	        u32 node (0 if no form begins so); keys: u8 length, bytes
//	trie    u32 number of nodes N, u32 length of the filter; for each node and
//	        once more at the end, u32 class (the label of the edge to the node), u32
//	        first child, u32 first form. Children and forms of a node end where those
//	        of the next begin. Node 0 is the root. Siblings are sorted by class. Then
//	        a Bloom filter of the pairs of classes that follow each other.
//	forms   u32 number of forms F, u32 length of the strings; forms of 24 bytes
//	        (see form); strings: u16 length, bytes
package match

import (
	"cmp"
	"encoding/binary"
	"slices"

	"postil/internal/index"
	"postil/internal/text"
)

// MaxTokens is the largest number of tokens in a form, MaxToken the largest
// number of bytes in the normal form of a token that can be part of one.
const (
	MaxTokens = 32
	MaxToken  = 255
)

// Dictionary is a compiled set of forms. It is safe for concurrent use.
type Dictionary struct {
	vocab    vocabulary
	trie     trie
	forms    forms
	Language *text.Language // as when it was built

	english, inflects bool // of Language
}

// Match is a form found in a text: tokens First to Last, bytes [Start, End)
// without an elided article and a possessive ending.
type Match struct {
	First, Last uint32
	Start, End  uint32
	Term, Form  uint32
	Flags       Flags // of the form
}

// Open uses the sections vocab, trie and forms of f.
func Open(f *index.File, language *text.Language) (*Dictionary, error) {
	d := &Dictionary{Language: language, english: language.IsEnglish(), inflects: language.Inflects()}
	for _, s := range []struct {
		name string
		open func([]byte) error
	}{{"vocab", d.vocab.open}, {"trie", d.trie.open}, {"forms", d.forms.open}} {
		b, err := f.Section(s.name)
		if err != nil {
			return nil, err
		}
		if err := s.open(b); err != nil {
			return nil, index.Errorf(s.name, "%w", err)
		}
	}
	return d, nil
}

// Find appends the matches in doc to dst, in order of Start, then End, then Form,
// which is also one of First. It fills in doc.Tokens.
func (d *Dictionary) Find(dst []Match, doc *Document) []Match {
	d.read(doc)
	known := len(dst)
	dst = slices.Grow(dst, min(len(doc.starts), 1<<9))
	for i, x := range doc.starts {
		if len(dst) == cap(dst) {
			// Room for as many as the starts so far had: see withRoom.
			dst = slices.Grow(dst, 1+(len(dst)-known)*(len(doc.starts)-i)/max(i, 1)*17/16)
		}
		dst = d.walk(dst, doc, int(x.token), x.node)
	}
	if doc.signs {
		slices.SortStableFunc(dst[known:], Match.Compare)
	}
	return dst
}

// Compare orders matches by Start, then End.
func (m Match) Compare(o Match) int {
	return cmp.Or(cmp.Compare(m.Start, o.Start), cmp.Compare(m.End, o.End))
}

// walk appends the matches that begin with token i, whose trie node is given.
func (d *Dictionary) walk(dst []Match, doc *Document, i int, at uint32) []Match {
	loose := true
	for j := i; ; {
		doc.steps++
		n := d.trie.node(at)
		for f, last := n.form, min(n.lastForm, d.forms.n); f < last; f++ {
			dst = d.match(dst, doc, f, i, j, loose)
		}
		j++
		if n.child >= n.lastChild || j == len(doc.Tokens) || doc.Tokens[j].Class() == 0 {
			return dst
		}
		if at = d.trie.child(n, doc.Tokens[j].Class()); at == 0 {
			return dst
		}
		switch doc.gap(j) {
		case text.Paragraph:
			return dst
		case text.Strict, text.Slash:
			loose = false
		}
	}
}

// match appends a match of form f with tokens i to j, if they agree.
func (d *Dictionary) match(dst []Match, doc *Document, f uint32, i, j int, loose bool) []Match {
	form, ok := d.forms.get(f)
	if !ok {
		return dst
	}
	if !d.agrees(&form, doc, i, j, loose) {
		if i < j || !d.spoken(&form, doc, i) {
			return dst
		}
		form.flags |= flagEvidence
	}
	before, after := d.edges(&form)
	doc.signs = doc.signs || before+after > 0
	if after == 0 && doc.lastStop(j) {
		after = 1
	}
	m := Match{First: uint32(i), Last: uint32(j), Start: doc.Start(i) - before, End: doc.End(j) + after, Term: form.term, Form: f, Flags: form.flags}
	if m.Start > doc.Start(i) || m.End > uint32(len(doc.Text)) {
		return dst // the tables do not fit together
	}
	if standsAlone(doc.Text, int(m.Start), int(m.End)) {
		dst = append(dst, m)
		if i == j {
			doc.Tokens[i].word |= flagMatch
		}
	}
	return dst
}

// before is what stands between token j and the one before it.
func (d *Document) before(j int) string {
	last := &d.Tokens[j-1]
	return text.AfterInitials(d.Text[last.Start:last.End], d.Text[last.End:d.Tokens[j].Start])
}

// gap classifies what stands before token j; Paragraph means a break.
func (d *Document) gap(j int) text.Gap {
	from, to := d.Tokens[j-1].End, d.Tokens[j].Start
	if to-from == 1 && d.Text[from] == ' ' {
		return text.Loose
	}
	if d.breakWithin(from, to) {
		return text.Paragraph
	}
	g := text.GapOf(d.before(j))
	if g == text.Line {
		if d.Plain && !wrapped(d.Text, int(from), int(to)) {
			return text.Paragraph
		}
		return text.Loose
	}
	if g == text.Paragraph && !d.Plain {
		return text.Loose // a blank line of the source, of which a page shows nothing
	}
	return g
}

// BreakBetween reports whether a line break between token j and the one before it
// ends a block, not only a line of one.
func (d *Document) BreakBetween(j int) bool {
	from, to := d.Tokens[j-1].End, d.Tokens[j].Start
	return d.breakWithin(from, to) || d.Plain && !wrapped(d.Text, int(from), int(to))
}

// breakWithin reports whether a break lies in [from, to].
func (d *Document) breakWithin(from, to uint32) bool {
	lo, hi := 0, len(d.Breaks)
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		if uint32(d.Breaks[mid]) < from {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo < len(d.Breaks) && uint32(d.Breaks[lo]) <= to
}

func u32(b []byte, i int) uint32 { return binary.LittleEndian.Uint32(b[4*i:]) }
