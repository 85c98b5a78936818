package postil

import (
	"strings"

	"postil/internal/text"
)

// minUses is in how many terms' definitions an everyday word must stand before
// the glossary is taken to use it for more than the term that it names.
const minUses = 3

// ambiguousWords returns the normal forms of the everyday words that name terms
// of the glossary and that its definitions of other terms use as everybody does.
func (c *compiler) ambiguousWords() map[string]bool {
	defined := 0
	for i := range c.given {
		if c.given[i].Definition != "" {
			defined++
		}
	}
	if !c.dict.English || defined < minUses {
		return nil
	}
	everyday := text.Everyday()
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
	uses := map[string]int{}
	for i := range c.order {
		t := c.term(i)
		seen := map[string]bool{}
		for _, token := range text.Tokens(nil, t.Definition) {
			n, _ := text.Normal(nil, t.Definition[token.Start:token.End], true)
			if w := string(n); names[w] != nil && !names[w][i] && !seen[w] {
				seen[w] = true
				uses[w]++
				ambiguous[w] = uses[w] >= minUses
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
	n, ending := text.Normal(nil, written, true)
	return string(n), ending == 0
}
