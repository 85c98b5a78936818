package abbrev

import (
	"math/bits"

	words "postil/internal/text"
)

// Most of a text is small letters and blanks, which nothing here looks at one by
// one. The functions of this file and of marks.go pass over them eight bytes at a
// time: each byte of a word is tested by an addition that carries into its highest
// bit and no further (Warren, Hacker's Delight, 6-1).

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// within has the highest bit set of each byte of w that is from lo to hi, which
// are ASCII.
func within(w uint64, lo, hi uint64) uint64 {
	low := w &^ highs
	return (low + (0x80-lo)*ones) &^ (low + (0x7F-hi)*ones) &^ w & highs
}

// zeros has the highest bit set of the first byte of w that is zero, and perhaps
// of others after it (Warren, 6-1).
func zeros(w uint64) uint64 { return (w - ones) &^ w & highs }

// toCapital is the offset from i on of the first ASCII capital, opening bracket or
// byte that may start a full-width bracket.
func toCapital(text string, i int) int {
	for ; i+8 <= len(text); i += 8 {
		w := words.Load64(text, i)
		// In ASCII, [ follows Z.
		if m := within(w, 'A', '[') | zeros(w^'('*ones) | zeros(w^0xEF*ones); m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	for i < len(text) && class[text[i]]&(isUpper|isOpen|isWide) == 0 {
		i++
	}
	return i
}

// afterSmall is the offset from i on of the first byte that is no small ASCII
// letter.
func afterSmall(text string, i int) int {
	for ; i+8 <= len(text); i += 8 {
		if m := highs &^ within(words.Load64(text, i), 'a', 'z'); m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	for i < len(text) && class[text[i]]&isLower != 0 {
		i++
	}
	return i
}

// toName is the offset from i on of the first ASCII capital or byte that may
// start one with an accent.
func toName(text string, i int) int {
	for ; i+8 <= len(text); i += 8 {
		w := words.Load64(text, i)
		if m := within(w, 'A', 'Z') | within(w^highs, 0xC3^0x80, 0xC5^0x80); m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	for i < len(text) && class[text[i]]&(isUpper|isAccent) == 0 {
		i++
	}
	return i
}
