package german

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sameWord tells a noun from the one for who does it, which the stemmer does
// not: Verbrauch and Verbraucher, Klage and Kläger. Few nouns have a plural in
// -er, and no new ones come; adjectives may be nouns (Betroffener).
func sameWord(text, written string, last bool) bool {
	if !last || !isNoun(text) || !isNoun(written) {
		return true
	}
	base, ends := withoutER(text)
	other, otherEnds := withoutER(written)
	if ends == otherEnds {
		return true
	}
	if otherEnds {
		base, other = other, base
	}
	if hasSuffix(base, adjectives) {
		return true
	}
	for _, ending := range []string{"", "s", "es"} {
		if singular, ok := strings.CutSuffix(other, ending); ok && hasSuffix(singular, pluralInER) {
			return true
		}
	}
	return false
}

// pluralInER are the nouns with that plural, and ends of others.
var pluralInER = strings.Fields(`
	amt bad band bild blatt brett buch dach denkmal dorf ei fach fass feld gehalt geist geld gemach gemüt geschlecht gesicht gespenst
	gewand glas glied grab gras gut haupt haus holz horn huhn kalb kind kleid korn kraut lamm land licht lied loch mahl mann maul mund nest
	pfand rad rand regiment reis rind ross scheit schild schloss schloß schwert spital strauch tal tuch tum volk wald weib wort wurm`)

// adjectives are endings of adjectives and participles.
var adjectives = []string{"en", "ig", "isch", "lich", "iert", "igt"}

func hasSuffix(word string, suffixes []string) bool {
	return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(word, s) })
}

func isNoun(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// withoutER takes -er, and the ending of a case after it, off a noun, and
// reports whether it was there.
func withoutER(word string) (string, bool) {
	word = strings.ToLower(word)
	for _, ending := range []string{"er", "ers", "ern"} {
		if base, ok := strings.CutSuffix(word, ending); ok {
			return base, true
		}
	}
	return word, false
}
