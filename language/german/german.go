// Package german analyzes German as bleve does: umlauts and sharp s are written
// out, and a light stemmer takes the endings of nouns and adjectives off. Ä, ae
// and a are one, so that "Behoerde" is "Behörde".
package german

import (
	"bytes"

	"github.com/blevesearch/bleve/v2/analysis/lang/de"

	"postil"
	"postil/internal/stem"
)

// Language returns German.
func Language() *postil.Language {
	return &postil.Language{
		Tag:          "de",
		Name:         "german",
		Stem:         stem.With(isShort, de.NewGermanNormalizeFilter(), de.NewGermanLightStemmerFilter()),
		SameWord:     sameWord,
		NounForms:    nounForms,
		CapitalNouns: true,
		StopWords:    de.GermanStopWords,
		Analyzer:     de.AnalyzerName,
	}
}

// isShort tells words that the filters leave as they are: an e may be the mark
// of an umlaut.
func isShort(word []byte) bool { return stem.IsShort(word, 3) && bytes.IndexByte(word, 'e') < 0 }
