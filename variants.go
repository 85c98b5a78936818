package postil

import (
	"strings"
	"unicode"

	"postil/internal/match"
	"postil/internal/text"
)

// A text writes a term in more ways than its glossary lists. Those that follow
// from the way in which English is written are derived here, when the glossary
// is compiled, and become forms like the others; a form that somebody wrote for
// another term goes before them. Weak variants may mean something else as well;
// they name the term only in a text that also names it otherwise.

// variant is a form derived from a form of a term.
type variant struct {
	written string
	weak    bool
	// adjective forbids a plural: genetics is not what is genetic.
	adjective bool
}

// addVariants adds the variants of all forms, after all forms and weak ones last.
func (c *compiler) addVariants() error {
	var weak []match.Form
	for i := range c.order {
		t := c.term(i)
		if i%1000 == 0 {
			if err := c.step("variants", i, len(c.order)); err != nil {
				return err
			}
		}
		for f := range formsOf(t) {
			for _, v := range c.variants(t, f.written) {
				form := c.form(uint32(i), t, fieldForm{v.written, f.list, f.item})
				form.NoPlural = form.NoPlural || v.adjective
				if form.Weak = v.weak; v.weak {
					weak = append(weak, form)
				} else {
					_ = c.dict.AddVariant(form) // one that is too long is none
				}
			}
		}
	}
	for _, form := range weak {
		_ = c.dict.AddVariant(form)
	}
	return nil
}

// variants derives forms from one of a term's.
func (c *compiler) variants(t *Term, written string) []variant {
	if !c.dict.Language.IsEnglish() {
		return c.variantsAbroad(t, written)
	}
	phrases := []string{written}
	out := rewritings(written)
	for _, v := range out {
		// What is spaced out, unqualified and so on may be rewritten once more.
		out = append(out, rewritings(v.written)...)
	}
	out = compact(out)
	for _, v := range out {
		if !v.weak {
			phrases = append(phrases, v.written)
		}
	}
	for _, p := range phrases {
		if t.plural() {
			out = append(out, plurals(p)...)
		}
		out = append(out, adjectives(p)...)
	}
	return out
}

// variantsAbroad derives forms in a language that is not English: without a
// hyphen, and with those forms of nouns that a stemmer does not know as such.
func (c *compiler) variantsAbroad(t *Term, written string) (out []variant) {
	l := c.dict.Language
	phrases := []string{written}
	compound := written
	if l.Inflects() && l.CapitalNouns {
		compound = capitalCompound(written)
	}
	if joined, ok := closedUp(compound); ok {
		phrases = append(phrases, joined)
		out = append(out, variant{written: joined})
	}
	if !l.Inflects() || l.NounForms == nil || !t.plural() {
		return out
	}
	for _, p := range phrases {
		from, to := strings.LastIndexByte(p, ' ')+1, len(p)
		if l.HeadFirst {
			from, to = 0, len(p)-len(strings.TrimLeftFunc(p, unicode.IsLetter))
		}
		if from == to {
			continue
		}
		for _, s := range l.NounForms(p[from:to]) {
			out = append(out, variant{written: p[:from] + s + p[to:]})
		}
	}
	return out
}

// adjectives returns those of a form that is a single word and no name.
func adjectives(written string) (out []variant) {
	if w, ok := oneWord(written); ok && len(w) >= 4 && !strings.ContainsFunc(written[1:], unicode.IsUpper) {
		regular, others := text.Adjectives(w)
		for _, s := range regular {
			out = append(out, variant{written: s, adjective: true})
		}
		for _, s := range others {
			out = append(out, variant{written: s, weak: true, adjective: true})
		}
	}
	return out
}

// plurals returns the form with the irregular plurals of its head: its last
// word, or the one before "of".
func plurals(written string) []variant {
	before, of, _ := strings.Cut(written, " of ")
	if of != "" {
		of = " of " + of
	}
	at := strings.LastIndexAny(before, " -") + 1
	head := before[at:]
	if head == "" || head != strings.ToLower(head) && at > 0 || strings.ContainsFunc(head[1:], unicode.IsUpper) {
		return nil // a name or an abbreviation
	}
	var out []variant
	for _, p := range text.Plurals(string(text.Fold(nil, head))) {
		out = append(out, variant{written: before[:at] + p + of})
	}
	return out
}
