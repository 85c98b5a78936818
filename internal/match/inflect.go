package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"postil/internal/text"
)

// A stemmer brings more together than the forms of one word: règle and
// règlement have one stem, and so have Verbrauch and Verbraucher. So what was
// found by stems is compared with what the form's author wrote.

// sameWords reports whether tokens i to j are forms of the words of a form.
func (d *Dictionary) sameWords(f *form, doc *Document, i, j int) bool {
	var buf [MaxTokens]text.Token
	written := d.forms.written(f)
	tokens := text.Tokens(buf[:0], written)
	if len(tokens) != j-i+1 {
		return false
	}
	nouns := f.flags&flagNouns != 0 && (i == j || doc.hasCapital(i, j))
	for k, t := range tokens {
		token, have := written[t.Start:t.End], doc.bare(i+k)
		if have == token {
			continue
		}
		_, e := text.Normal(nil, token, d.Language)
		want := text.Bare(token, e)
		if t.Wide || doc.Tokens[i+k].wide() {
			have, want = clean(have), clean(want)
		}
		if nouns && (k > 0 || i == j) && isCapital(want) && !isCapital(have) {
			return false
		}
		if same := d.Language.SameWord; same != nil && !same(have, want, i+k == j) {
			return false
		}
		if f.singular&(1<<k) != 0 && d.Language.Plural == nil && !sameNumber(have, want) {
			return false
		}
	}
	return true
}

// bare is token i without its article and its possessive ending.
func (d *Document) bare(i int) string { return d.Text[d.Start(i):d.End(i)] }

// hasCapital reports whether one of the tokens i to j begins with a capital.
func (d *Document) hasCapital(i, j int) bool {
	for k := i; k <= j; k++ {
		if isCapital(d.bare(k)) {
			return true
		}
	}
	return false
}

func isCapital(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// sameNumber reports whether a text has a word as it is written, or with the
// ending of a genitive. Where plurals look like other cases it takes no more.
func sameNumber(have, want string) bool {
	h, w := string(text.Fold(nil, have)), string(text.Fold(nil, want))
	return h == w || strings.TrimSuffix(h, "s") == w || strings.TrimSuffix(h, "es") == w
}

func (b *Builder) headFirst() bool { return b.Language != nil && b.Language.HeadFirst }

// heads reports whether token i begins a form that is no name, in a language
// whose nouns come first: "Autorités nationales" is the plural of a label that
// begins with a capital as labels do, "États-Unis" is a name.
func (b *Builder) heads(written string, i int) bool {
	return i == 0 && b.headFirst() && !strings.ContainsFunc(written[b.tokens[0].End:], unicode.IsUpper)
}
