package abbrev

import "unicode/utf8"

// ends is a set of the last two letters of words in capitals. For the last, it
// has the letters that may come before it, A being bit 0.
type ends [26]uint32

const (
	letterE = 'E' - 'A'
	letterX = 'X' - 'A'
)

// add adds the end of s. Words with E may stand for X as well, as in extensible.
func (e *ends) add(s string) {
	last, before := s[len(s)-1]-'A', uint32(1)<<(s[len(s)-2]-'A')
	if before == 1<<letterX {
		before |= 1 << letterE
	}
	e[last] |= before
	if last == letterX {
		e[letterE] |= before
	}
}

// allow reports whether the word at i may be the last of a name with one of these
// ends: a quick test. There must be a capital before it that gives the last but
// one, a stop word or a compound.
func (e *ends) allow(text string, i int) bool {
	before := ^uint32(0)
	if class[text[i]]&isUpper != 0 {
		if before = e[text[i]-'A']; before == 0 {
			return false
		}
	}
	if i < 2 {
		return false
	}
	switch c := text[i-1]; {
	case c >= utf8.RuneSelf:
		return !wordEnds(text, i)
	case c != ' ' && c != '\n' && c != '-':
		return false
	}
	j := i - 1
	switch c := text[j-1]; {
	case c >= utf8.RuneSelf || c == '&' || c == ',' || c == '\r':
		return true
	case class[c]&isAlnum == 0:
		return false
	}
	k := j - 1
	for k > 0 && j-k < maxWindow && class[text[k-1]]&isAlnum != 0 {
		k--
	}
	switch {
	case k > 0 && (text[k-1] == '-' || text[k-1] >= utf8.RuneSelf):
		return true
	case class[text[k]]&isUpper != 0:
		return before>>(text[k]-'A')&1 != 0
	}
	return j-k <= longestStop && stopWord(text[k:j])
}
