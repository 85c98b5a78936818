package abbrev

import "math/bits"

// impossible is the score of what cannot be. It can be added to.
const impossible = -1 << 24

// state is the best match of the letters from one on, the leftmost of them at a
// known char. The score of that char is not included yet, since it depends on
// whether a letter before it matches in the same word.
type state struct {
	score  int32
	char   uint16
	word   uint8 // of the char
	letter uint8 // the letter at the char: some before it may have been dropped
	end    uint8 // the last word that has a match
	lost   bool  // a letter, not a digit, was dropped
}

// row is the possible states for one letter, by descending char.
type row struct {
	list [maxChars]state
	n    int
}

// add appends s unless it is at floor or below.
func (r *row) add(s state, floor int32) {
	if s.score > floor {
		r.list[r.n] = s
		r.n++
	}
}

// aligner matches the letters of a short form to the chars of a window, in
// order, with the best sum of weights. It goes from the last letter to the
// first and from the last word to the first, and keeps a row for the letter at
// hand and the one after it. States that cannot come above zero any more are left
// out.
type aligner struct {
	*short
	win     *window
	weights *weights
	costs   *costs
	steps   int   // taken so far
	need    int32 // what the match must come to, the most that its start can give taken off
	floor   int32 // what it must come to before the letter at hand
}

// run returns the best matches of all letters, by their first char.
func (a *aligner) run(rows *[2]row) []state {
	s, w := a.short, a.weights
	cur, next := &rows[0], &rows[1]
	next.n = 0
	none := state{} // of having dropped all letters so far
	a.floor = a.need
	for i := range s.n {
		a.floor -= a.most(&s.letters[i])
	}
	for i := s.n - 1; i >= 0; i-- {
		drop, loses := s.drop(i, w)
		a.letter(cur, next, i, none)
		a.floor += a.most(&s.letters[i])
		a.steps += a.win.nword + cur.n
		if next.n > 0 && drop > impossible {
			cur.merge(next, drop, loses)
		}
		if cur, next = next, cur; next.n == 0 && drop == impossible {
			return nil
		}
		if none.score = max(none.score+drop, impossible); loses {
			if none.lost {
				none.score = impossible
			}
			none.lost = true
		}
	}
	return next.list[:next.n]
}

// most is the most that letter l can give.
func (a *aligner) most(l *letter) int32 {
	if a.win.starts&letterBit(l.r) != 0 {
		return mostStart
	}
	return mostInner
}

// letter fills cur with the matches of letter i, from next, those of the letter
// after it.
func (a *aligner) letter(cur, next *row, i int, none state) {
	s, win, w := a.short, a.win, a.weights
	l := &s.letters[i]
	later := state{score: impossible} // the best that starts in a later word, its cost from there on taken off
	cur.n = 0
	from := 0 // next.list[from:to] are in the word at hand
	for having := win.having[l.r&63]; having != 0; {
		k := bits.Len32(having) - 1
		having &^= 1 << k
		wd := &win.words[k]
		for ; from < next.n && int(next.list[from].word) > k; from++ {
			n := &next.list[from]
			j := int(n.word)
			if v := n.score + s.first(n.letter, &win.words[j], win, int(n.char), w) - a.costs.between[j]; v > later.score {
				later = *n
				later.score = v
			}
		}
		to := from
		for to < next.n && int(next.list[to].word) == k {
			to++
		}
		pause := win.pause(k, w)
		best := later
		best.score += a.costs.between[k+1] + pause
		if v := none.score + a.costs.behind[k+1] + pause; v > best.score {
			best = none
			best.score, best.end = v, uint8(k)
		}
		if best.score <= a.floor && from == to {
			if to == next.n {
				break // and the words before cost even more
			}
			continue
		}
		best.word, best.letter = uint8(k), uint8(i)
		for p := wd.last - 1; p >= wd.first; p-- {
			if c := &win.chars[p]; c.r == l.r || c.digit == l.r {
				cur.add(a.within(best, next.list[from:to], p), a.floor)
			}
		}
	}
}

// within is the better of best and the states of the same word that go on after
// char p.
func (a *aligner) within(best state, next []state, p int) state {
	best.char = uint16(p)
	for k := range next {
		a.steps++
		n := &next[k]
		if int(n.char) <= p {
			break
		}
		if v := n.score + a.short.step(n.letter, a.win, p, int(n.char), a.weights); v > best.score {
			best.score, best.end, best.lost = v, n.end, n.lost
		}
	}
	return best
}

// merge adds the states of next, with the letter at hand dropped.
func (r *row) merge(next *row, drop int32, loses bool) {
	k := 0
	for j := range next.list[:next.n] {
		n := next.list[j]
		if loses && n.lost {
			continue
		}
		n.score += drop
		n.lost = n.lost || loses
		for k < r.n && r.list[k].char > n.char {
			k++
		}
		if k < r.n && r.list[k].char == n.char {
			if n.score > r.list[k].score {
				r.list[k] = n
			}
			continue
		}
		if r.n < maxChars {
			copy(r.list[k+1:r.n+1], r.list[k:r.n])
			r.list[k] = n
			r.n++
		}
	}
}

// first is the weight of letter i as the first match in its word, at char p.
func (s *short) first(i uint8, wd *word, win *window, p int, w *weights) int32 {
	l, c := &s.letters[i], &win.chars[p]
	v := w[firstInit+weight(c.place)]
	if l.digit && c.r != l.r {
		v += w[numeral]
	}
	if !c.place.starts() {
		return v + s.inner(l, w)
	}
	if s.mixed && !l.upper && !l.digit {
		if wd.kind == wordStop {
			v += w[smallStop]
		} else {
			v += w[smallContent]
		}
	}
	return v + outer(l, c, w)
}

// step is the weight of letter i at char q, when the letter before it stands
// at char p of the same word.
func (s *short) step(i uint8, win *window, p, q int, w *weights) int32 {
	l, c := &s.letters[i], &win.chars[q]
	switch {
	case c.place.starts():
		return w[stepPart] + outer(l, c, w)
	case q == p+1:
		return w[stepNext] + s.inner(l, w)
	case c.last && c.r == 's':
		return w[stepPlural] + s.inner(l, w)
	}
	return w[stepSyllable+weight(c.place-placeSyllable)] + s.inner(l, w)
}

// outer is the further weight of a letter where a word or a part starts.
func outer(l *letter, c *char, w *weights) (v int32) {
	if l.apart {
		v += w[apartStart]
	}
	if l.upper && c.upper {
		v += w[bothCapital]
	}
	return v
}

// inner is the further weight of a letter inside a word.
func (s *short) inner(l *letter, w *weights) (v int32) {
	if l.apart {
		v += w[apartInner]
	}
	if s.mixed && l.upper {
		v += w[largeInner]
	}
	if s.n == 2 {
		v += w[innerOfTwo]
	}
	return v
}

// drop is the weight of leaving letter i without a match; loses reports that it
// is a letter that should have one. Only one such letter may be dropped.
func (s *short) drop(i int, w *weights) (weight int32, loses bool) {
	switch {
	case i == 0:
		return impossible, false
	case s.letters[i].digit:
		return w[dropDigit], false
	case i == s.n-1 && s.plural:
		return w[dropPlural], false
	case s.n > 2:
		return w[dropLetter], true
	}
	return impossible, true
}
