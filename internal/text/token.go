// Package text splits text into tokens and brings tokens into normal form.
//
// Tokens are those of bleve's unicode tokenizer (Unicode Standard Annex #29,
// word boundaries, as github.com/blevesearch/segment reads them): the engine's
// matches, bleve's index and bleve's queries agree on what a word is. Most text
// never reaches that segmenter, though. A table-driven scan handles ASCII, the
// Latin and Cyrillic letters and the usual typographic punctuation; from the
// first character it does not know, it hands the stretch up to the next ASCII
// space to the segmenter. Both give the same tokens: a token is found from left
// to right without looking back beyond its start, and none contains a space, so
// the text may be cut at either.
//
// The normal form of a token is its compatibility composition (NFKC), case
// folded, without format characters and marks that may be left out, as the vowel
// points of Hebrew, without a possessive ending and, for
// English, without a plural ending. Other languages have stemmers: see Language.
package text

import "unicode/utf8"

// Token is a word of a text, at the byte offsets [Start, End).
type Token struct {
	Start, End uint32
	// Wide marks a token with characters beyond ASCII.
	Wide bool
}

// Character classes, named after the properties of UAX #29. A class above
// extend may be part of a token by itself.
const (
	other     = iota
	midLetter // between letters:  :
	midNum    // between digits:   , ;
	midNumLet // between either:   . '
	beyond    // not ASCII: decode first
	unknown   // leave it to the segmenter
	extend    // _
	letter
	digit
)

var classes = [256]uint8{
	':': midLetter, ',': midNum, ';': midNum, '.': midNumLet, '\'': midNumLet, '_': extend,
	'0': digit, '1': digit, '2': digit, '3': digit, '4': digit, '5': digit, '6': digit, '7': digit, '8': digit, '9': digit,
	'A': letter, 'B': letter, 'C': letter, 'D': letter, 'E': letter, 'F': letter, 'G': letter, 'H': letter, 'I': letter,
	'J': letter, 'K': letter, 'L': letter, 'M': letter, 'N': letter, 'O': letter, 'P': letter, 'Q': letter, 'R': letter,
	'S': letter, 'T': letter, 'U': letter, 'V': letter, 'W': letter, 'X': letter, 'Y': letter, 'Z': letter,
	'a': letter, 'b': letter, 'c': letter, 'd': letter, 'e': letter, 'f': letter, 'g': letter, 'h': letter, 'i': letter,
	'j': letter, 'k': letter, 'l': letter, 'm': letter, 'n': letter, 'o': letter, 'p': letter, 'q': letter, 'r': letter,
	's': letter, 't': letter, 'u': letter, 'v': letter, 'w': letter, 'x': letter, 'y': letter, 'z': letter,
	0x80: beyond, 0x81: beyond, 0x82: beyond, 0x83: beyond, 0x84: beyond, 0x85: beyond, 0x86: beyond, 0x87: beyond,
	0x88: beyond, 0x89: beyond, 0x8a: beyond, 0x8b: beyond, 0x8c: beyond, 0x8d: beyond, 0x8e: beyond, 0x8f: beyond,
	0x90: beyond, 0x91: beyond, 0x92: beyond, 0x93: beyond, 0x94: beyond, 0x95: beyond, 0x96: beyond, 0x97: beyond,
	0x98: beyond, 0x99: beyond, 0x9a: beyond, 0x9b: beyond, 0x9c: beyond, 0x9d: beyond, 0x9e: beyond, 0x9f: beyond,
	0xa0: beyond, 0xa1: beyond, 0xa2: beyond, 0xa3: beyond, 0xa4: beyond, 0xa5: beyond, 0xa6: beyond, 0xa7: beyond,
	0xa8: beyond, 0xa9: beyond, 0xaa: beyond, 0xab: beyond, 0xac: beyond, 0xad: beyond, 0xae: beyond, 0xaf: beyond,
	0xb0: beyond, 0xb1: beyond, 0xb2: beyond, 0xb3: beyond, 0xb4: beyond, 0xb5: beyond, 0xb6: beyond, 0xb7: beyond,
	0xb8: beyond, 0xb9: beyond, 0xba: beyond, 0xbb: beyond, 0xbc: beyond, 0xbd: beyond, 0xbe: beyond, 0xbf: beyond,
	0xc0: beyond, 0xc1: beyond, 0xc2: beyond, 0xc3: beyond, 0xc4: beyond, 0xc5: beyond, 0xc6: beyond, 0xc7: beyond,
	0xc8: beyond, 0xc9: beyond, 0xca: beyond, 0xcb: beyond, 0xcc: beyond, 0xcd: beyond, 0xce: beyond, 0xcf: beyond,
	0xd0: beyond, 0xd1: beyond, 0xd2: beyond, 0xd3: beyond, 0xd4: beyond, 0xd5: beyond, 0xd6: beyond, 0xd7: beyond,
	0xd8: beyond, 0xd9: beyond, 0xda: beyond, 0xdb: beyond, 0xdc: beyond, 0xdd: beyond, 0xde: beyond, 0xdf: beyond,
	0xe0: beyond, 0xe1: beyond, 0xe2: beyond, 0xe3: beyond, 0xe4: beyond, 0xe5: beyond, 0xe6: beyond, 0xe7: beyond,
	0xe8: beyond, 0xe9: beyond, 0xea: beyond, 0xeb: beyond, 0xec: beyond, 0xed: beyond, 0xee: beyond, 0xef: beyond,
	0xf0: beyond, 0xf1: beyond, 0xf2: beyond, 0xf3: beyond, 0xf4: beyond, 0xf5: beyond, 0xf6: beyond, 0xf7: beyond,
	0xf8: beyond, 0xf9: beyond, 0xfa: beyond, 0xfb: beyond, 0xfc: beyond, 0xfd: beyond, 0xfe: beyond, 0xff: beyond,
}

// Tokens appends the tokens of s, in order, to dst. s must be valid UTF-8 and
// shorter than 4 GiB. The cost is linear in len(s).
func Tokens(dst []Token, s string) []Token {
	for i := 0; ; {
		start, end := Scan(s, i)
		switch {
		case start < end:
			dst, i = append(dst, Token{Start: uint32(start), End: uint32(end)}), end
		case start < len(s):
			dst, i = Next(dst, s, start)
		default:
			return dst
		}
	}
}

// scanASCII returns the end of the token that starts at i with class c, as far
// as ASCII alone decides.
func scanASCII(s string, i int, prev uint8) int {
	for i++; i < len(s); i++ {
		c := classes[s[i]]
		if c >= extend {
			prev = c
			continue
		}
		if c == other || c >= beyond || i+1 == len(s) || classes[s[i+1]] != prev || !joins(c, prev) {
			break
		}
	}
	return i
}

// joins reports whether a character of class mid between two characters of
// class side keeps them in one token (UAX #29, WB6, WB7, WB11, WB12).
func joins(mid, side uint8) bool {
	switch side {
	case letter:
		return mid == midLetter || mid == midNumLet
	case digit:
		return mid == midNum || mid == midNumLet
	}
	return false
}

// needsDecoding reports whether the character at i, where an ASCII token ended,
// or the one after a joining character there, is beyond ASCII, so that the
// token may go on.
func needsDecoding(s string, i int) bool {
	c := classes[s[i]]
	if c == beyond {
		return true
	}
	return c != other && i+1 < len(s) && classes[s[i+1]] == beyond
}

// scanWide reads one token or one character that is no token, from start, in
// text with characters beyond ASCII. It appends what it found and returns where
// to go on.
func scanWide(dst []Token, s string, start int) ([]Token, int) {
	c, size := classOf(s, start)
	if c == unknown {
		return segmentStretch(dst, s, start)
	}
	if c < extend {
		return dst, start + size
	}
	prev, wide := c, size > 1
	i := start + size
	for i < len(s) {
		c, size := classOf(s, i)
		if c == unknown {
			return segmentStretch(dst, s, start)
		}
		if c < extend {
			if i+size == len(s) {
				break
			}
			next, nextSize := classOf(s, i+size)
			if next == unknown {
				return segmentStretch(dst, s, start)
			}
			if next != prev || !joins(c, prev) {
				break
			}
			wide = wide || size > 1
			i += size
			c, size = next, nextSize
		}
		wide = wide || size > 1
		prev = c
		i += size
	}
	return append(dst, Token{Start: uint32(start), End: uint32(i), Wide: wide}), i
}

// classOf returns the class and the size in bytes of the character at i.
func classOf(s string, i int) (class uint8, size int) {
	if c := classes[s[i]]; c != beyond {
		return c, 1
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case r >= 0xC0 && r <= 0x24F:
		if r == '×' || r == '÷' {
			return other, size
		}
		return letter, size
	case r >= 0x410 && r <= 0x44F, r == 'Ё', r == 'ё', r >= 'α' && r <= 'ω', r >= 'Α' && r <= 'Ρ', r >= 'Σ' && r <= 'Ω', r == 'µ':
		return letter, size
	case r == '’', r == '‘':
		return midNumLet, size
	case r == '·':
		return midLetter, size
	}
	if symbol(r) {
		return other, size
	}
	return unknown, size
}

// symbol reports whether r is one of those that text has most. None of them is
// part of a token.
func symbol(r rune) bool {
	switch r {
	case '“', '”', '„', '«', '»', '–', '—', '…', '•', '†', '‡', '′', '″', 0xA0, 0x2009, 0x200A,
		'©', '®', '°', '§', '€', '£', '±', '−', '≤', '≥', '≈', '∼', '→':
		return true
	}
	return false
}
