package fulltext

import (
	"encoding/binary"
	"fmt"
	"math"
)

// The index of fields, at footer.fields: the number of fields as a varint, then
// for each a big-endian offset. There lie the field's name with its length, the
// number of its sections and for each section its kind, 2 bytes, and its
// offset, 8 bytes, or zero. A section starts with three varints: where its doc
// values start and end, or twice the largest number, and where its dictionary
// lies. Doc values end with the length of their table of chunks and the number
// of chunks, 8 bytes each.

// cursor reads one after another; bad is set when the bytes run out. What reads
// segments is not inlined where it need not be: that would be a sixth of the code
// again in every place.
type cursor struct {
	b   []byte
	at  uint64
	bad bool
}

//go:noinline
func (c *cursor) bytes(n uint64) []byte {
	if c.bad || c.at > uint64(len(c.b)) || n > uint64(len(c.b))-c.at {
		c.bad = true
		return make([]byte, min(n, 8))
	}
	c.at += n
	return c.b[c.at-n : c.at]
}

func (c *cursor) varint() uint64 {
	if c.bad || c.at > uint64(len(c.b)) {
		c.bad = true
		return 0
	}
	if c.at < uint64(len(c.b)) && c.b[c.at] < 0x80 { // most are short
		c.at++
		return uint64(c.b[c.at-1])
	}
	v, n := binary.Uvarint(c.b[c.at:])
	if n <= 0 {
		c.bad = true
		return 0
	}
	c.at += uint64(n)
	return v
}

func (c *cursor) uint64() uint64 { return bigEndian(c.bytes(8)) }

//go:noinline
func bigEndian(b []byte) (n uint64) {
	for _, x := range b {
		n = n<<8 | uint64(x)
	}
	return n
}

//go:noinline
func littleEndian(b []byte) (n uint64) {
	for i, x := range b {
		n |= uint64(x) << (8 * i)
	}
	return n
}

//go:noinline
func corrupt(what string) error { return fmt.Errorf("%w: %s", ErrCorrupt, what) }

// visitFields calls visit with the bytes of each entry of a field's sections,
// which visit may reorder.
func visitFields(body []byte, f footer, visit func(name string, sections []byte)) error {
	index := cursor{b: body, at: f.fields}
	n := index.varint()
	if n > maxFields {
		return corrupt("it has too many fields")
	}
	for range n {
		at := index.uint64()
		c := cursor{b: body, at: at}
		name := c.bytes(c.varint())
		kinds := c.varint()
		sections := c.bytes(min(kinds, maxFields) * 10)
		if index.bad || c.bad || at == 0 || kinds > maxFields {
			return corrupt("its fields lie outside of it")
		}
		visit(string(name), sections)
	}
	return nil
}

// checkFields refuses what would make zap ask for memory without bound when it
// opens a segment.
func checkFields(body []byte, f footer) error {
	var bad error
	err := visitFields(body, f, func(name string, sections []byte) {
		for s := sections; len(s) >= 10; s = s[10:] {
			if at := bigEndian(s[2:10]); at != 0 {
				if _, ok := sectionAt(body, at); !ok {
					bad = corrupt("it lacks some of field " + name)
				}
			}
		}
	})
	if err != nil {
		return err
	}
	return bad
}

// fieldSection is what is known of a field: its dictionary, and where its doc values
// start and end.
type fieldSection struct {
	start, end uint64
	dictionary []byte // nil if it has none
}

// sectionAt reads a section, and reports whether what it has lies in the segment. With
// a dictionary that does not, zap would panic while it holds a lock, at the first
// search, and all others would wait for ever.
func sectionAt(body []byte, at uint64) (s fieldSection, ok bool) {
	c := cursor{b: body, at: at}
	s.start, s.end, at = c.varint(), c.varint(), c.varint()
	if c.bad || s.start != math.MaxUint64 && !soundValues(body, s.start, s.end) {
		return s, false
	}
	if c.at = at; at != 0 {
		s.dictionary = c.bytes(c.varint())
	}
	return s, !c.bad && (at == 0 || len(s.dictionary) >= dictionaryHead+dictionaryTail)
}

// soundValues reports whether doc values from start to end have a table that lies
// among them.
func soundValues(body []byte, start, end uint64) bool {
	if end > uint64(len(body)) || start > end || end-start < 16 {
		return false
	}
	table, chunks := bigEndian(body[end-16:end-8]), bigEndian(body[end-8:end])
	return table <= end-start-16 && chunks <= table
}
