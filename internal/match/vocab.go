package match

import (
	"errors"
	"math/bits"

	"postil/internal/index"
	"postil/internal/text"
)

// vocabulary is a hash table from normal forms to classes, open-addressed with
// linear probing. One byte of the hash of every slot stands apart, so that eight
// slots are looked at in one step, and a word that the table does not have
// rarely costs more than that; the idea is that of Abseil's "Swiss tables"
// (Kulukundis, Designing a Fast, Efficient, Cache-friendly Hash Table, CppCon
// 2017), here with ordinary arithmetic on 64 bits.
type vocabulary struct {
	tags  string // of the slots, the first eight again at the end; 0 in empty ones
	slots string
	keys  string
	mask  uint32
	shift uint8
}

const (
	slotSize  = 20
	groupSize = 8 // slots that are looked at together
	inSlot    = 8 // bytes of a key that stand in its slot

	high = 0x8080808080808080
	ones = 0x0101010101010101
)

func (v *vocabulary) open(b []byte) error {
	if len(b) < 16 {
		return errors.New("the header is cut off")
	}
	slots, keys := uint64(u32(b, 0)), uint64(u32(b, 2))
	if slots < groupSize || slots&(slots-1) != 0 || uint64(len(b)) != 16+slots+groupSize+slots*slotSize+keys {
		return errors.New("the table has not the size that its header says")
	}
	b = b[16:]
	all := index.String(b)
	v.tags, all = all[:slots+groupSize], all[slots+groupSize:]
	v.slots, v.keys = all[:slots*slotSize], all[slots*slotSize:]
	return v.setSize(int(slots))
}

// maxSlots is the largest table.
const maxSlots = 1 << 23

// slotsFor is the size of a table for a number of words.
func slotsFor(words int) int { return max(groupSize, 1<<bits.Len(uint(words*5/3))) }

func (v *vocabulary) setSize(slots int) error {
	if slots > maxSlots {
		return errors.New("the table is too large")
	}
	v.mask = uint32(slots - 1)
	v.shift = uint8(64 - bits.TrailingZeros(uint(slots)))
	return nil
}

// home is the slot where the search for a hash begins, tagOf its byte: the upper
// bits of the hash, which are the best of a product, and those below.
func (v *vocabulary) home(h uint64) uint32 { return uint32(h >> (v.shift & 63)) }
func (v *vocabulary) tagOf(h uint64) byte  { return byte(h>>((v.shift-7)&63)) | 0x80 }

// probe calls try with the slots that may have a hash, until it returns true.
func (v *vocabulary) probe(h uint64, try func(slot int) bool) {
	tag := v.tagOf(h)
	for i, n := v.home(h), uint32(0); n <= v.mask; i, n = (i+groupSize)&v.mask, n+groupSize {
		match, last := v.group(i, tag)
		for ; match != 0; match &= match - 1 {
			if try(v.slot(i, match)) {
				return
			}
		}
		if last {
			return
		}
	}
}

// group looks at eight slots from i on. It returns a bit for each slot that may
// have the tag, and whether the search ends here because one is empty.
func (v *vocabulary) group(i uint32, tag byte) (match uint64, last bool) {
	g := text.Load64(v.tags, int(i))
	x := g ^ uint64(tag)*ones
	return (x - ones) &^ x & high, ^g&high != 0
}

// slot is where in v.slots that of the lowest bit of a group's match is.
func (v *vocabulary) slot(i uint32, match uint64) int {
	return int((i+uint32(bits.TrailingZeros64(match))>>3)&v.mask) * slotSize
}

// beginning is what the slot at byte at has of its key.
func (v *vocabulary) beginning(at int) uint64 { return text.Load64(v.slots, at) }

// classAndNode are what the slot at byte at holds.
func (v *vocabulary) classAndNode(at int) (class, node uint32) {
	x := text.Load64(v.slots, at+inSlot+4)
	return uint32(x), uint32(x >> 32)
}

// find returns class and node of a normal form, or zeros.
func (v *vocabulary) find(key []byte) (class, node uint32) {
	if len(key) > MaxToken || len(key) == 0 {
		return 0, 0
	}
	s := index.String(key)
	begin := prefix(s)
	v.probe(hash(s), func(slot int) bool {
		if v.beginning(slot) != begin || len(s) >= inSlot && v.keyOf(slot) != s {
			return false
		}
		class, node = v.classAndNode(slot)
		return true
	})
	return class, node
}

// keyOf is the key of the slot at byte at, if it is so long that it does not stand
// there; "" if the tables do not fit together.
func (v *vocabulary) keyOf(at int) string {
	from := uint32(text.Load64(v.slots, at+4) >> 32)
	k := v.keys[min(int(from), len(v.keys)):]
	if len(k) == 0 || len(k) <= int(k[0]) {
		return ""
	}
	return k[1 : 1+int(k[0])]
}

// findShort is find for n ASCII letters, digits and underscores, fewer than a
// slot has room for, as a number with the bit of case set. It looks into a slot
// whether or not a tag fits, which costs less than a branch that cannot be
// foreseen.
func (v *vocabulary) findShort(key uint64, n int) (class, node uint32) {
	h := mix(0, key, n)
	i := v.home(h)
	match, last := v.group(i, v.tagOf(h))
	slot := v.slot(i, match|1<<63)
	if match&(match-1) != 0 || !last {
		return v.probeShort(h, key, n)
	}
	found := v.isShort(slot, key, n)
	class, node = v.classAndNode(slot)
	return class & found, node & found
}

// probeShort is findShort where one look at the table does not tell.
func (v *vocabulary) probeShort(h, key uint64, n int) (class, node uint32) {
	v.probe(h, func(slot int) bool {
		if v.isShort(slot, key, n) == 0 {
			return false
		}
		class, node = v.classAndNode(slot)
		return true
	})
	return class, node
}

// isShort has all bits set if the slot at byte at has the key, and none if it has
// not. With the bit of case set, no two of the characters that findShort takes
// are alike but the small letter and the capital, and none is like another of a key.
func (v *vocabulary) isShort(at int, key uint64, n int) uint32 {
	k, mask := v.beginning(at), firstBytes[n]
	differ := (k|spaces)&mask ^ key | k&^mask
	return uint32((differ|-differ)>>63) - 1
}

// findASCII is find for ASCII letters, digits and underscores in any case.
func (v *vocabulary) findASCII(word string) (class, node uint32) {
	n := len(word)
	first := prefix(word) | spaces
	if n < inSlot {
		return v.findShort(first&firstBytes[n], n)
	}
	h := mix(0, first, n)
	for i := 8; i < n; i += 8 {
		h = mix(h, text.Load64(word, min(i, n-8))|spaces, n)
	}
	return v.findLong(h, first, word)
}

// findLong is findASCII for a word of eight bytes or more with the hash h, of
// which the first eight bytes are given, with the bit of case set.
func (v *vocabulary) findLong(h, first uint64, word string) (class, node uint32) {
	i := v.home(h)
	match, last := v.group(i, v.tagOf(h))
	for seen := uint32(0); ; {
		for ; match != 0; match &= match - 1 {
			if slot := v.slot(i, match); v.beginning(slot)|spaces == first && equalFolded(v.keyOf(slot), word) {
				return v.classAndNode(slot)
			}
		}
		if seen += groupSize; last || seen > v.mask {
			return 0, 0
		}
		i = (i + groupSize) & v.mask
		match, last = v.group(i, v.tagOf(h))
	}
}

// equalFolded compares a key with a word of eight ASCII characters or more but for
// its case.
func equalFolded(key, word string) bool {
	n := len(word)
	if len(key) != n {
		return false
	}
	for i := 0; i < n; i += 8 {
		if at := min(i, n-8); text.Load64(key, at)|spaces != text.Load64(word, at)|spaces {
			return false
		}
	}
	return true
}

// spaces has the bit set in which small letters differ from capitals. Of the
// ASCII characters in tokens, digits and joining signs have it anyway, and the
// underscore with it is like no other.
const spaces = 0x20 * ones

// hash works on eight bytes at a time, the last of which may overlap those
// before, without regard to ASCII case. It mixes by multiplication with an odd
// constant (the golden ratio, as in Knuth, The Art of Computer Programming, 6.4).
func hash(key string) uint64 {
	n := len(key)
	if n < 8 {
		return mix(0, (prefix(key)|spaces)&(1<<(8*n)-1), n)
	}
	h := mix(0, prefix(key)|spaces, n)
	for i := 8; i < n; i += 8 {
		h = mix(h, text.Load64(key, min(i, n-8))|spaces, n)
	}
	return h
}

// prefix is what stands of a key in its slot: up to eight bytes, as a number.
func prefix(key string) (w uint64) {
	if len(key) >= inSlot {
		return text.Load64(key, 0)
	}
	for i := len(key) - 1; i >= 0; i-- {
		w = w<<8 | uint64(key[i])
	}
	return w
}

func mix(h, w uint64, n int) uint64 {
	const k = 0x9E3779B97F4A7C15
	return (h ^ h>>32 ^ w ^ uint64(n)<<56) * k
}

// Class returns the class of a normal form, 0 if it is unknown.
func (d *Dictionary) Class(normal []byte) uint32 {
	class, _ := d.vocab.find(normal)
	return class
}
