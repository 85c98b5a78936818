package postil

import (
	"maps"
	"strings"

	"postil/internal/text"
)

// minUses is in how many terms' definitions an everyday word must stand before
// the glossary is taken to use it for more than the term that it names.
const minUses = 3

// ordinaryWords returns the words that a text in the glossary's language is full
// of, whatever it is about: its stop words and those given.
func (c *compiler) ordinaryWords(everyday map[string]bool) map[string]bool {
	words := stopWords(c.dict.Language)
	maps.Copy(words, everyday)
	return words
}

// ambiguousWords returns the normal forms of the everyday words that name terms
// of the glossary and that its definitions of other terms use as everybody does.
func (c *compiler) ambiguousWords(everyday map[string]bool) map[string]bool {
	defined := 0
	for i := range c.given {
		if c.given[i].Definition != "" {
			defined++
		}
	}
	if !c.dict.Language.IsEnglish() || defined < minUses {
		return nil
	}
	names := map[string]map[int]bool{} // to the terms they name
	for i := range c.order {
		for f := range formsOf(c.term(i)) {
			if w, ok := oneWord(f.written); ok && everyday[w] {
				if names[w] == nil {
					names[w] = map[int]bool{}
				}
				names[w][i] = true
			}
		}
	}
	ambiguous := map[string]bool{}
	if len(names) == 0 {
		return ambiguous
	}
	type use struct{ terms, last int } // how many, and the last of them
	uses := map[string]use{}
	var normal []byte
	for i := range c.order {
		definition := c.term(i).Definition
		c.tokens = text.Tokens(c.tokens[:0], definition)
		for _, t := range c.tokens {
			normal, _ = text.Normal(normal[:0], definition[t.Start:t.End], text.English())
			terms := names[string(normal)]
			if terms == nil || terms[i] {
				continue
			}
			w := string(normal)
			if u := uses[w]; u.terms == 0 || u.last != i {
				uses[w] = use{u.terms + 1, i}
				ambiguous[w] = u.terms+1 >= minUses
			}
		}
	}
	return ambiguous
}

// oneWord returns the normal form of a form that is a single word and, if it has
// an ending, no name such as Windows.
func oneWord(written string) (string, bool) {
	if strings.ContainsAny(written, " -_") {
		return "", false
	}
	n, ending := text.Normal(nil, written, text.English())
	return string(n), ending == 0
}
