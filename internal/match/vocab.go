package match

import (
	"encoding/binary"
	"errors"
	"math/bits"
	"strings"

	"postil/internal/text"
)

// vocabulary is a hash table with linear probing from normal forms to classes.
type vocabulary struct {
	slots []byte
	keys  []byte
	mask  uint32
	shift uint8
	n     uint32
}

const slotSize = 16

func (v *vocabulary) open(b []byte) error {
	if len(b) < 16 {
		return errors.New("the header is cut off")
	}
	slots, keys := uint64(u32(b, 0)), uint64(u32(b, 2))
	if slots == 0 || slots&(slots-1) != 0 || uint64(len(b)) != 16+slots*slotSize+keys {
		return errors.New("the table has not the size that its header says")
	}
	v.n = u32(b, 1)
	v.slots, v.keys = b[16:16+slots*slotSize], b[16+slots*slotSize:]
	return v.setSize(int(slots))
}

func (v *vocabulary) setSize(slots int) error {
	if slots > 1<<27 {
		return errors.New("the table is too large")
	}
	v.mask = uint32(slots - 1)
	v.shift = uint8(32 - bits.TrailingZeros(uint(slots)))
	return nil
}

// home is the slot where the search for a hash begins, tagOf what the slot says
// of it: the lower and the upper half of the hash.
func (v *vocabulary) home(h uint64) uint32 { return uint32(uint64(uint32(h))>>v.shift) & v.mask }
func tagOf(h uint64) uint32                { return uint32(h>>32) | 1 }

// find returns class and node of a normal form, or zeros.
func (v *vocabulary) find(key []byte) (class, node uint32) {
	if len(key) > MaxToken {
		return 0, 0
	}
	h := hash(key)
	tag := tagOf(h)
	for i, n := v.home(h), uint32(0); n <= v.mask; i, n = (i+1)&v.mask, n+1 {
		s := v.slots[i*slotSize : i*slotSize+slotSize : i*slotSize+slotSize]
		t := binary.LittleEndian.Uint32(s)
		if t == 0 {
			return 0, 0
		}
		if t == tag && v.is(binary.LittleEndian.Uint32(s[4:]), key) {
			return binary.LittleEndian.Uint32(s[8:]), binary.LittleEndian.Uint32(s[12:])
		}
	}
	return 0, 0
}

func (v *vocabulary) is(at uint32, key []byte) bool {
	k := v.keys[min(int(at), len(v.keys)):]
	return len(k) > len(key) && int(k[0]) == len(key) && string(k[1:1+len(key)]) == string(key)
}

// hash mixes eight bytes at a time by multiplication with an odd constant (the
// golden ratio, as in Knuth, The Art of Computer Programming, 6.4).
func hash(key []byte) uint64 {
	const k = 0x9E3779B97F4A7C15
	h := uint64(len(key)) * k
	for ; len(key) >= 8; key = key[8:] {
		h = fold(h^binary.LittleEndian.Uint64(key), k)
	}
	var w uint64
	for i := len(key) - 1; i >= 0; i-- {
		w = w<<8 | uint64(key[i])
	}
	return fold(h^w, k)
}

func fold(x, k uint64) uint64 {
	x *= k
	x ^= x >> 29
	return x * k
}

const zeroWidthSpace = "\u200b"

// glue makes one token of two with nothing but zero-width spaces between them,
// if the dictionary knows them as one.
func (d *Dictionary) glue(doc *Document) {
	kept := doc.Tokens[:0]
	for _, t := range doc.Tokens {
		if n := len(kept); n > 0 {
			last := &kept[n-1]
			gap := doc.Text[last.End:t.Start]
			if gap != "" && strings.Trim(gap, zeroWidthSpace) == "" && t.End-last.Start <= MaxToken {
				joined := strings.ReplaceAll(doc.Text[last.Start:t.End], zeroWidthSpace, "")
				if key, _ := text.Normal(nil, joined, d.English); d.Class(key) != 0 {
					last.End, last.Wide = t.End, true
					continue
				}
			}
		}
		kept = append(kept, t)
	}
	doc.Tokens = kept
}

// lookUp fills in what the dictionary knows of each token of doc.
func (d *Dictionary) lookUp(doc *Document) {
	if strings.Contains(doc.Text, zeroWidthSpace) {
		d.glue(doc)
	}
	for i := range doc.Tokens {
		t := doc.Tokens[i]
		if t.End-t.Start > 4*MaxToken {
			doc.Words = append(doc.Words, Word{})
			continue
		}
		key, ending := text.Normal(doc.scratch[:0], doc.Text[t.Start:t.End], d.English)
		doc.scratch = key
		class, node := d.vocab.find(key)
		doc.Words = append(doc.Words, Word{Class: class, node: node, Ending: ending})
	}
}

// Class returns the class of a normal form, 0 if it is unknown.
func (d *Dictionary) Class(normal []byte) uint32 {
	class, _ := d.vocab.find(normal)
	return class
}

// Classes is one more than the largest class.
func (d *Dictionary) Classes() int { return int(d.vocab.n) + 1 }
