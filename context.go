package postil

import (
	"postil/internal/index"
	"postil/internal/sense"
	"postil/internal/text"
)

// context is what the decisions of one document know of its tokens.
type context struct {
	words []sense.Word
	word  []int32 // by token: 1 + place in words; 0 where it is not known yet
	seen  []int32 // by token: the last round in which it was a context word
	round int32
	size  int    // tokens of the document
	text  []byte // of the words that are not written in the document as they are
}

func (c *context) reset(tokens int) {
	clear(c.words)
	c.size, c.words, c.word, c.text = tokens, c.words[:0], c.word[:0], c.text[:0]
}

// open makes room for the tokens, when the first decision asks.
func (c *context) open() {
	if len(c.word) != c.size {
		c.word = append(c.word, make([]int32, c.size)...)
		c.seen, c.round = append(c.seen[:0], make([]int32, c.size)...), 0
	}
}

// addContext gives the scorer the words around the mentions, nearest first,
// which makes one sense per document of them. The mentions themselves say
// nothing about what they mean.
func (a *Annotator) addContext(w *work, alike []int32) {
	s, c := &w.decider.scorer, &w.context
	s.Reset(a.senses)
	c.open()
	c.round++
	for _, i := range alike {
		for t := w.mentions[i].first; t <= w.mentions[i].last; t++ {
			c.seen[t] = c.round
		}
	}
	added := 0
	add := func(t, distance int) {
		if t < 0 || t >= c.size || c.seen[t] == c.round {
			return
		}
		c.seen[t] = c.round
		if s.Add(a.contextWord(w, t), distance) {
			added++
		}
	}
	for distance := 1; distance <= sense.Window; distance++ {
		for _, i := range alike {
			if add(int(w.mentions[i].first)-distance, distance); added == sense.MaxWords {
				return
			}
			if add(int(w.mentions[i].last)+distance, distance); added == sense.MaxWords {
				return
			}
		}
	}
}

// contextWord is token t for the senses.
func (a *Annotator) contextWord(w *work, t int) sense.Word {
	c := &w.context
	if c.word[t] == 0 {
		x := &w.doc.Tokens[t]
		c.words = append(c.words, a.senses.Word(c.fold(w.doc.Text[x.Start:x.End])))
		c.word[t] = int32(len(c.words))
	}
	return c.words[c.word[t]-1]
}

// fold is the context word of a token. Like the words, it is good until reset.
func (c *context) fold(token string) string {
	if text.IsSmall(token) || len(token) > maxContextWord {
		return contextWord(token)
	}
	from := len(c.text)
	c.text, _ = text.Normal(c.text, token, false)
	return index.String(c.text[from:])
}
