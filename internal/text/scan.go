package text

import "math/bits"

// Eight bytes at a time: each of these has one bit, or one small number, in
// every byte of a word.
const (
	high  = 0x8080808080808080
	ones  = 0x0101010101010101
	space = 0x20 * ones // what differs between small letters and capitals
)

// NotWord has the high bit of every byte of x set that is no ASCII letter, digit
// or underscore, and no other bit. No addition carries into the next byte, since
// the bytes are cut to seven bits.
func NotWord(x uint64) uint64 {
	y := x &^ high
	folded := y | space
	letter := (folded + (0x80-'a')*ones) &^ (folded + (0x7F-'z')*ones)
	digit := (y + (0x80-'0')*ones) &^ (y + (0x7F-'9')*ones)
	underscore := ^((y ^ '_'*ones) + 0x7F*ones)
	return ^((letter | digit | underscore) &^ x) & high
}

// Scan finds the next token from byte i of s on, as far as ASCII alone decides
// what it is. If end is start, it does not: Next says what is at start, unless
// that is the end of s. A token that Scan finds has at least eight bytes of s
// from its start on.
func Scan(s string, i int) (start, end int) {
	if i < len(s) && s[i] == ' ' {
		i++ // what mostly stands before a token
	}
	for i+8 <= len(s) {
		x := Load64(s, i)
		m := NotWord(x)
		if m&0x80 == 0 {
			return i, wordEnd(s, i, m)
		}
		k := bits.TrailingZeros64((^m | x) & high)
		if k < 8 {
			return i, i
		}
		i += k >> 3
	}
	return i, i
}

// wordEnd returns the end of the token that starts at i, or i where it takes more
// than ASCII to tell; m is what NotWord says of the eight bytes there.
func wordEnd(s string, i int, m uint64) int {
	end := i
	for m == 0 {
		if end += 8; end+8 > len(s) {
			return i
		}
		m = NotWord(Load64(s, end))
	}
	end += bits.TrailingZeros64(m) >> 3
	// What follows may join the token to another, but only if a part of a token
	// comes after it.
	if end+1 == len(s) || !Ends(s[end], s[end+1]) {
		return i
	}
	return end
}

// Ends reports whether a token certainly ends before the bytes c and next.
func Ends(c, next byte) bool {
	return c == ' ' || classes[c] == other || classes[c] < beyond && classes[next] == other
}

// Next reads one token, one character that is part of none, or a stretch up to
// a space, from byte i of s on. It appends the tokens and returns where to go on.
func Next(dst []Token, s string, i int) ([]Token, int) {
	c := classes[s[i]]
	if c < beyond {
		return dst, i + 1
	}
	start := i
	if c >= extend {
		i = scanASCII(s, i, c)
		if i == len(s) || !needsDecoding(s, i) {
			return append(dst, Token{Start: uint32(start), End: uint32(i)}), i
		}
	}
	return scanWide(dst, s, start)
}

// IsSmall reports whether s is nothing but ASCII small letters, so that it is its
// own normal form but for its ending.
func IsSmall(s string) bool {
	for ; len(s) >= 8; s = s[8:] {
		if !allSmall(Load64(s, 0)) {
			return false
		}
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

func allSmall(x uint64) bool {
	y := x &^ high
	return (y+(0x80-'a')*ones)&^(y+(0x7F-'z')*ones)&^x&high == high
}
