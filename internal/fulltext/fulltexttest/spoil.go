// Package fulltexttest makes of sound segments such as somebody might send who means
// harm, for the tests of what reads them.
package fulltexttest

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
)

// footer is how many bytes at the end of a segment say where the rest is, and checksum
// how many of these are left as they are: who forges a segment computes them anew.
const footer, checksum = 52, 4

// Spoil changes a few bytes of a segment and says where.
func Spoil(r *rand.Rand, segment []byte) string {
	b := segment[:len(segment)-checksum]
	at := r.IntN(len(b))
	end := min(at+1+r.IntN(12), len(b))
	switch r.IntN(7) {
	case 0:
		b[at] = byte(r.IntN(256))
	case 1:
		b[at] ^= 1 << r.IntN(8)
	case 2:
		b[at] += byte(r.IntN(5)) - 2
	case 3:
		b[at] = []byte{0, 1, 127, 128, 255}[r.IntN(5)]
	case 4:
		copy(b[at:], binary.AppendUvarint(nil, r.Uint64()>>r.IntN(64)))
	case 5:
		copy(b[at:end], b[r.IntN(len(b)):])
	case 6:
		at = len(segment) - footer + r.IntN(footer-checksum)
		b[at] ^= 1 << r.IntN(8)
	}
	return fmt.Sprintf("byte %d of %d", at, len(segment))
}
