package postil

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"postil/internal/match"
)

// fieldForm is a surface form of a term and the field where it stands.
type fieldForm struct {
	written string
	list    string // "aliases" or "abbreviations"; "" for the label
	item    int
}

// field names the field, as "aliases[2]".
func (f fieldForm) field() string {
	if f.list == "" {
		return "label"
	}
	return fmt.Sprintf("%s[%d]", f.list, f.item)
}

// formsOf lists the surface forms of a term.
func formsOf(t *Term) iter.Seq[fieldForm] {
	return func(yield func(fieldForm) bool) {
		if !yield(fieldForm{written: t.Label}) {
			return
		}
		for i, s := range t.Aliases {
			if !yield(fieldForm{s, "aliases", i}) {
				return
			}
		}
		for i, s := range t.Abbreviations {
			if !yield(fieldForm{s, "abbreviations", i}) {
				return
			}
		}
	}
}

func (c *compiler) addForms() error {
	var errs []error
	for i := range c.order {
		t := c.term(i)
		if i%1000 == 0 {
			if err := c.step("forms", i, len(c.order)); err != nil {
				return err
			}
		}
		for f := range formsOf(t) {
			if err := c.addForm(uint32(i), t, f); err != nil {
				errs = append(errs, c.termError(i, f.field(), err))
			}
		}
	}
	if err := c.addVariants(); err != nil {
		return err
	}
	return errors.Join(errs...)
}

func (c *compiler) addForm(number uint32, t *Term, of fieldForm) error {
	if len(of.written) > maxForm || !utf8.ValidString(of.written) {
		return errFormUTF8
	}
	f := c.form(number, t, of)
	f.Weak = isLetter(of.written) && len(t.Aliases)+len(t.Abbreviations) > 0
	if err := c.dict.Add(f); err != nil {
		c.options.Warn(c.termError(int(number), of.field(), fmt.Errorf("%q: %w", of.written, err)))
	}
	return nil
}

// form is how a form of a term is compiled.
func (c *compiler) form(number uint32, t *Term, of fieldForm) match.Form {
	written := of.written
	f := match.Form{Term: number, Written: written, Exact: c.wantsCase(t.Case, written), Literal: t.Case == CaseExact, NoPlural: !t.plural(), Evidence: t.Evidence, Alias: of.list == "aliases"}
	w, ok := oneWord(written)
	f.Everyday = ok && c.everyday[w] && !f.Exact || f.Alias && abridges(written, t.Label)
	f.Word = f.Exact && c.ordinary[strings.ToLower(written)]
	l := c.dict.Language
	f.Nouns = l.Inflects() && l.CapitalNouns && t.Case != CaseAny && !f.Exact
	return f
}

// abridges reports whether a form is one word of a longer label, and no name: arrest,
// for a cardiac arrest. Alone it means other things, too.
func abridges(written, label string) bool {
	words := strings.Fields(strings.ToLower(label))
	return len(words) > 1 && isLower(written) && slices.Contains(words, written)
}

// plural reports whether a text may have plurals of the term's forms.
func (t *Term) plural() bool { return t.Plural == nil || *t.Plural }

// isLetter reports whether a form is a single letter of an alphabet with
// capitals, or a digit.
func isLetter(written string) bool {
	r, size := utf8.DecodeRuneInString(written)
	return size == len(written) && (unicode.IsUpper(r) || unicode.IsLower(r) || unicode.IsDigit(r))
}

// wantsCase applies a term's case rule to one of its forms.
func (c *compiler) wantsCase(rule Case, written string) bool {
	switch rule {
	case CaseExact:
		return true
	case CaseAny:
		return false
	}
	return c.dict.Language.WantsCase(written)
}
