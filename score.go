package postil

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"postil/internal/text"
)

// The score of a mention that needs no decision says how likely a reader who
// knows the glossary would agree with it. What counts, in log-odds, goes back to
// logistic regressions on articles annotated by hand with two ontologies. The
// weights are rounded; oddsForm, oddsVariant, oddsLonger and oddsName were then
// set by hand on the same articles, so that how well the scores hold there is no
// independent check.
const (
	oddsForm      = -0.15 // one word that is a label or an abbreviation
	oddsWords     = 0.85  // several words
	oddsAlias     = -0.85 // an alias, which more often means something else as well
	oddsAliasWord = -0.6  // that is one word
	oddsVariant   = -0.5  // derived
	oddsExact     = 0.9   // in its written case
	oddsName      = 1.2   // with a capital in the middle of a sentence
	oddsOften     = 0.65  // times the logarithm of how often the text names the term
	oddsHead      = 1.05  // other terms' names end with it: it is one of the glossary's main concepts
	oddsLonger    = -0.85 // but after another word it may be part of a longer name
	oddsHyphen    = -1.4  // after a hyphen it is

	// maxOften is the number of mentions from which more say no more, scoreLeast
	// the least that a form has that the glossary's author gave its term.
	maxOften   = 30
	scoreLeast = 0.55
)

// logs are the natural logarithms of numbers from one on.
var logs = func() (t [maxOften + 1]float64) {
	for i := range t {
		t[i] = math.Log(float64(i))
	}
	return t
}()

// formScore is the score of a mention of one term that asks for no evidence.
func (a *Annotator) formScore(w *work, m *mention) float64 {
	x := &w.matches[m.from]
	odds := oddsForm + oddsOften*logs[min(w.terms.entries[m.entry].often, maxOften)]
	several := m.last > m.first
	if several {
		odds += oddsWords
	}
	if x.Flags.Alias() {
		odds += oddsAlias
		if !several {
			odds += oddsAliasWord
		}
	}
	if x.Flags.Variant() {
		odds += oddsVariant
	}
	if x.Flags.Exact() {
		odds += oddsExact
	}
	// A capital says nothing of a noun where all nouns have one.
	if (x.Flags.Exact() || !a.nounsHaveCapitals()) && isName(w.doc.Text, int(m.start)) {
		odds += oddsName
	}
	before := a.before(w, m.first)
	if before == hyphen {
		odds += oddsHyphen
	}
	if x.Flags.Head() {
		if odds += oddsHead; before == word {
			odds += oddsLonger
		}
	}
	return max(scoreLeast, 1/(1+math.Exp(-odds)))
}

// What stands before a mention.
type neighbour uint8

const (
	nothing neighbour = iota // that belongs to it
	word
	hyphen
)

// before says what stands before token i without a break: a word that may be
// part of one name with it, or such a word with a hyphen.
func (a *Annotator) before(w *work, i uint32) neighbour {
	if i == 0 || w.doc.Tokens[i].Ending()&text.Elided != 0 {
		return nothing
	}
	last, gap := w.wordBefore(i)
	switch {
	case len(gap) == 1 && text.IsHyphen(rune(gap[0])):
		return hyphen
	case gap != " " || a.isFunctionWord(last):
		return nothing
	}
	return word
}

// wordBefore is the word before token i, which is not the first, and what stands
// between them.
func (w *work) wordBefore(i uint32) (last, gap string) {
	t := &w.doc.Tokens[i-1]
	return w.doc.Text[t.Start:t.End], w.doc.Text[t.End:w.doc.Tokens[i].Start]
}

// negated reports whether a word says that m, several words of which the first is no
// name, is just what is not meant: non-personal data.
func (w *work) negated(m *mention) bool {
	if m.first == m.last || m.first == 0 {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(w.doc.Text[m.start:]); !unicode.IsLower(r) {
		return false
	}
	last, gap := w.wordBefore(m.first)
	r, n := utf8.DecodeRuneInString(gap)
	switch {
	case n == 0 || n < len(gap):
	case strings.EqualFold(last, "nicht"):
		return true
	case strings.EqualFold(last, "non"):
		return text.IsHyphen(r)
	}
	return false
}

// isName reports whether a capital stands at a byte that begins no sentence,
// heading or quotation.
func isName(s string, at int) bool {
	if r, _ := utf8.DecodeRuneInString(s[at:]); !unicode.IsUpper(r) || at < 2 || s[at-1] != ' ' {
		return false
	}
	return 'a' <= s[at-2] && s[at-2] <= 'z' || s[at-2] == ','
}

// nounsHaveCapitals reports whether the language writes all nouns with capitals.
func (a *Annotator) nounsHaveCapitals() bool {
	return a.dict.Language.Inflects() && a.dict.Language.CapitalNouns
}

// isFunctionWord reports whether a word belongs to the grammar of a sentence: a
// stop word, where the language has a list.
func (a *Annotator) isFunctionWord(s string) bool {
	if a.stops != nil {
		return a.stops[contextWord(s, a.dict.Language)]
	}
	return isFunctionWord(s)
}

// isFunctionWord reports whether an English word belongs to the grammar of a sentence
// and not to names. Capitals count as other words, but for those that begin many
// sentences.
func isFunctionWord(s string) bool {
	switch s {
	case "the", "The", "a", "A", "an", "An", "of", "in", "In", "on", "On", "at", "by", "for", "For", "to", "and", "or", "with", "from", "as", "is", "are",
		"was", "were", "be", "been", "that", "which", "this", "This", "these", "These", "those", "its", "their", "our", "we", "it", "not", "no", "No", "than",
		"both", "all", "All", "each", "between", "into", "within", "during", "after", "before", "using", "via", "per", "but", "also", "most", "more", "other",
		"such", "many", "some", "any", "only", "may", "can", "could", "two", "three", "one":
		return true
	}
	return false
}

// functionWords are the stop words of a language with a stemmer, as the senses
// know them.
func functionWords(l *Language) map[string]bool {
	out := map[string]bool{}
	for w := range l.Stops() {
		out[contextWord(w, l)] = true
	}
	return out
}
