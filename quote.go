package postil

import (
	"unicode"
	"unicode/utf8"
)

// quoteLength is how many code points before and after a mention a quotation
// has at most.
const quoteLength = 32

// around returns what stands immediately before and after text[from:to], whole
// words of it if there are any, and never a part of a character that combining
// marks and joiners make up.
func around(text string, from, to int) (prefix, suffix string) {
	start := from
	for n := 0; n < quoteLength && start > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	end := to
	for n := 0; n < quoteLength && end < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return text[cutForward(text, start, from):from], text[to:cutBack(text, to, end)]
}

// cutForward is the first place from start on where a word begins or, without
// one, a character; else it is end.
func cutForward(text string, start, end int) int {
	character := end
	for i := start; i < end; {
		before, after, size := neighbours(text, i)
		switch {
		case i == 0, unicode.IsSpace(before) && !unicode.IsSpace(after) && !joins(after):
			return i
		case character == end && apart(before, after):
			character = i
		}
		i += size
	}
	return character
}

// cutBack is the last place up to end where a word ends or, without one, a
// character; else it is start.
func cutBack(text string, start, end int) int {
	character := start
	for i := end; i > start; {
		before, after, _ := neighbours(text, i)
		switch {
		case i == len(text), unicode.IsSpace(after) && !unicode.IsSpace(before):
			return i
		case character == start && apart(before, after):
			character = i
		}
		i -= utf8.RuneLen(before)
	}
	return character
}

// neighbours are the code points on both sides of a place, and the size of the
// one after it.
func neighbours(text string, i int) (before, after rune, size int) {
	before, _ = utf8.DecodeLastRuneInString(text[:i])
	after, size = utf8.DecodeRuneInString(text[i:])
	return before, after, size
}

// apart reports whether a character (a grapheme cluster of Unicode's annex 29)
// surely ends between two code points: where both are letters, digits or of
// ASCII. It is careful, not complete.
func apart(before, after rune) bool {
	return alone(before) && alone(after) && !(before == '\r' && after == '\n')
}

func alone(r rune) bool {
	if r < utf8.RuneSelf {
		return true
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !unicode.In(r, partLetters)
}

// joins reports whether a code point belongs to the one before it, whatever that
// is.
func joins(r rune) bool { return r >= 0x300 && !alone(r) && !unicode.IsPunct(r) }

// partLetters are letters that form one character with their neighbours:
// conjoining Hangul, vowels of Thai and Lao, and what precedes its consonant.
var partLetters = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x0d4e, Hi: 0x0d4e, Stride: 1},
		{Lo: 0x0e33, Hi: 0x0eb3, Stride: 0x80},
		{Lo: 0x1100, Hi: 0x11ff, Stride: 1},
		{Lo: 0xa960, Hi: 0xa97c, Stride: 1},
		{Lo: 0xd7b0, Hi: 0xd7fb, Stride: 1},
		{Lo: 0xff9e, Hi: 0xff9f, Stride: 1},
	},
	R32: []unicode.Range32{
		{Lo: 0x111c2, Hi: 0x111c3, Stride: 1},
		{Lo: 0x1193f, Hi: 0x11941, Stride: 2},
		{Lo: 0x11a3a, Hi: 0x11a3a, Stride: 1},
		{Lo: 0x11a84, Hi: 0x11a89, Stride: 1},
		{Lo: 0x11d46, Hi: 0x11d46, Stride: 1},
		{Lo: 0x11f02, Hi: 0x11f02, Stride: 1},
	},
}
