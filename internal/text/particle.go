package text

import (
	"unicode"
	"unicode/utf8"
)

// MaxParticle is the largest number of syllables in a particle, and Syllable
// the number of bytes in each.
const (
	MaxParticle = 3
	Syllable    = 3
)

// Particle reports whether the last n syllables of a token are a Korean
// particle, or several, behind two characters at least. Korean writes its
// particles in one token with the noun: 인공지능은, "artificial intelligence" as
// the topic. Many nouns end with the same syllables, so that a particle is one
// only where the noun before it is known.
func Particle(token string, n int) bool {
	at := len(token) - n*Syllable
	if at < 2 || !utf8.RuneStart(token[at]) {
		return false
	}
	if _, size := utf8.DecodeRuneInString(token); size == at {
		return false
	}
	if r, _ := utf8.DecodeLastRuneInString(token[:at]); !unicode.IsLetter(r) && !unicode.IsDigit(r) || unicode.In(r, jamo) {
		return false // it may be one character with what follows
	}
	switch token[at:] {
	case "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "만", "로",
		"으로", "에서", "에게", "까지", "부터", "처럼", "보다", "마다", "조차", "하고", "한테", "이나", "이란", "라는", "라고", "이며", "이고", "이다", "이라",
		"에는", "에도", "에만", "에의", "와는", "과는", "와의", "과의", "로는", "로서", "로써", "로의", "만이", "만은", "만을", "만의",
		"으로는", "으로서", "으로써", "으로의", "에서는", "에서도", "에서의", "에서만", "에게는", "에게서", "에게도", "이라는", "이라고", "까지의", "까지는", "까지도",
		"부터의", "부터는", "보다는", "보다도", "입니다":
		return true
	}
	return false
}

// jamo are the parts of syllables.
var jamo = &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0x1100, Hi: 0x11FF, Stride: 1}, {Lo: 0xA960, Hi: 0xA97F, Stride: 1}}}

// EndsInHangul reports whether a token ends with a Korean syllable.
func EndsInHangul(token string) bool {
	r, _ := utf8.DecodeLastRuneInString(token)
	return 0xAC00 <= r && r <= 0xD7A3
}
