package text

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Language says how the words of a language are compared. A nil *Language
// compares them as they are, but for what folding and possessive endings leave
// out.
type Language struct {
	// Tag is the primary subtag of the language in BCP 47, such as "de".
	Tag string
	// Name is that of the analysis, such as "german". An index names the one it
	// was compiled with; a change of Stem that gives other stems needs another.
	Name string
	// Stem returns what a folded word has in common with its inflected forms. It
	// must not keep the word, and may be called by several goroutines.
	Stem func(word []byte) []byte
	// SameWord reports whether two words of one stem, as a text and a glossary
	// write them, are forms of one word; last says that no word of the form
	// follows. nil takes all for such.
	SameWord func(text, written string, last bool) bool
	// NounForms returns inflected forms of a noun as written that have other
	// stems; they may be forms that no text has. nil returns none.
	NounForms func(noun string) []string
	// Plural reports whether a folded word has a plural's ending. nil means that
	// the language's plurals look like its other cases.
	Plural func(word []byte) bool
	// Articles are folded words that lose their last letter before a vowel and
	// then stand in one token with the next word: l of "l'État".
	Articles []string
	// HeadFirst says that a noun stands before what tells its kind, and that all
	// words of a plural may show it: "autorités nationales".
	HeadFirst bool
	// CapitalNouns says that all nouns begin with a capital, so that it makes no
	// name, but tells a noun from a verb.
	CapitalNouns bool
	// StopWords are the words that say nothing about what a text is about, in the
	// format of bleve's lists. They are folded, not stemmed.
	StopWords []byte
	// Analyzer is the name of the bleve analyzer for searching articles, which the
	// language's package registers. "" finds words only as they are written.
	Analyzer string

	english bool
}

var english = Language{Tag: "en", Name: "english", Analyzer: "en", english: true}

// English has no other languages' fields: what it needs is in the fast path.
func English() *Language { return &english }

// Exact is the name of the analysis of a nil *Language.
const Exact = "exact"

// AnalysisName is the name of l, which may be nil.
func (l *Language) AnalysisName() string {
	if l == nil {
		return Exact
	}
	return l.Name
}

// IsEnglish reports whether l, which may be nil, is English.
func (l *Language) IsEnglish() bool { return l != nil && l.english }

// Inflects reports whether l, which may be nil, has a stemmer, so that what it
// finds has to be compared with what was written.
func (l *Language) Inflects() bool { return l != nil && !l.english }

// LanguageOf returns the language of a BCP 47 tag of any region: English or one
// of those given, else nil.
func LanguageOf(tag string, languages []*Language) *Language {
	primary := PrimaryTag(tag)
	if strings.EqualFold(primary, english.Tag) {
		return &english
	}
	for _, l := range languages {
		if strings.EqualFold(primary, l.Tag) {
			return l
		}
	}
	return nil
}

// PrimaryTag is the language of a BCP 47 tag without its region and the like.
func PrimaryTag(tag string) string {
	primary, _, _ := strings.Cut(tag, "-")
	return primary
}

// Stops are the words in StopWords, whose lines may have a comment at their end.
func (l *Language) Stops() iter.Seq[string] {
	return func(yield func(string) bool) {
		for line := range strings.Lines(string(l.StopWords)) {
			if i := strings.IndexAny(line, "#|"); i >= 0 {
				line = line[:i]
			}
			for w := range strings.FieldsSeq(line) {
				if !yield(w) {
					return
				}
			}
		}
	}
}

// LanguageNamed returns the language with an analysis of that name; ok says
// whether there is one. The name Exact has nil.
func LanguageNamed(name string, languages []*Language) (l *Language, ok bool) {
	switch name {
	case Exact:
		return nil, true
	case english.Name:
		return &english, true
	}
	for _, l := range languages {
		if l.Name == name {
			return l, true
		}
	}
	return nil, false
}

// maxStem is the length in bytes of a folded word up to which it is stemmed:
// stemmers may take time in proportion to its square.
const maxStem = 96

// normal appends the normal form of a folded word of which the possessive ending
// has been removed. dst may be where the word lies.
func (l *Language) normal(dst, word []byte, token string, e Ending) ([]byte, Ending) {
	if n := l.elided(word); n > 0 {
		word = word[n:]
		e |= Elided
	}
	if n := len(word); n > 2 && e&Possessive == 0 && isAcronymPlural(token) {
		word = word[:n-1]
		e |= Plural
	} else if l.Plural != nil && l.Plural(word) {
		e |= Plural
	}
	if len(word) <= maxStem {
		if stem := l.Stem(word); len(stem) > 0 {
			word = stem
		}
	}
	return append(dst, word...), e
}

// elided is the length in bytes of the elided article that a folded word begins
// with, its apostrophe included.
func (l *Language) elided(word []byte) int {
	for i, c := range word {
		if c != '\'' {
			continue
		}
		if r, _ := utf8.DecodeRune(word[i+1:]); !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return 0 // a mark belongs to the apostrophe
		}
		for _, a := range l.Articles {
			if string(word[:i]) == a {
				return i + 1
			}
		}
		return 0
	}
	return 0
}

// isAcronymPlural reports whether a token ends with a small s after a capital.
func isAcronymPlural(token string) bool {
	n := len(token)
	return n > 2 && token[n-1] == 's' && 'A' <= token[n-2] && token[n-2] <= 'Z'
}

// Bare is a token as written without the elided article and the possessive
// ending that e says it has.
func Bare(token string, e Ending) string {
	if e&Elided != 0 {
		token = token[AfterElision(token):]
	}
	if e&Possessive != 0 {
		token = token[:len(token)-PossessiveSize(token)]
	}
	return token
}

// AfterElision is the length in bytes of what a token has up to and with its
// first apostrophe.
func AfterElision(token string) int {
	for i, r := range token {
		switch r {
		case '\'':
			return i + 1
		case '’', '‘', 'ʼ', '＇':
			return i + utf8.RuneLen(r)
		}
	}
	return 0
}

// PossessiveSize is the length in bytes of a token's possessive ending.
func PossessiveSize(token string) int {
	for i := len(token) - 2; i >= 0; i-- {
		if c := token[i]; c == '\'' || c == 0xE2 || c == 0xCA || c == 0xEF { // ' ’ ʼ ＇
			return len(token) - i
		}
	}
	return 0
}

// Capitals counts those of s. Where nouns have capitals, words with no other
// than their first do not count.
func (l *Language) Capitals(s string) (n int) {
	if l == nil || !l.CapitalNouns {
		return capitals(s)
	}
	for _, t := range Tokens(nil, s) {
		word := s[t.Start:t.End]
		_, size := utf8.DecodeRuneInString(word)
		if inner := capitals(word[size:]); inner > 0 || size == len(word) {
			n += inner + capitals(word[:size])
		}
	}
	return n
}

// WantsCase reports whether a form is one that texts write in its case only, unless
// its author says otherwise: it has two capitals, or one and no more than two
// characters.
func (l *Language) WantsCase(form string) bool {
	n := l.Capitals(form)
	return n >= 2 || n == 1 && utf8.RuneCountInString(form) <= 2
}

func capitals(s string) (n int) {
	for _, r := range s {
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n
}

// SameWords reports whether two forms whose tokens have the same normal forms
// are of the same words; see SameWord.
func (l *Language) SameWords(a, b string) bool {
	if !l.Inflects() || l.SameWord == nil {
		return true
	}
	x, y := Tokens(nil, a), Tokens(nil, b)
	for i := range min(len(x), len(y)) {
		if !l.SameWord(l.bare(a[x[i].Start:x[i].End]), l.bare(b[y[i].Start:y[i].End]), i == len(x)-1) {
			return false
		}
	}
	return true
}

func (l *Language) bare(token string) string {
	_, e := Normal(nil, token, l)
	return Bare(token, e)
}
