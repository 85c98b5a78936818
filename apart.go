package postil

import (
	"unicode"
	"unicode/utf8"
)

// What stands in another sentence says less about a mention, and what stands in
// another block, such as the headline of the next article, hardly anything. So an end
// of either counts as so many words between.
const (
	sentenceApart = 8
	blockApart    = 20
	// longGap bounds what is looked at between two tokens, in bytes.
	longGap = 64
)

// side is the tokens before or after a mention, gone through from it.
type side struct {
	at, step int // the token at hand, and which way
	distance int // from the mention
}

// next goes on to the next token of a side, if it is within the window.
func (w *work) next(s *side, window int) bool {
	at := s.at + s.step
	if at < 0 || at >= w.context.size || s.distance >= window {
		return false
	}
	s.distance += 1 + w.apart(max(s.at, at))
	s.at = at
	return s.distance <= window
}

// apart is by how many words token i is further from the one before it than the next
// word is.
func (w *work) apart(i int) int {
	from, to := w.doc.Tokens[i-1].End, w.doc.Tokens[i].Start
	if to-from == 1 && w.doc.Text[from] == ' ' {
		return 0
	}
	return w.endsWithin(i, int(from), int(to))
}

// endsWithin is apart for a token that has text[from:to] before it.
func (w *work) endsWithin(i, from, to int) int {
	if to <= from {
		return 0
	}
	if to-from > longGap {
		return blockApart
	}
	lines, ends := 0, false
	for k, r := range w.doc.Text[from:to] {
		switch r {
		case '\n':
			lines++
		case '.':
			ends = ends || k == 0 && !abbreviated(w.doc.Text[:from])
		case '!', '?', '…', '。', '！', '？':
			ends = true
		}
	}
	if lines > 1 || lines == 1 && w.doc.BreakBetween(i) {
		return blockApart
	}
	if r, _ := utf8.DecodeRuneInString(w.doc.Text[to:]); ends && to-from > 1 && !unicode.IsLower(r) {
		return sentenceApart
	}
	return 0
}
