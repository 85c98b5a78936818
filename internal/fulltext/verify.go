package fulltext

import (
	"cmp"
	"math"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
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
	count uint64         // of fields
	last  string         // the field read last
	left  uint64         // bytes that nothing has been found in yet
	room  uint64         // bytes that may yet come of unpacking
	steps uint64         // steps that going through dictionaries may yet take
	set   roaring.Bitmap // of articles, used again
}

// Verify reads a whole segment, but for its checksum, and refuses what neither Build
// nor Merge writes and zap would stumble over. It takes time in proportion to the
// segment's size. The error wraps ErrCorrupt.
func Verify(data []byte) (err error) {
	defer guard(&err) // roaring panics at some sets that make no sense
	f, err := parseFooter(data)
	if err != nil {
		return err
	}
	body := data[:len(data)-zap.FooterSize]
	size := uint64(len(body))
	v := verifier{footer: f, body: body, left: size, room: maxRatio*size + moreRatio, steps: size + moreSteps}
	if f.docs == 0 || f.chunkMode != zap.DefaultChunkMode {
		return corrupt("its footer is not of a segment with articles")
	}
	index := cursor{b: body, at: f.fields}
	if v.count = index.varint(); v.count == 0 || !v.stored() {
		return corrupt("what is stored of its articles")
	}
	var bad error
	err = visitFields(body, f, func(name string, sections []byte) {
		if bad == nil && !v.field(name, sections) {
			bad = corrupt("field " + name)
		}
	})
	return cmp.Or(err, bad)
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

// unpacks notes that n bytes come of unpacking something, or an error: snappy takes
// memory for as many as it is told at first, and checks the rest itself.
func (v *verifier) unpacks(n uint64) bool {
	if n > maxStored || n > v.room {
		return false
	}
	v.room -= n
	return true
}

// field reads a field. Fields are in order, but for the id, and of the kinds of
// sections each of ours has one.
func (v *verifier) field(name string, sections []byte) bool {
	if name == "" || (v.last == "") != (name == idField) || v.last != idField && name <= v.last {
		return false
	}
	inverted, at := 0, uint64(0)
	for ; len(sections) >= 10; sections = sections[10:] {
		where := bigEndian(sections[2:10])
		if bigEndian(sections[:2]) == zap.SectionInvertedTextIndex {
			inverted++
			at = where
		} else if where != 0 {
			return false
		}
	}
	v.last = name
	if at == 0 && name != idField {
		return inverted == 1 // it is not searched
	}
	s, ok := sectionAt(v.body, at)
	return ok && inverted == 1 && v.dictionary(s.dictionary) && (s.start == math.MaxUint64 || v.docValues(s.start, s.end))
}

// stored reads the stored values of all articles.
func (v *verifier) stored() bool {
	index := cursor{b: v.body, at: v.footer.stored}
	end := uint64(0)
	for range v.docs {
		at := index.uint64()
		c := cursor{b: v.body, at: at}
		meta, data := c.varint(), c.varint()
		if at < end || !v.values(c.bytes(meta), c.bytes(data)) || c.bad || !v.spend(c.at-at) {
			return false
		}
		end = c.at
	}
	return true
}

// values reads what is stored of one article: the values follow each other.
func (v *verifier) values(meta, data []byte) bool {
	c := cursor{b: meta}
	id := c.varint()
	if id > uint64(len(data)) || !utf8.Valid(data[:id]) {
		return false
	}
	packed := cursor{b: data, at: id}
	size := packed.varint()
	if packed.bad || !v.unpacks(size) {
		return false
	}
	at := uint64(0)
	for n := 0; c.at < uint64(len(meta)) && !c.bad; n++ {
		field, kind, start, length := c.varint(), c.varint(), c.varint(), c.varint()
		if n >= maxValues || field == 0 || field >= v.count || kind > math.MaxUint8 || start < at || start > size || length > size-start {
			return false
		}
		at = start + length
		c.positions()
	}
	return !c.bad
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
	if !v.spend(end - start) {
		return false
	}
	first := end - 16 - bigEndian(v.body[end-16:end-8])
	if bigEndian(v.body[end-8:end]) != (v.docs-1)/dvChunk+1 {
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
	size := c.varint()
	return !c.bad && last <= size && v.unpacks(size)
}
