package match

import (
	"unicode"
	"unicode/utf8"
)

// cutsCluster reports whether a grapheme cluster (Unicode Standard Annex #29) goes
// on at byte at of s, which is the end of a token or of a form's signs. Where
// that is inside the text of a token it does not ask.
func cutsCluster(s string, at int) bool {
	if at == 0 || at == len(s) || s[at] < utf8.RuneSelf && s[at-1] < utf8.RuneSelf {
		return false
	}
	r, _ := utf8.DecodeRuneInString(s[at:])
	switch {
	case r == '\u200d', r == '\u0e33', r == '\u0eb3', r >= 0x1F3FB && r <= 0x1F3FF:
		return true
	case r >= utf8.RuneSelf && unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc):
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	return before >= utf8.RuneSelf && unicode.Is(unicode.Prepended_Concatenation_Mark, before)
}
