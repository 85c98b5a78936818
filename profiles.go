package postil

import (
	"maps"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"

	"postil/internal/index"
	"postil/internal/sense"
	"postil/internal/text"
)

// vocabulary is how many of the most frequent words of CompileOptions.Vectors
// an index keeps for the words of documents. Twice as many are worth less than
// half a percent of right senses.
const vocabulary = 10000

// addSenses writes what is needed to choose between the terms of a form.
func (c *compiler) addSenses() error {
	b := sense.Builder{Senses: senses{c}, Words: c.words, Vocabulary: vocabulary}
	b.StopWords = slices.Sorted(maps.Keys(stopWords(c.dict.Language)))
	if c.dict.Language.IsEnglish() {
		b.Singular = singular
		if c.options.Vectors != nil {
			var err error
			if b.Vectors, err = sense.OpenSource(c.options.Vectors); err != nil {
				return err
			}
		}
	}
	c.dict.Groups(func(written string, terms []uint32) {
		g := sense.Group{Form: written}
		for _, t := range terms {
			g.Senses = append(g.Senses, int(t))
		}
		b.Groups = append(b.Groups, g)
	})
	if err := c.step("senses", 0, len(b.Groups)); err != nil {
		return err
	}
	c.w.Add("sense", b.Bytes())
	return nil
}

// senses are the terms as senses.
type senses struct{ *compiler }

func (c senses) Len() int { return len(c.order) }

func (c senses) At(i int) sense.Sense {
	t := c.term(i)
	s := sense.Sense{Context: t.Context, NotContext: t.NotContext, Definition: t.Definition, Prior: t.Prior}
	for f := range formsOf(t) {
		s.Names = append(s.Names, f.written)
	}
	s.Related = append(s.Related, t.Related...)
	for _, id := range t.SeeAlso {
		if l := c.labelOf(id); l != "" {
			s.Related = append(s.Related, l)
		}
	}
	return s
}

// labelOf is the label of the term with an id, or "".
func (c *compiler) labelOf(id string) string {
	i, ok := slices.BinarySearchFunc(c.order, id, func(n uint32, id string) int { return strings.Compare(c.given[n].ID, id) })
	if !ok {
		return ""
	}
	return c.term(i).Label
}

// words are the words of s as the senses know them.
func (c *compiler) words(s string) []string {
	c.tokens = text.Tokens(c.tokens[:0], s)
	out := make([]string, 0, len(c.tokens))
	for _, t := range c.tokens {
		if word := contextWord(s[t.Start:t.End], c.dict.Language); word != "" {
			out = append(out, word)
		}
	}
	return out
}

// maxContextWord is the length in bytes from which a token is no word.
const maxContextWord = 255

// contextWord is a token as the senses know it: folded, without a possessive
// ending, stemmed unless it is English, whose words the vectors have as they are.
func contextWord(token string, l *Language) string {
	word, _ := contextWordIn(nil, token, l)
	return word
}

// contextWordIn is contextWord, but appends a word that is not written so to buf;
// it is good as long as that is.
func contextWordIn(buf []byte, token string, l *Language) (word string, _ []byte) {
	if len(token) > maxContextWord {
		return "", buf
	}
	if !l.Inflects() {
		if text.IsSmall(token) {
			return token, buf // as most are
		}
		l = nil
	}
	from := len(buf)
	buf, _ = text.Normal(buf, token, l)
	return index.String(buf[from:]), buf
}

func singular(word string) string {
	normal, _ := text.Normal(nil, word, text.English())
	return string(normal)
}

// prepositions are those that bleve's list of English stop words lacks.
func prepositions() []string {
	return []string{"across", "amid", "among", "amongst", "despite", "onto", "per", "toward", "towards", "upon", "versus", "via", "within", "without"}
}

// stopWords are bleve's for a language, which may be nil, as the senses know
// them.
func stopWords(l *Language) map[string]bool {
	switch {
	case l == nil:
		return nil
	case l.IsEnglish():
		m := analysis.NewTokenMap()
		_ = m.LoadBytes(en.EnglishStopWords) // it reads from memory
		for _, w := range prepositions() {
			m.AddToken(w)
		}
		return m
	}
	return functionWords(l)
}
