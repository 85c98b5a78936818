package text

import (
	"unicode"
	"unicode/utf8"
)

// The segmenter takes no letter for a word that has no word break property in
// its tables. These are of two kinds.
//
// Scripts of South-East Asia write no spaces between words, and where words end
// takes a dictionary (Unicode Standard Annex #29, section 4, and #14, class SA).
// Their tokens are the units that a word cannot begin or end within: grapheme
// clusters (Annex #29, section 3), and what is spelt around one consonant of
// Thai, Lao and Myanmar, known as a character cluster (Theeramunkong et al.,
// "Character cluster based Thai information retrieval", 2000). So a term is found
// inside a longer word too, as in Chinese, where each ideograph is a token.
//
// And letters that are younger than the segmenter's tables, as the capitals of
// Georgian, are letters like others.

// unspaced reports whether r is of a script without spaces, of class SA.
func unspaced(r rune) bool {
	switch {
	case r < 0x0E01, r > 0x1AAD && r < 0xA9E0:
		return false
	case r <= 0x0EDF, r >= 0x1000 && r <= 0x109F, r >= 0x1780 && r <= 0x17DD, r >= 0x1950 && r <= 0x19DF, r >= 0x1A20 && r <= 0x1AAD:
		return true
	}
	return r >= 0xA9E0 && r <= 0xA9FE || r >= 0xAA60 && r <= 0xAADF || r >= 0x11700 && r <= 0x1174F
}

// letter appends a segment that the segmenter takes for no word if it is a letter
// or a mark of one: to the last token, or as one more.
func (g *segmenter) letter(dst []Token, s string, start, end int) []Token {
	r, size := utf8.DecodeRuneInString(s[start:])
	n := len(dst) - 1
	switch follows := g.leftOut && n >= 0 && int(dst[n].End) == start; {
	case follows && (unicode.IsMark(r) || unicode.IsLetter(r) && inseparable(s[dst[n].Start:start], r, s[start+size:])):
		dst[n].End = uint32(end)
	case unicode.IsLetter(r):
		dst = append(dst, Token{Start: uint32(start), End: uint32(end), Wide: true})
		g.leftOut = true
	}
	return dst
}

// inseparable reports whether no word ends between before, which may have
// several letters, and the letter r, which rest follows.
func inseparable(before string, r rune, rest string) bool {
	last, marks := lastLetter(before)
	if !unspaced(r) || !unspaced(last) {
		return !unspaced(r) && !unspaced(last)
	}
	switch {
	case r == 'ะ' || r == 'า' || r == 'ำ' || r == 'ๅ', r == 'ະ' || r == 'າ' || r == 'ຳ':
		return true // vowels that stand behind their consonant
	case last >= 'เ' && last <= 'ไ', last >= 'ເ' && last <= 'ໄ':
		return true // and before it
	}
	for _, m := range marks {
		switch m {
		case '\u0e31', '\u0e37', '\u0eb1', '\u0ebb':
			return isConsonant(r) // one more is in the syllable
		case '\u17d2', '\u1039', '\u1a60':
			return true // puts the next consonant below
		}
	}
	for _, m := range rest {
		switch {
		case m == '\u0e4c', m == '\u0ecc', m == '\u103a':
			return true // silences a consonant, or ends a syllable with it
		case !unicode.IsMark(m):
			return false
		}
	}
	return false
}

// lastLetter returns the last letter of s and the marks behind it.
func lastLetter(s string) (letter rune, marks string) {
	for end := len(s); end > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		if unicode.IsLetter(r) {
			return r, s[end:]
		}
		end -= size
	}
	return 0, ""
}

// isConsonant reports whether r is a consonant of Thai or Lao.
func isConsonant(r rune) bool { return r >= 'ก' && r <= 'ฮ' || r >= 'ກ' && r <= 'ຮ' }
