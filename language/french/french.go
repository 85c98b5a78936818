// Package french analyzes French as bleve does: elided articles are no part of a
// word ("l'intelligence"), and a light stemmer takes endings and accents off.
package french

import (
	"strings"

	"github.com/blevesearch/bleve/v2/analysis/lang/fr"

	"postil"
	"postil/internal/stem"
)

// Language returns French.
func Language() *postil.Language {
	return &postil.Language{
		Tag:       "fr",
		Name:      "french",
		Stem:      stem.With(isShort, fr.NewFrenchLightStemmerFilter()),
		SameWord:  sameWord,
		NounForms: nounForms,
		Plural:    plural,
		Articles:  strings.Fields(string(fr.FrenchArticles)),
		HeadFirst: true,
		StopWords: fr.FrenchStopWords,
		Analyzer:  fr.AnalyzerName,
	}
}

// isShort tells words that the stemmer leaves as they are.
func isShort(word []byte) bool { return stem.IsShort(word, 3) }

// plural takes all words in -s and -x for plurals: what has such a singular has
// it in every text.
func plural(word []byte) bool {
	n := len(word)
	return n > 3 && (word[n-1] == 's' || word[n-1] == 'x')
}

// nounForms returns the plural in -aux of a noun such as travail or noyau, which
// the stemmer does not trace back to it. Some are forms that no text has.
func nounForms(noun string) []string {
	if stem, ok := strings.CutSuffix(noun, "ail"); ok && stem != "" {
		return []string{stem + "aux"}
	}
	if strings.HasSuffix(noun, "yau") {
		return []string{noun + "x"}
	}
	return nil
}

// maxEnding is the length in letters of the endings in which forms of one word
// differ: national and nationaux, administratif and administrative. Those that
// make other words are longer: règle and règlement, numérique and numérisation.
const maxEnding = 3

// sameWord compares what the stemmer took off two words, which is more than
// endings of number and gender. A final é makes another word, marché and not
// marche, except where capitals have lost their accents.
func sameWord(text, written string, _ bool) bool {
	a, b := strings.ToLower(text), strings.ToLower(written)
	if endsInAcute(a) != endsInAcute(b) && text != strings.ToUpper(text) {
		return false
	}
	a, b = unaccented.Replace(a), unaccented.Replace(b)
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	a, b = a[n:], b[n:]
	return len(a) <= maxEnding && len(b) <= maxEnding || isAgent(a, b) || isAgent(b, a)
}

// endsInAcute reports whether a word ends with é, endings of gender and number
// aside.
func endsInAcute(word string) bool {
	word = strings.TrimSuffix(word, "s")
	return strings.HasSuffix(word, "é") || strings.HasSuffix(word, "ée")
}

// isAgent takes régulateur and régulatrice for one.
func isAgent(a, b string) bool {
	return strings.TrimSuffix(a, "s") == "eur" && strings.TrimSuffix(b, "s") == "rice"
}

var unaccented = strings.NewReplacer("à", "a", "â", "a", "ä", "a", "é", "e", "è", "e", "ê", "e", "ë", "e", "î", "i", "ï", "i",
	"ô", "o", "ö", "o", "ù", "u", "û", "u", "ü", "u", "ç", "c")
