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

// cursor reads one after another; bad is set when the bytes run out.
type cursor struct {
	b   []byte
	at  uint64
	bad bool
}

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

func (c *cursor) uint64() uint64 { return binary.BigEndian.Uint64(c.bytes(8)) }

// visitFields calls visit with the bytes of each entry of a field's sections,
// which visit may reorder.
func visitFields(body []byte, f footer, visit func(name string, sections []byte)) error {
	index := cursor{b: body, at: f.fields}
	n := index.varint()
	if n > maxFields {
		return fmt.Errorf("%w: %d fields are too many", ErrCorrupt, n)
	}
	for range n {
		at := index.uint64()
		c := cursor{b: body, at: at}
		name := c.bytes(c.varint())
		kinds := c.varint()
		sections := c.bytes(min(kinds, maxFields) * 10)
		if index.bad || c.bad || at == 0 || kinds > maxFields {
			return fmt.Errorf("%w: its fields lie outside of it", ErrCorrupt)
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
			if at := binary.BigEndian.Uint64(s[2:]); at != 0 && !soundSection(body, at) {
				bad = fmt.Errorf("%w: field %q lies outside of it", ErrCorrupt, name)
			}
		}
	})
	if err != nil {
		return err
	}
	return bad
}

func soundSection(body []byte, at uint64) bool {
	c := cursor{b: body, at: at}
	start, end, dict := c.varint(), c.varint(), c.varint()
	return !c.bad && (dict == 0 || dictionaryAt(body, dict) != nil) && (start == math.MaxUint64 || soundValues(body, start, end))
}

// dictionaryAt is the dictionary there, nil if it does not lie in the segment or is
// shorter than any.
func dictionaryAt(body []byte, at uint64) []byte {
	c := cursor{b: body, at: at}
	b := c.bytes(c.varint())
	if c.bad || len(b) < dictionaryHead+dictionaryTail {
		return nil
	}
	return b
}

// soundValues reports whether doc values from start to end have a table that lies
// among them.
func soundValues(body []byte, start, end uint64) bool {
	if end > uint64(len(body)) || start > end || end-start < 16 {
		return false
	}
	table := binary.BigEndian.Uint64(body[end-16:])
	chunks := binary.BigEndian.Uint64(body[end-8:])
	return table <= end-start-16 && chunks <= table
}
