package match

import (
	"encoding/binary"
	"errors"
	"math/bits"

	"postil/internal/text"
)

// vocabulary is a hash table with linear probing from normal forms to classes.
type vocabulary struct {
	slots []byte
	keys  []byte
	mask  uint32
	shift uint8
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
	if len(key) > MaxToken || len(key) == 0 {
		return 0, 0
	}
	s := stringOf(key)
	h := hash(s)
	tag := tagOf(h)
	for i, n := v.home(h), uint32(0); n <= v.mask; i, n = (i+1)&v.mask, n+1 {
		slot := v.slots[i*slotSize : i*slotSize+slotSize : i*slotSize+slotSize]
		t := binary.LittleEndian.Uint32(slot)
		if t == 0 {
			return 0, 0
		}
		if t == tag && v.keyAt(binary.LittleEndian.Uint32(slot[4:])) == s {
			return binary.LittleEndian.Uint32(slot[8:]), binary.LittleEndian.Uint32(slot[12:])
		}
	}
	return 0, 0
}

// keyAt is the key at an offset, "" if the tables do not fit together.
func (v *vocabulary) keyAt(at uint32) string {
	k := v.keys[min(int(at), len(v.keys)):]
	if len(k) == 0 || len(k) <= int(k[0]) {
		return ""
	}
	return stringOf(k[1 : 1+int(k[0])])
}

// findASCII is find for s[start:end], ASCII letters, digits and underscores in
// any case, with at least eight bytes of s from start on.
func (v *vocabulary) findASCII(s string, start, end int) (class, node uint32) {
	h := hashFolded(s, start, end)
	tag := tagOf(h)
	for i, n := v.home(h), uint32(0); n <= v.mask; i, n = (i+1)&v.mask, n+1 {
		slot := v.slots[i*slotSize : i*slotSize+slotSize : i*slotSize+slotSize]
		t := binary.LittleEndian.Uint32(slot)
		if t == 0 {
			return 0, 0
		}
		if t == tag && equalFolded(v.keyAt(binary.LittleEndian.Uint32(slot[4:])), s, start, end) {
			return binary.LittleEndian.Uint32(slot[8:]), binary.LittleEndian.Uint32(slot[12:])
		}
	}
	return 0, 0
}

// spaces has the bit set in which small letters differ from capitals. Of the
// ASCII characters in tokens, digits and joining signs have it anyway, and the
// underscore with it is like no other.
const spaces = 0x2020202020202020

// hash works on eight bytes at a time, the last of which may overlap those
// before, without regard to ASCII case. It mixes by multiplication with an odd
// constant (the golden ratio, as in Knuth, The Art of Computer Programming, 6.4).
func hash(key string) uint64 {
	if len(key) >= 8 {
		return hashFolded(key, 0, len(key))
	}
	return mix(0, short(key), len(key))
}

// short is a key of less than eight bytes as a number, with the bit of case set.
func short(key string) (w uint64) {
	for i := len(key) - 1; i >= 0; i-- {
		w = w<<8 | uint64(key[i]|0x20)
	}
	return w
}

// hashFolded is the hash of s[start:end]; s has eight bytes from start on.
func hashFolded(s string, start, end int) uint64 {
	n := end - start
	w := text.Load64(s, start) | spaces
	if n < 8 {
		return mix(0, w&(1<<(8*n)-1), n)
	}
	h := mix(0, w, n)
	for i := start + 8; i < end; i += 8 {
		h = mix(h, text.Load64(s, min(i, end-8))|spaces, n)
	}
	return h
}

func mix(h, w uint64, n int) uint64 {
	const k = 0x9E3779B97F4A7C15
	x := (h ^ w ^ uint64(n)<<56) * k
	return (x ^ x>>32) * k
}

// equalFolded compares a key with s[start:end], of which findASCII says more.
// With the bit of case set, no two of the characters there are alike but the
// small letter and the capital, and none is like another of a key.
func equalFolded(key, s string, start, end int) bool {
	n := end - start
	if len(key) != n {
		return false
	}
	if n < 8 {
		return (text.Load64(s, start)|spaces)&(1<<(8*n)-1) == short(key)
	}
	for i := 0; i < n; i += 8 {
		at := min(i, n-8)
		if text.Load64(key, at)|spaces != text.Load64(s, start+at)|spaces {
			return false
		}
	}
	return true
}

// Class returns the class of a normal form, 0 if it is unknown.
func (d *Dictionary) Class(normal []byte) uint32 {
	class, _ := d.vocab.find(normal)
	return class
}
