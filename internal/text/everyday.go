package text

import (
	_ "embed"
	"strings"
)

//go:embed everyday.txt
var everydayWords string

// Everyday returns the normal forms of the 2,500 words of three letters or more
// that are most frequent in English encyclopedias and newswire. A term that
// bears such a name shares it with everybody's language.
//
// The words are those of the vocabulary of GloVe 6B, which is in order of
// frequency (https://nlp.stanford.edu/projects/glove/, PDDL 1.0), that a small
// spelling dictionary has in lower case.
func Everyday() map[string]bool {
	words := map[string]bool{}
	for w := range strings.Lines(everydayWords) {
		normal, _ := Normal(nil, strings.TrimSpace(w), English())
		words[string(normal)] = true
	}
	return words
}
