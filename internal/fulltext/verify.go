package fulltext

import (
	"encoding/binary"
	"fmt"
	"math"
	"unicode/utf8"

	zap "github.com/blevesearch/zapx/v16"
)

// zap trusts the bytes of a segment: it takes memory by numbers that it reads
// there, and slices by others. Checksums only tell what somebody meant to write,
// who may mean harm. So what comes from elsewhere is read here first, all of it
// and with bounds of our own, and is refused if it is not as zap writes it. What
// passes makes zap neither panic nor take memory or time that the segment's size
// does not explain.

const (
	// maxFields is far above what Mapping has.
	maxFields = 64
	// maxNesting bounds the array positions of a value; a list has one.
	maxNesting = 4
	// maxValues bounds the stored values of one article, terms most of all.
	maxValues = 1 << 16
	// maxStored bounds what one article's stored values, or the doc values of a
	// thousand, are unpacked to, in bytes.
	maxStored = 16 << 20
	// All of them together are at most so many times the segment, and a bit. Words
	// take more in the segment than as text; only what has none is packed better.
	maxRatio, moreRatio = 8, 4 << 20
	// Going through all terms letter by letter takes at most as many steps as the
	// segment has bytes, and a few: of most words it has more than the letters.
	moreSteps = 1 << 20
	// maxWord is the longest term, in bytes: a search keeps a state for each.
	maxWord = 64 << 10
	// dvChunk is how many articles' doc values zap packs together.
	dvChunk = 1024
)

// verifier reads a segment.
type verifier struct {
	footer
	body  []byte
	names []string // of the fields
	left  uint64   // bytes that nothing has been found in yet
	room  uint64   // bytes that may yet come of unpacking
	steps uint64   // steps that going through dictionaries may yet take
}

// Verify reads a whole segment, but for its checksum, and refuses what neither Build
// nor Merge writes and zap would stumble over. It takes time in proportion to the
// segment's size. The error wraps ErrCorrupt.
func Verify(data []byte) error {
	f, err := parseFooter(data)
	if err != nil {
		return err
	}
	body := data[:len(data)-zap.FooterSize]
	size := uint64(len(body))
	v := verifier{footer: f, body: body, left: size, room: maxRatio*size + moreRatio, steps: size + moreSteps}
	if f.docs == 0 || f.chunkMode != zap.DefaultChunkMode {
		return fmt.Errorf("%w: its footer is not of a segment with articles", ErrCorrupt)
	}
	places, err := v.fields()
	if err != nil {
		return err
	}
	if err := v.stored(); err != nil {
		return err
	}
	for i, at := range places {
		if at == 0 && i > 0 {
			continue // it is not searched
		}
		c := cursor{b: body, at: at}
		start, end, dictionary := c.varint(), c.varint(), c.varint()
		if c.bad || at == 0 || !v.dictionary(dictionary) {
			return fmt.Errorf("%w: the dictionary of field %q", ErrCorrupt, v.names[i])
		}
		if start != math.MaxUint64 && !v.docValues(start, end) {
			return fmt.Errorf("%w: the values of field %q", ErrCorrupt, v.names[i])
		}
	}
	return nil
}

// spend notes that something of n bytes has been found, and reports whether there
// are as many: what is found twice could be found a million times.
func (v *verifier) spend(n uint64) bool {
	if n > v.left {
		return false
	}
	v.left -= n
	return true
}

// unpacks notes that n bytes come of unpacking something.
func (v *verifier) unpacks(n uint64) bool {
	if n > maxStored || n > v.room {
		return false
	}
	v.room -= n
	return true
}

// fields reads the index of fields, which are in order but for the id, and returns
// where the only section lies that each of ours can have.
func (v *verifier) fields() (places []uint64, err error) {
	sound := true
	err = visitFields(v.body, v.footer, func(name string, sections []byte) {
		inverted, at := 0, uint64(0)
		for ; len(sections) >= 10; sections = sections[10:] {
			where := binary.BigEndian.Uint64(sections[2:])
			if binary.BigEndian.Uint16(sections) == zap.SectionInvertedTextIndex {
				inverted++
				at = where
			} else if where != 0 {
				sound = false
			}
		}
		n := len(v.names)
		sound = sound && inverted == 1 && (n == 0) == (name == idField) && (n < 2 || v.names[n-1] < name)
		v.names, places = append(v.names, name), append(places, at)
	})
	if err == nil && (!sound || len(v.names) == 0) {
		err = fmt.Errorf("%w: its fields are not those of articles", ErrCorrupt)
	}
	return places, err
}

// stored reads the stored values of all articles.
func (v *verifier) stored() error {
	end := uint64(0)
	for doc := range v.docs {
		at := binary.BigEndian.Uint64(v.body[v.footer.stored+8*doc:])
		c := cursor{b: v.body, at: at}
		meta, data := c.varint(), c.varint()
		sound := at >= end && v.values(c.bytes(meta), c.bytes(data))
		if c.bad || !sound || !v.spend(c.at-at) {
			return fmt.Errorf("%w: what is stored of article %d", ErrCorrupt, doc)
		}
		end = c.at
	}
	return nil
}

// values reads what is stored of one article: the values follow each other.
func (v *verifier) values(meta, data []byte) bool {
	c := cursor{b: meta}
	id := c.varint()
	if id > uint64(len(data)) || !utf8.Valid(data[:id]) {
		return false
	}
	size, ok := unpacked(data[id:])
	if !ok || !v.unpacks(size) {
		return false
	}
	var seen uint64 // a bit for each field
	at := uint64(0)
	for n := 0; c.at < uint64(len(meta)) && !c.bad; n++ {
		field, kind, start, length := c.varint(), c.varint(), c.varint(), c.varint()
		if n >= maxValues || field == 0 || field >= uint64(len(v.names)) || kind > math.MaxUint8 || start < at || start > size || length > size-start {
			return false
		}
		if seen&(1<<field) != 0 && onlyOnce(v.names[field]) {
			return false
		}
		seen |= 1 << field
		at = start + length
		c.positions()
	}
	return !c.bad
}

// onlyOnce reports whether an article has one value of a field at most: places are
// told by the bytes before them.
func onlyOnce(field string) bool {
	switch field {
	case FieldTitle, FieldText, FieldURL, FieldPublished, noteField:
		return true
	}
	return false
}

// positions skips the places of a value in lists of lists.
func (c *cursor) positions() {
	n := c.varint()
	c.bad = c.bad || n > maxNesting
	for ; n > 0 && !c.bad; n-- {
		c.varint()
	}
}

// docValues reads the doc values of a field: chunks, then the ends of the chunks,
// then the length and the number of these.
func (v *verifier) docValues(start, end uint64) bool {
	if !soundValues(v.body, start, end) || !v.spend(end-start) {
		return false
	}
	tail := v.body[end-16:]
	first := end - 16 - binary.BigEndian.Uint64(tail)
	if binary.BigEndian.Uint64(tail[8:]) != (v.docs-1)/dvChunk+1 {
		return false
	}
	ends := cursor{b: v.body[:end-16], at: first}
	from := start
	for chunk := uint64(0); chunk*dvChunk < v.docs; chunk++ {
		to := ends.varint()
		if ends.bad || to > first-start || start+to < from {
			return false
		}
		if to += start; to > from && !v.valuesChunk(v.body[from:to], chunk) {
			return false
		}
		from = to
	}
	return true
}

// valuesChunk reads a chunk of doc values: how many articles have some, for each
// its number and where its values end, then all values packed.
func (v *verifier) valuesChunk(b []byte, chunk uint64) bool {
	c := cursor{b: b}
	n := c.varint()
	next, last := chunk*dvChunk, uint64(0)
	for range min(n, dvChunk) {
		doc, end := c.varint(), c.varint()
		if c.bad || doc < next || doc >= min(v.docs, (chunk+1)*dvChunk) || end < last {
			return false
		}
		next, last = doc+1, end
	}
	if c.bad || n > dvChunk {
		return false
	}
	size, ok := unpacked(b[c.at:])
	return ok && last <= size && v.unpacks(size)
}
