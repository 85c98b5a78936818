package check

import (
	"hash/maphash"
	"slices"
	"strings"

	"postil"
	"postil/indexer/diag"
	"postil/internal/match"
	"postil/internal/text"
)

// effect reports context that the engine never asks for: that of terms whose forms
// are no others' and mean one thing whatever stands around them. It says nothing
// where it is not sure. The forms of all terms are known by then.
func (c *checker) effect() {
	ordinary := c.ordinary()
	for i := range c.Terms {
		t := &c.Terms[i]
		if len(t.Context)+len(t.NotContext) == 0 || t.Evidence || t.ID == "" || c.sharing[i] {
			continue
		}
		if slices.ContainsFunc(formsOf(t), func(f form) bool { return c.decided(t, f, ordinary) || c.respelled(i, f) }) {
			continue
		}
		field := "context"
		if len(t.Context) == 0 {
			field = "not_context"
		}
		c.report(c.At(i, field), diag.Warning, "idle-context",
			"the %s has no effect, since no other term has a form of %q: set evidence: true if it counts only where the context speaks for it, or leave the %s out", field, t.ID, field)
	}
}

// decided reports whether the engine asks the context of a form that no other term
// has: because it is a word of everybody's language, a part of its label, or an
// abbreviation that may be written like a name, as Nato.
func (c *checker) decided(t *postil.Term, f form, ordinary map[string]bool) bool {
	written := strings.ToLower(f.written)
	if c.exact(t.Case, f.written) {
		return t.Case != postil.CaseExact && match.MayBeSpoken(f.written) ||
			ordinary[written] || c.common.all[written]
	}
	if name, _, ok := bracketed(f.written); ok {
		written = strings.ToLower(name) // may be found alone
	}
	normal, _ := text.Normal(nil, written, text.English())
	return ordinary[string(normal)] || f.field == "aliases" && f.written == written && slices.Contains(strings.Fields(strings.ToLower(t.Label)), written)
}

// ordinary lists words of everybody's language, as far as the engine may know them.
func (c *checker) ordinary() map[string]bool {
	words := map[string]bool{}
	if c.analysis.IsEnglish() {
		words = text.Everyday()
	}
	if c.analysis != nil {
		for w := range c.analysis.Stops() {
			words[w] = true
		}
	}
	return words
}

// respelled reports whether another term has a form that is a term's but for the
// spelling of a word: colour scheme, color scheme.
func (c *checker) respelled(i int, f form) bool {
	if !c.analysis.IsEnglish() {
		return false
	}
	words := strings.Fields(string(c.normal(f.written)))
	for n, word := range words {
		for _, s := range text.Spellings(word) {
			other := slices.Clone(words)
			other[n] = s
			if first, known := c.first[maphash.String(c.seed, strings.Join(other, " "))]; known && int(first) != i {
				return true
			}
		}
	}
	return false
}
