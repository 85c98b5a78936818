package abbrev

import (
	"unicode"
	"unicode/utf8"
)

// Classes of bytes.
const (
	isUpper uint16 = 1 << iota
	isLower
	isDigit
	isBlank
	isOpen
	isClose
	isMark   // quotes and the marks of bold and italic text
	isAccent // may start a capital with an accent
	isWide   // may start a full-width bracket or comma
	isDelim  // may start a bracket, or what separates parts of what stands in brackets

	isLetter = isUpper | isLower
	isAlnum  = isLetter | isDigit
)

var class = classes()

func classes() (t [256]uint16) {
	for c := 'a'; c <= 'z'; c++ {
		t[c], t[c-'a'+'A'] = isLower, isUpper
	}
	for c := '0'; c <= '9'; c++ {
		t[c] = isDigit
	}
	for _, c := range " \t\r\n" {
		t[c] = isBlank
	}
	for _, c := range "\"'*_`" {
		t[c] = isMark
	}
	t['('], t['['] = isOpen, isOpen
	t[')'], t[']'] = isClose, isClose
	t[0xC3], t[0xC4], t[0xC5] = isAccent, isAccent, isAccent
	t[0xEF] = isWide
	for _, c := range []byte{' ', ',', ';', ':', '=', '(', '[', ')', ']', 0xE3, 0xEF} {
		t[c] |= isDelim
	}
	return t
}

// bracketAt is the length of the opening bracket at text[i], minus that of a
// closing one, or 0.
func bracketAt(text string, i int) int {
	switch c := class[text[i]]; {
	case c&isOpen != 0:
		return 1
	case c&isClose != 0:
		return -1
	case c&isWide != 0 && len(text)-i >= 3 && text[i+1] == 0xBC:
		switch text[i+2] {
		case 0x88: // （
			return 3
		case 0x89: // ）
			return -3
		}
	}
	return 0
}

// closing is the offset in text[i:hi] of the bracket that closes the one at i,
// or -1.
func closing(text string, i, hi int) int {
	depth := 0
	for j := i; j < hi; j++ {
		if class[text[j]]&(isOpen|isClose|isWide) == 0 {
			continue
		}
		switch n := bracketAt(text, j); {
		case n > 0:
			depth++
		case n < 0:
			if depth--; depth == 0 {
				return j
			}
		}
	}
	return -1
}

// glyph is the rune at text[i], folded, with its length and its class, of letters
// and digits only.
func glyph(text string, i int) (folded rune, size int, kind uint16) {
	if b := text[i]; b < utf8.RuneSelf {
		kind = class[b] & isAlnum
		if kind&isUpper != 0 {
			b |= 0x20
		}
		return rune(b), 1, kind
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	return fold(r), size, kindOf(r)
}

// kindOf is the class of r, of letters and digits only.
func kindOf(r rune) uint16 {
	switch {
	case r < utf8.RuneSelf:
		return class[r] & isAlnum
	case unicode.IsUpper(r):
		return isUpper
	case unicode.IsLetter(r):
		return isLower
	case unicode.IsDigit(r):
		return isDigit
	}
	return 0
}

// inWord reports whether r is a letter or a digit.
func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return class[r]&isAlnum != 0
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// wordBefore and wordAfter report whether a letter or digit stands before or at i.
func wordBefore(text string, i int) bool {
	if i > 0 && text[i-1] < utf8.RuneSelf {
		return class[text[i-1]]&isAlnum != 0
	}
	r, n := utf8.DecodeLastRuneInString(text[:i])
	return n > 0 && inWord(r)
}

func wordAfter(text string, i int) bool {
	r, n := utf8.DecodeRuneInString(text[i:])
	return n > 0 && inWord(r)
}

// ideograph reports whether r belongs to a script written without blanks.
func ideograph(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// span is a half-open part of a text.
type span struct{ start, end int }

// trim takes blanks, quotes and marks from both ends of s.
func trim(text string, s span) span {
	s.start = skipMarks(text[:s.end], s.start)
	s.end = backMarks(text, s)
	return s
}

// backMarks is where the blanks, quotes and marks begin that s ends with.
func backMarks(text string, s span) int {
	i := s.end
	for i > s.start {
		n := markEnd(text[s.start:i])
		if n == 0 {
			break
		}
		i -= n
	}
	return i
}

// skipMarks is the end of the blanks, quotes and marks at i.
func skipMarks(text string, i int) int {
	for i < len(text) {
		n := markAt(text[i:])
		if n == 0 {
			break
		}
		i += n
	}
	return i
}

// markAt is the length of the blank, quote or mark that s starts with, or 0.
func markAt(s string) int {
	if s[0] < utf8.RuneSelf {
		if class[s[0]]&(isBlank|isMark) != 0 {
			return 1
		}
		return 0
	}
	r, n := utf8.DecodeRuneInString(s)
	if quote(r) {
		return n
	}
	return 0
}

// markEnd is the length of the blank, quote or mark that s ends with, or 0.
func markEnd(s string) int {
	if c := s[len(s)-1]; c < utf8.RuneSelf {
		if class[c]&(isBlank|isMark) != 0 {
			return 1
		}
		return 0
	}
	r, n := utf8.DecodeLastRuneInString(s)
	if quote(r) {
		return n
	}
	return 0
}

func quote(r rune) bool {
	switch r {
	case '“', '”', '„', '‘', '’', '‚', '«', '»', '‹', '›', '「', '」', '『', '』':
		return true
	}
	return unicode.IsSpace(r)
}
