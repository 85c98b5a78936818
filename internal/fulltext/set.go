package fulltext

import (
	"encoding/binary"
	"math/bits"
)

// set is a roaring bitmap as zap writes one, of containers of up to 65536 numbers
// each, without runs: a mark and the number of containers, 4 bytes each; of each
// container its number and its size less one, 2 bytes each; where each lies, 4 bytes;
// and then the containers, little-endian, the small ones lists of 2 bytes a number,
// the others 8192 bytes of bits.
type set struct {
	heads, containers []byte
	count             uint64
}

const (
	setMark  = 12346
	listSize = 4096 // numbers in the largest list
	bitsSize = 8192 // bytes of bits
)

// readSet reports whether all of b is a set.
func readSet(b []byte) (s set, ok bool) {
	le := binary.LittleEndian
	if len(b) < 8 || le.Uint32(b) != setMark {
		return s, false
	}
	n := uint64(le.Uint32(b[4:]))
	if n == 0 || n > 1<<16 || n*8 > uint64(len(b)-8) {
		return s, false
	}
	s.heads, s.containers = b[8:8+4*n], b[8+8*n:]
	size := 0
	last := -1
	for h := s.heads; len(h) > 0; h = h[4:] {
		key, count := int(le.Uint16(h)), int(le.Uint16(h[2:]))+1
		if key <= last {
			return s, false
		}
		last = key
		s.count += uint64(count)
		size += containerSize(count)
	}
	return s, size == len(s.containers)
}

func containerSize(count int) int {
	if count > listSize {
		return bitsSize
	}
	return 2 * count
}

// each calls f with all numbers, in order, until it returns false. It reports whether
// they are in order, as many as they should be, and f returned true.
func (s *set) each(f func(uint64) bool) bool {
	le, rest := binary.LittleEndian, s.containers
	for h := s.heads; len(h) > 0; h = h[4:] {
		base, count := uint64(le.Uint16(h))<<16, int(le.Uint16(h[2:]))+1
		c := rest[:containerSize(count)]
		rest = rest[len(c):]
		if count > listSize && !eachBit(c, base, count, f) || count <= listSize && !eachListed(c, base, f) {
			return false
		}
	}
	return true
}

func eachListed(c []byte, base uint64, f func(uint64) bool) bool {
	for last := -1; len(c) > 0; c = c[2:] {
		n := int(binary.LittleEndian.Uint16(c))
		if n <= last || !f(base+uint64(n)) {
			return false
		}
		last = n
	}
	return true
}

func eachBit(c []byte, base uint64, count int, f func(uint64) bool) bool {
	for i := 0; i < len(c); i += 8 {
		for x := binary.LittleEndian.Uint64(c[i:]); x != 0; x &= x - 1 {
			if count--; !f(base + uint64(8*i+bits.TrailingZeros64(x))) {
				return false
			}
		}
	}
	return count == 0
}
