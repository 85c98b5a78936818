package match

import (
	"encoding/binary"
	"math/bits"

	"postil/internal/index"
)

// Write adds the sections vocab, trie and forms to w, after which the Builder is
// of no further use.
func (b *Builder) Write(w *index.Writer) {
	if len(b.trie.nodes) == 0 {
		b.trie.rehash()
	}
	b.markHeads()
	b.trie.edges = nil // what is done with is free for what comes
	order := b.trie.breadthFirst()
	w.Add("vocab", b.vocab(order)...)
	b.classes, b.keys = nil, nil
	w.Add("trie", b.trie.layout(order), b.trie.pairFilter())
	w.Add("forms", b.trie.formTable(order)...)
	b.trie = growing{}
}

// vocab lays out the hash table, at most three fifths full.
func (b *Builder) vocab(order []uint32) [][]byte {
	roots := make([]uint32, b.last+1)
	for i, x := range order[1:] {
		n := &b.trie.nodes[x]
		if n.parent != 0 {
			break
		}
		roots[n.class] = uint32(i + 1)
	}
	le := binary.LittleEndian
	slots := slotsFor(len(b.keys))
	tags, table, keys := make([]byte, slots+groupSize), make([]byte, slots*slotSize), []byte(nil)
	var v vocabulary
	_ = v.setSize(slots)
	for _, key := range b.keys {
		h := hash(key)
		at := v.home(h)
		for tags[at] != 0 {
			at = (at + 1) & v.mask
		}
		tags[at] = v.tagOf(h)
		s := table[at*slotSize:]
		le.PutUint64(s, prefix(key))
		if len(key) >= inSlot {
			le.PutUint32(s[8:], uint32(len(keys)))
			keys = append(append(keys, byte(len(key))), key...)
		}
		class := b.classes[key]
		le.PutUint32(s[12:], class)
		le.PutUint32(s[16:], roots[class])
	}
	copy(tags[slots:], tags)
	head := le.AppendUint32(nil, uint32(slots))
	head = le.AppendUint32(head, b.last)
	head = le.AppendUint32(head, uint32(len(keys)))
	head = le.AppendUint32(head, 0)
	return [][]byte{head, tags, table, keys}
}

// layout is the section trie without its filter.
func (g *growing) layout(order []uint32) []byte {
	le := binary.LittleEndian
	children := make([]uint32, len(g.nodes)) // how many each node has
	for _, n := range g.nodes[1:] {
		children[n.parent]++
	}
	out := make([]byte, 0, 8+nodeSize*(len(order)+1))
	out = le.AppendUint32(out, uint32(len(order)))
	out = le.AppendUint32(out, uint32(g.filterSize()))
	child, form := uint32(1), uint32(0)
	add := func(class uint32) { out = le.AppendUint32(le.AppendUint32(le.AppendUint32(out, class), child), form) }
	for _, x := range order {
		add(g.nodes[x].class)
		child += children[x]
		for range g.formsAt(x) {
			form++
		}
	}
	add(0)
	return out
}

func (g *growing) filterSize() int { return 1 << bits.Len(uint(2*len(g.nodes))) }

// pairFilter has two bytes or more for each edge below the first.
func (g *growing) pairFilter() []byte {
	filter := make([]byte, g.filterSize())
	for _, n := range g.nodes[1:] {
		if n.parent != 0 {
			at := pairHash(g.nodes[n.parent].class, n.class) & uint32(8*len(filter)-1)
			filter[at>>3] |= 1 << (at & 7)
		}
	}
	return filter
}

// formTable is the section forms.
func (g *growing) formTable(order []uint32) [][]byte {
	le := binary.LittleEndian
	table := make([]byte, 0, formSize*len(g.forms))
	var written writings
	for _, x := range order {
		for f := range g.formsAt(x) {
			for _, v := range [...]uint32{f.term, written.add(f.written), uint32(f.flags), f.plural, f.singular, f.group} {
				table = le.AppendUint32(table, v)
			}
		}
	}
	head := le.AppendUint32(nil, uint32(len(g.forms)))
	head = le.AppendUint32(head, uint32(len(written.data)))
	return [][]byte{head, table, written.data}
}

// writings are different strings of at most 64 KiB, each with its length as u16
// before it.
type writings struct {
	data  []byte
	table []uint32 // their offsets plus one, where they hash to, or after that
	n     int
}

// add returns the offset of a string, which may be there already.
func (s *writings) add(x string) uint32 {
	if 4*s.n >= 3*len(s.table) {
		old := s.table
		s.table = make([]uint32, max(16, 2*len(old)))
		for _, offset := range old {
			if offset > 0 {
				s.table[s.slot(s.at(offset-1))] = offset
			}
		}
	}
	i := s.slot(x)
	if s.table[i] == 0 {
		s.n++
		s.table[i] = uint32(len(s.data)) + 1
		s.data = binary.LittleEndian.AppendUint16(s.data, uint16(len(x)))
		s.data = append(s.data, x...)
	}
	return s.table[i] - 1
}

// at is the string with an offset.
func (s *writings) at(offset uint32) string {
	b := s.data[offset:]
	return index.String(b[2 : 2+int(binary.LittleEndian.Uint16(b))])
}

// slot is where a string is in the table, or where it would be.
func (s *writings) slot(x string) int {
	mask := len(s.table) - 1
	i := bucket(hash(x), len(s.table))
	for s.table[i] != 0 && s.at(s.table[i]-1) != x {
		i = (i + 1) & mask
	}
	return i
}
