package fulltext

import "math/bits"

// set is a roaring bitmap as zap writes one, of containers of up to 65536 numbers
// each, without runs: a mark and the number of containers, 4 bytes each; of each
// container its number and its size less one, 2 bytes each; where each lies, 4 bytes;
// and then the containers, little-endian, the small ones lists of 2 bytes a number,
// the others 8192 bytes of bits.
type set struct {
	heads, containers []byte
	count             int
}

const (
	setMark  = 12346
	listSize = 4096 // numbers in the largest list
	bitsSize = 8192 // bytes of bits
)

// read reports whether all of b is a set, as far as its heads tell.
func (s *set) read(b []byte) bool {
	if len(b) < 8 || littleEndian(b[:4]) != setMark {
		return false
	}
	n := littleEndian(b[4:8])
	if n == 0 || n > uint64(len(b)-8)/8 {
		return false
	}
	s.heads, s.containers = b[8:8+4*n], b[8+8*n:]
	size, last := 0, -1
	for h := s.heads; len(h) > 0; h = h[4:] {
		key, count, bytes := container(h)
		if key <= last {
			return false
		}
		last = key
		s.count += count
		size += bytes
	}
	return size == len(s.containers)
}

// container reads the head of one: its number, its size, and how many bytes it takes.
//
//go:noinline
func container(head []byte) (key, count, bytes int) {
	key, count = int(littleEndian(head[:2])), int(littleEndian(head[2:4]))+1
	if count > listSize {
		return key, count, bitsSize
	}
	return key, count, 2 * count
}

// each calls f with all numbers, in order, until it returns false. It reports whether
// they are in order, as many as they should be, and f returned true.
func (s *set) each(f func(uint64) bool) bool {
	rest := s.containers
	for h := s.heads; len(h) > 0; h = h[4:] {
		key, count, bytes := container(h)
		step := 2
		if count > listSize {
			step = 8
		}
		last := -1
		for i := 0; i < bytes; i += step {
			x := littleEndian(rest[i : i+step])
			if step == 2 { // a number of the list, as if it were a bit
				if int(x) <= last || !f(uint64(key)<<16|x) {
					return false
				}
				count--
				last = int(x)
				continue
			}
			for ; x != 0; x &= x - 1 {
				if count--; !f(uint64(key<<16 | 8*i + bits.TrailingZeros64(x))) {
					return false
				}
			}
		}
		if count != 0 {
			return false
		}
		rest = rest[bytes:]
	}
	return true
}
