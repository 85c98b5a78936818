package postil

import (
	"math/bits"

	"postil/internal/text"
)

// counter turns byte offsets of a text into another unit. It remembers where it
// was, so that offsets in ascending order, or nearly so, cost one pass.
type counter struct {
	text string
	unit Offsets
	at   int // bytes
	n    int // units before at
}

// units returns the number of units before the byte offset.
func (c *counter) units(offset int) int {
	if c.unit == UTF8 {
		return offset
	}
	if offset >= c.at {
		c.n += c.count(c.text[c.at:offset])
	} else {
		c.n -= c.count(c.text[offset:c.at])
	}
	c.at = offset
	return c.n
}

func (c *counter) count(s string) int {
	n := len(s)
	for ; len(s) >= 8; s = s[8:] {
		n += c.excess(text.Load64(s, 0))
	}
	if len(s) > 0 {
		var x uint64
		for i := len(s) - 1; i >= 0; i-- {
			x = x<<8 | uint64(s[i])
		}
		n += c.excess(x)
	}
	return n
}

// excess is by how much the units of eight bytes of UTF-8 are more than eight.
func (c *counter) excess(x uint64) (n int) {
	const high = 0x8080808080808080
	if x&high == 0 {
		return 0
	}
	n = -bits.OnesCount64(x &^ (x << 1) & high) // a continuation byte is no character
	if c.unit == UTF16 {
		n += bits.OnesCount64(x & (x << 1) & (x << 2) & (x << 3) & high) // a surrogate pair
	}
	return n
}
