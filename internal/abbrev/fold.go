package abbrev

import "unicode"

// latinBase maps U+00C0..U+017F to the base letter in lower case.
const latinBase = "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo/ouuuuyty" +
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll" +
	"lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

// greekBase maps U+0391..U+03C9 to the first letter of its name.
const greekBase = "abgdezetiklmnxoprsstupcpoxxxxxxx" + "abgdezetiklmnxoprsstupcpo"

// fold returns r in lower case, without accent; a Greek letter gives the first
// letter of its name.
func fold(r rune) rune {
	switch {
	case r < 0x80:
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	case 0xC0 <= r && r <= 0x17F && int(r-0xC0) < len(latinBase):
		return rune(latinBase[r-0xC0])
	case 0x391 <= r && r <= 0x3C9 && int(r-0x391) < len(greekBase):
		return rune(greekBase[r-0x391])
	}
	return unicode.ToLower(r)
}

func vowel(r rune) bool {
	const set = 1 | 1<<('e'-'a') | 1<<('i'-'a') | 1<<('o'-'a') | 1<<('u'-'a') | 1<<('y'-'a')
	return uint32(r-'a') < 26 && set>>(r-'a')&1 != 0
}
