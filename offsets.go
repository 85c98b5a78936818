package postil

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
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b < 0x80 {
			continue
		}
		if b < 0xC0 {
			n-- // a continuation byte is no character
		} else if b >= 0xF0 && c.unit == UTF16 {
			n++ // a surrogate pair
		}
	}
	return n
}
