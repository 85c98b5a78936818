package postil

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longSentence is how many bytes of a sentence are shown at most on each side of
// what it is shown for.
const longSentence = 200

// longStop is how many bytes before a full stop tell whether it is one of an
// abbreviation.
const longStop = 24

// sentence is the sentence around a place of a text. It ends at a full stop and
// the like where white space and no small letter follows, and at a blank line; a
// long one is cut between words.
func sentence(text string, from, to int) (start, end int) {
	low, high := max(0, from-longSentence), min(len(text), to+longSentence)
	start, end = low, high
	if low > 0 {
		start = from - len(afterSpace(text[low:from]))
	}
	if high < len(text) {
		end = to + len(beforeSpace(text[to:high]))
	}
	for i := start; i < from; i++ {
		if n := sentenceEnd(text, i); n > i && n <= from {
			start = n
		}
	}
	for i := to; i < end; i++ {
		if n := sentenceEnd(text, i); n > i {
			end = min(n, end)
			break
		}
	}
	start = from - len(strings.TrimLeftFunc(text[start:from], unicode.IsSpace))
	return start, to + len(strings.TrimRightFunc(text[to:end], unicode.IsSpace))
}

// afterSpace drops a word that may be cut off at the beginning; of a text without
// white space, such as Chinese, only a character.
func afterSpace(s string) string {
	i := strings.IndexFunc(s, unicode.IsSpace)
	if i < 0 {
		i = 0
		for i < len(s) && !utf8.RuneStart(s[i]) {
			i++
		}
	}
	return s[i:]
}

// beforeSpace drops a word, or a character, that may be cut off at the end.
func beforeSpace(s string) string {
	if i := strings.LastIndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i]
	}
	return strings.ToValidUTF8(s, "")
}

// sentenceEnd is where the sentence ends that may end at byte i; i if it does not.
func sentenceEnd(text string, i int) int {
	if text[i] == '\n' && strings.HasPrefix(text[i+1:], "\n") {
		return i + 1
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	switch r {
	case '。', '！', '？':
		return i + size
	case '!', '?', '…':
	case '.':
		if abbreviated(text[:i]) {
			return i
		}
	default:
		return i
	}
	rest := strings.TrimLeft(text[i+size:], `"')]”’»`)
	next := strings.TrimLeftFunc(rest, unicode.IsSpace)
	if r, _ := utf8.DecodeRuneInString(next); len(next) == len(rest) && rest != "" || unicode.IsLower(r) {
		return i
	}
	return len(text) - len(rest)
}

// abbreviated reports whether a full stop after this belongs to its last word:
// an initial, letters with full stops between them, or a title.
func abbreviated(before string) bool {
	before = before[max(0, len(before)-longStop):]
	at := strings.LastIndexFunc(before, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`("'“‘`, r) })
	_, size := utf8.DecodeRuneInString(before[max(at, 0):])
	word := before
	if at >= 0 {
		word = before[at+size:]
	}
	if utf8.RuneCountInString(word) == 1 || strings.Contains(word, ".") && len(word) <= 5 {
		return word != "I"
	}
	switch word {
	case "Dr", "Mr", "Mrs", "Ms", "Prof", "St", "No", "vs", "cf", "ca", "approx", "al", "Inc", "Corp", "Ltd", "Co", "Jr", "Sr", "Gen", "Sen", "Rep", "Art", "Sec", "Fig":
		return true
	}
	return false
}
