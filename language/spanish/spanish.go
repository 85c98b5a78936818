// Package spanish analyzes Spanish as bleve does: accents are left out, and a
// light stemmer takes the endings of number and gender off.
package spanish

import (
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis/lang/es"

	"postil"
	"postil/internal/stem"
)

// Language returns Spanish.
func Language() *postil.Language {
	return &postil.Language{
		Tag:       "es",
		Name:      "spanish",
		Stem:      stem.With(isShort, es.NewSpanishNormalizeFilter(), es.NewSpanishLightStemmerFilter()),
		Plural:    plural,
		NounForms: nounForms,
		HeadFirst: true,
		StopWords: es.SpanishStopWords,
		Analyzer:  es.AnalyzerName,
	}
}

// isShort tells words that the filters leave as they are.
func isShort(word []byte) bool { return stem.IsShort(word, 4) }

// nounForms returns the plurals that the stemmer does not trace back to a noun:
// it leaves short words as they are (dato, but dat of datos) and takes interés
// for a plural.
func nounForms(noun string) []string {
	if strings.ContainsAny(noun[len(noun)-1:], "aeo") && utf8.RuneCountInString(noun) < 5 {
		return []string{noun + "s"}
	}
	if stem, ok := strings.CutSuffix(noun, "és"); ok {
		return []string{stem + "eses"}
	}
	return nil
}

// plural takes all words in -s for plurals: what has such a singular has it in
// every text.
func plural(word []byte) bool {
	n := len(word)
	return n > 3 && word[n-1] == 's'
}
