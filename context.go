package postil

import (
	"math"

	"postil/internal/sense"
)

// contextWords is what the decisions of one document know of its tokens.
type contextWords struct {
	words []sense.Word
	place []int32 // by token: 1 + its place in words, nothingSaid, or 0 where that is not known yet
	seen  []int32 // by token: the last round in which it was a context word
	round int32   // of all documents, so that seen is not cleared for each
	steps int     // taken since reset
	size  int     // tokens of the document
	found []sense.Found
	own   uint32 // the class of the mentions, which elsewhere says as little; or 0
	text  []byte // of the words that are not written in the document as they are

	sides  []side
	recent sense.Recent // of the annotator's model
}

// nothingSaid marks tokens that say nothing about what a mention means.
const nothingSaid = -1

func (c *contextWords) reset(tokens int) {
	clear(c.words)
	c.steps = 0
	c.size, c.words, c.place, c.text = tokens, c.words[:0], c.place[:0], c.text[:0]
}

// open makes room for the tokens, when the first decision asks.
func (c *contextWords) open() {
	if len(c.place) == c.size {
		return
	}
	c.place = append(c.place, make([]int32, c.size)...)
	if cap(c.seen) < c.size {
		c.seen = make([]int32, c.size)
	}
	c.seen = c.seen[:c.size]
}

// addContext gives the scorer the words up to a distance from the mentions, nearest
// first, which makes one sense of them all. The mentions themselves say nothing
// about what they mean.
func (a *Annotator) addContext(w *work, alike []int32, window int) {
	c := &w.context
	c.open()
	c.found = c.found[:0]
	c.own = w.ownClass(alike)
	if len(alike) == 1 {
		a.lookAround(w, &w.mentions[alike[0]], window)
	} else {
		a.lookAroundAll(w, alike, window)
	}
	w.decider.scorer.Read(a.senses, c.words, c.found)
}

// ownClass is the class of mentions that are one word, 0 for longer ones.
func (w *work) ownClass(alike []int32) uint32 {
	if m := &w.mentions[alike[0]]; m.first == m.last {
		return w.doc.Tokens[m.first].Class()
	}
	return 0
}

// lookAround finds the words around one mention.
func (a *Annotator) lookAround(w *work, m *mention, window int) {
	c := &w.context
	left, right := side{at: int(m.first), step: -1}, side{at: int(m.last), step: 1}
	for steps := 1; steps <= window && len(c.found) < sense.MaxWords; steps++ {
		for _, s := range [...]*side{&left, &right} {
			if w.next(s, window) && len(c.found) < sense.MaxWords {
				a.look(w, s.at, s.distance)
			}
		}
		c.steps++
	}
}

// lookAroundAll finds the words around several mentions, each once.
func (a *Annotator) lookAroundAll(w *work, alike []int32, window int) {
	c := &w.context
	c.nextRound()
	c.sides = c.sides[:0]
	for _, i := range alike {
		m := &w.mentions[i]
		for t := m.first; t <= m.last; t++ {
			c.seen[t] = c.round
		}
		c.sides = append(c.sides, side{at: int(m.first), step: -1}, side{at: int(m.last), step: 1})
	}
	for steps := 1; steps <= window && len(c.found) < sense.MaxWords; steps++ {
		for i := range c.sides {
			s := &c.sides[i]
			if w.next(s, window) && c.seen[s.at] != c.round && len(c.found) < sense.MaxWords {
				c.seen[s.at] = c.round
				a.look(w, s.at, s.distance)
			}
		}
		c.steps += len(alike)
	}
}

// nextRound begins a round, in which no token was seen.
func (c *contextWords) nextRound() {
	if c.round == math.MaxInt32 {
		clear(c.seen[:cap(c.seen)])
		c.round = 0
	}
	c.round++
}

// look adds token t, at a distance from the nearest mention, to what was found, if
// it says something.
func (a *Annotator) look(w *work, t, distance int) {
	c := &w.context
	place := &c.place[t]
	if *place == 0 {
		a.lookUp(w, t)
	}
	if *place > 0 && (c.own == 0 || w.doc.Tokens[t].Class() != c.own) {
		c.found = append(c.found, sense.Found{Word: *place - 1, Distance: int32(distance)})
	}
}

// lookUp notes what the senses know of token t.
func (a *Annotator) lookUp(w *work, t int) {
	c := &w.context
	c.place[t] = nothingSaid
	if word, ok := a.senseWord(w, t); ok {
		c.words = append(c.words, word)
		c.place[t] = int32(len(c.words))
	}
}

// senseWord is token t as the senses know it; ok is false if it says nothing.
func (a *Annotator) senseWord(w *work, t int) (word sense.Word, ok bool) {
	x := &w.doc.Tokens[t]
	if !a.dict.Language.Inflects() {
		if word, ok, known := w.context.recent.Word(a.senses, w.doc.Text, int(x.Start), int(x.End)); known {
			return word, ok
		}
	}
	var folded string
	folded, w.context.text = contextWordIn(w.context.text, w.doc.Text[x.Start:x.End], a.dict.Language)
	return a.senses.Word(folded)
}
