package abbrev

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// clauseStart goes back from end over at most limit words, as far as a long
// form may reach: not out of its sentence, its brackets or its paragraph.
func clauseStart(text string, end, limit int) int {
	depth, words := 0, 0
	low := max(0, end-maxWindow)
	next := end // the start of the word after the blank at hand
	for i := end; i > low; i-- {
		c := text[i-1]
		if class[c]&(isBlank|isOpen|isClose|isWide) == 0 && c != 0x94 {
			continue
		}
		if class[c]&isBlank != 0 {
			if i < end && class[text[i]]&isBlank == 0 {
				next = i
				if words++; words >= limit {
					return i
				}
			}
			if depth == 0 && (c == '\n' && emptyLine(text, i-1) || clauseEnds(text, i-1, next)) {
				return next
			}
			continue
		}
		if c == 0x94 { // the last byte of an em dash
			if i >= 3 && text[i-3:i] == "—" && depth == 0 {
				return i
			}
			continue
		}
		switch n := bracketAt(text, i-1); {
		case n < 0:
			depth++
		case n > 0:
			if depth == 0 {
				return i - 1 + n
			}
			depth--
		}
	}
	if low == 0 {
		return 0
	}
	return next
}

// emptyLine reports whether the line that ends at i is empty.
func emptyLine(text string, i int) bool {
	for low := i - maxWindow; i > max(0, low) && class[text[i-1]]&isBlank != 0; i-- {
		if text[i-1] == '\n' {
			return true
		}
	}
	return false
}

// clauseEnds reports whether a clause ends before the blank at i. The next word
// starts at next.
func clauseEnds(text string, i, next int) bool {
	j := i
	for j > 0 && class[text[j-1]]&(isMark|isClose) != 0 {
		j--
	}
	if j == 0 {
		return false
	}
	switch text[j-1] {
	case ';', ':', '?', '!':
		return true
	case '-':
		return j < 2 || class[text[j-2]]&isBlank != 0 // a dash
	case '.':
		return text[i] == '\n' || !lowerAt(text, next) && !abbreviated(text[:j-1])
	}
	return strings.HasSuffix(text[:j], " –") || strings.HasSuffix(text[:j], "。")
}

func lowerAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsLower(r)
}

// abbreviated reports whether s, before a full stop, ends with an initial, a
// dotted or a well-known abbreviation.
func abbreviated(s string) bool {
	k := len(s)
	for k > 0 && class[s[k-1]]&isLetter != 0 {
		k--
	}
	word := s[k:]
	return len(word) == 1 || len(word) <= 3 && k > 0 && s[k-1] == '.' || abbreviatedWord(word)
}

// clauseEnd is where a long form that starts at i must end at the latest.
func clauseEnd(text string, i int) int {
	hi := min(len(text), i+maxWindow/2)
	for j := i; j < hi; j++ {
		switch c := text[j]; {
		case c == ';', c == '\n', bracketAt(text, j) != 0:
			return j
		case c == '.' && (j+1 == len(text) || class[text[j+1]]&isBlank != 0) && !abbreviated(text[:j]):
			return j
		}
	}
	for hi < len(text) && hi > i && class[text[hi]]&isBlank == 0 {
		hi--
	}
	return hi
}
