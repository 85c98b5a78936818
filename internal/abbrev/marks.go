package abbrev

import (
	"math/bits"

	words "postil/internal/text"
)

// marker finds the places of a text where a definition may be: its brackets and
// the words with two capitals. Most capitals are the only one of their word, and a
// branch for each would cost more than all of this.
type marker struct {
	// capital is 1 if a capital stands before the word at hand with no blank between.
	capital uint64
}

// at has the highest bit set of the bytes of text[i:i+8], as far as there are so
// many, that may start an opening bracket, or are capitals behind another one
// without a blank between; perhaps also of others.
func (m *marker) at(text string, i int) uint64 {
	w := wordAt(text, i)
	low := w &^ highs
	fromBracket := low + (0x80-'[')*ones // [ follows Z
	upper := (low + (0x80-'A')*ones) &^ fromBracket &^ w & highs
	square := fromBracket &^ (low + (0x7F-'[')*ones) &^ w
	joined := (low + (0x7F-' ')*ones) &^ upper &^ w & highs // no capitals, no blanks
	return m.second(upper, joined) | square&highs | zeros(w^'('*ones) | zeros(w^0xEF*ones)
}

// second is what of upper follows on another with nothing but joined between: a
// carry runs from behind each capital through all that is joined, to the capital
// where it ends. Both have highest bits of bytes only.
func (m *marker) second(upper, joined uint64) uint64 {
	full := joined<<1 - joined>>7 // all bits of these bytes
	sum, carry := bits.Add64(full, upper<<1|m.capital, 0)
	m.capital = carry | upper>>63
	return sum << 7 & upper
}

// wordAt is text[i:i+8] as a number, with zeros for what is not there.
func wordAt(text string, i int) (w uint64) {
	if i+8 <= len(text) {
		return words.Load64(text, i)
	}
	for k := len(text) - 1; k >= i; k-- {
		w = w<<8 | uint64(text[k])
	}
	return w
}
