package text

import "math/bits"

// BlockSize is the number of bytes that a Block tells of.
const BlockSize = 64

// Block is a stretch of a text as bitmaps, the first byte in the lowest bit. A
// bitmap says in one step what would take a branch for every byte, and the ends
// of words are found by adding; the idea is that of simdjson (Langdale and
// Lemire, Parsing Gigabytes of JSON per Second, VLDB Journal 28, 2019), here with
// ordinary arithmetic on eight bytes at a time.
type Block struct {
	Word  uint64 // ASCII letters, digits and underscores
	Space uint64 // the character U+0020
	Wide  uint64 // bytes beyond ASCII
}

// BlockAt reads the block of s from byte i on, where there must be so many bytes.
func BlockAt(s string, i int) (b Block) {
	s = s[i : i+BlockSize]
	x0, x1, x2, x3 := Load64(s, 0), Load64(s, 8), Load64(s, 16), Load64(s, 24)
	x4, x5, x6, x7 := Load64(s, 32), Load64(s, 40), Load64(s, 48), Load64(s, 56)
	b.Word = words(x0) | words(x1)<<8 | words(x2)<<16 | words(x3)<<24 |
		words(x4)<<32 | words(x5)<<40 | words(x6)<<48 | words(x7)<<56
	b.Space = blanks(x0) | blanks(x1)<<8 | blanks(x2)<<16 | blanks(x3)<<24 |
		blanks(x4)<<32 | blanks(x5)<<40 | blanks(x6)<<48 | blanks(x7)<<56
	if (x0|x1|x2|x3|x4|x5|x6|x7)&high != 0 {
		for k := 0; k < BlockSize; k += 8 {
			b.Wide |= gather(Load64(s, k)&high) << k
		}
	}
	return b
}

func words(x uint64) uint64  { return gather(^NotWord(x) & high) }
func blanks(x uint64) uint64 { return gather(^((x&^high ^ space) + 0x7F*ones | x) & high) }

// gather brings the high bits of the eight bytes of x together in the lowest byte;
// x has no other bits. The product puts bit 8k+7 at 56+k, and no two at one place.
func gather(x uint64) uint64 { return (x >> 7) * 0x0102040810204080 >> 56 }

// Joined are the places in the block of s at byte i, of those before bit n, where a
// single sign between ASCII letters or digits makes one token of both sides, as in
// "don't" and "1.5".
func (b *Block) Joined(s string, i, n int) (joined uint64) {
	single := b.Word << 1 & (b.Word >> 1) &^ (b.Word | b.Space) & (1<<n - 1)
	for ; single != 0; single &= single - 1 {
		k := i + bits.TrailingZeros64(single)
		if side := classes[s[k-1]]; side == classes[s[k+1]] && joins(classes[s[k]], side) {
			joined |= single & -single
		}
	}
	return joined
}
