package check

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"postil"
	"postil/indexer/diag"
	"postil/internal/text"
)

// form is a surface form of a term and the place where it is written.
type form struct {
	written string
	field   string
	item    int // -1 for the label
}

func formsOf(t *postil.Term) []form {
	forms := make([]form, 0, 1+len(t.Aliases)+len(t.Abbreviations))
	if t.Label != "" {
		forms = append(forms, form{t.Label, "label", -1})
	}
	for n, s := range t.Aliases {
		forms = append(forms, form{s, "aliases", n})
	}
	for n, s := range t.Abbreviations {
		forms = append(forms, form{s, "abbreviations", n})
	}
	return forms
}

func (c *checker) place(i int, f form) diag.Position {
	if f.item < 0 {
		return c.At(i, f.field)
	}
	return c.AtItem(i, f.field, f.item)
}

// forms checks each surface form of a term by itself.
func (c *checker) forms(i int, t *postil.Term) {
	forms := formsOf(t)
	first := make(map[string]string, len(forms)) // fields, by form
	names := foldedNames(forms)
	for _, f := range forms {
		at := c.place(i, f)
		if field, twice := first[f.written]; twice {
			c.report(at, diag.Warning, "repeated-form", "%q is given twice, here and in %s", f.written, field)
		} else {
			first[f.written] = f.field
		}
		c.damaged(at, f.field, f.written)
		if problem := c.unmatchable(f.written); problem != "" {
			c.errorf(at, "unmatchable", "%.60q %s: no text can match it", f.written, problem)
		} else if !t.Hidden && !t.Evidence && !c.caseSaves(t.Case, f.written) {
			c.everyday(at, t, f.written)
		}
		c.written(at, f, names)
	}
}

// everyday reports a form that texts are full of in other meanings.
func (c *checker) everyday(at diag.Position, t *postil.Term, written string) {
	hint := "set evidence: true, so that it counts only where the context speaks for it"
	if capitals(written) > 0 && written != "I" && written != "A" {
		hint += ", or case: exact"
	}
	switch {
	case single(written):
		c.errorf(at, "single-letter", "%q is a single character: %s", written, hint)
	case c.english(t) && c.common.is(written):
		c.errorf(at, "common-word", "%q is a common word: %s", written, hint)
	}
}

// unmatchable says why the engine cannot look for a form, or returns "".
func (c *checker) unmatchable(written string) string {
	c.tokens = text.Tokens(c.tokens[:0], written)
	if len(c.tokens) == 0 {
		return "has no letter and no digit"
	}
	if len(c.tokens) > postil.MaxWords {
		return fmt.Sprintf("has %d words, at most %d are looked for", len(c.tokens), postil.MaxWords)
	}
	for _, t := range c.tokens {
		if t.End-t.Start > maxWord {
			return fmt.Sprintf("has a word of more than %d bytes", maxWord)
		}
	}
	return ""
}

// maxWord is how long a word may be in bytes to be looked for.
const maxWord = 255

// english reports whether a term's forms are English.
func (c *checker) english(t *postil.Term) bool {
	if t.Language != "" {
		return isEnglish(t.Language)
	}
	return isEnglish(c.Language)
}

func isEnglish(language string) bool {
	return language == "" || language == "en" || strings.HasPrefix(language, "en-")
}

// single takes a form of one letter or digit. A Chinese character is a word, and
// the signs of C++ are looked for like letters.
func single(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n == len(s) && (unicode.IsLetter(r) || unicode.IsDigit(r)) &&
		!unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// exact reports whether a form matches only as written.
func (c *checker) exact(rule postil.Case, written string) bool {
	switch rule {
	case postil.CaseExact:
		return true
	case postil.CaseAny:
		return false
	}
	return c.analysis.WantsCase(written)
}

func capitals(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

// caseSaves reports whether the letter case keeps a form apart from the common
// word: it must match, and ordinary sentences must not write the word so.
func (c *checker) caseSaves(rule postil.Case, written string) bool {
	if single(written) && rule != postil.CaseExact {
		return false // a letter is much else, in capitals too
	}
	return c.exact(rule, written) && written != "I" && written != "A" && capitals(written) > 0
}

// damaged reports text that lost characters in a wrong conversion.
func (c *checker) damaged(at diag.Position, what, s string) {
	if strings.ContainsRune(s, utf8.RuneError) {
		c.errorf(at, "damaged-text", "%s holds U+FFFD: the text was damaged by a wrong conversion", what)
	}
}
