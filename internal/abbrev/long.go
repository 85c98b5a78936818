package abbrev

import (
	"slices"
	"strings"
	"unicode"
)

const (
	maxCandidates = 96
	maxLong       = 300 // bytes

	clear = 300 // the score of a match beyond doubt
)

// candidate is a long form for the short form at hand.
type candidate struct {
	span
	score int32
}

// before adds the long forms of s among up to limit words of one clause that end
// at end.
func (f *Finder) before(s *short, end, limit int, bias int32) {
	sp := f.clause(end, limit)
	f.look(sp)
	for kind := range variants {
		if cost, ok := f.variant.vary(s, kind, f.weights); ok {
			f.try(&f.variant, sp, bias+cost, scanEnd)
		}
		if kind == 0 && f.observe == nil && f.best().score > clear {
			return
		}
	}
}

// clause is the stretch of up to limit words of one clause that end at end. One
// is remembered, since it is often asked for again.
func (f *Finder) clause(end, limit int) span {
	if k := (clauseKey{end, limit}); k != f.clauseKey {
		f.clauseKey, f.clauseAt = k, clauseStart(f.text, end, min(limit, maxWords))
	}
	return span{f.clauseAt, end}
}

// clauseKey is what a clause was asked for by.
type clauseKey struct{ end, limit int }

// whole adds the long form of s that the words of sp are, or as mode says.
func (f *Finder) whole(s *short, sp span, bias int32, mode scanMode) {
	f.look(sp)
	f.try(s, sp, bias, mode)
}

// look takes the outline of sp.
func (f *Finder) look(sp span) {
	f.steps += sp.end - sp.start
	if f.outline.span != sp {
		f.outline.read(f.text, sp)
	}
}

// try scans the words of sp, of which f has the outline, if that may be of use.
// It fills the window unless that is done.
func (f *Finder) try(s *short, sp span, bias int32, mode scanMode) {
	if _, ok := f.outline.latest(s, mode, f.weights == &strict); !ok {
		return
	}
	if f.filled != sp {
		f.words.fill(f.text, sp)
		f.filled = sp
	}
	f.scan(s, bias, mode)
}

// scanMode says what is known of the long form.
type scanMode uint8

const (
	scanEnd   scanMode = iota // it ends where the window ends
	scanBoth                  // it starts and ends where the window does
	scanStart                 // it starts where the window starts
)

// scan adds the long forms of s in the window.
func (f *Finder) scan(s *short, bias int32, mode scanMode) {
	win := &f.words
	if win.starts&letterBit(s.letters[0].r) == 0 {
		return
	}
	a := aligner{short: s, win: win, weights: f.weights, costs: &f.costs, need: impossible / 2}
	if f.observe == nil {
		a.need = -(s.bias + bias + mostBefore)
	}
	a.costs.sum(win, f.weights, mode == scanStart)
	states := a.run(&f.rows)
	f.steps += a.steps
	for i := 0; i < len(states); {
		k := int(states[i].word)
		if mode != scanEnd && k > 0 {
			i++
			continue
		}
		wd := &win.words[k]
		best := candidate{score: impossible}
		for ; i < len(states) && int(states[i].word) == k; i++ {
			st := &states[i]
			p := int(st.char)
			if !win.chars[p].place.starts() || st.letter != 0 {
				continue
			}
			v := st.score + s.first(0, wd, win, p, f.weights) + f.start(k, p)
			if v <= best.score {
				continue
			}
			best = candidate{span{wd.start, win.words[win.nword-1].end}, v}
			if mode == scanStart {
				best.end = win.words[st.end].end
			} else if mode == scanEnd && win.chars[p].place == placePart {
				best.start = int(win.chars[p].at)
			}
		}
		if best.score > impossible/2 && f.ncand < maxCandidates && f.fits(s, best.span) {
			best.score += s.bias + bias
			f.cands[f.ncand] = best
			f.ncand++
		}
	}
}

// start is the weight of a long form that starts with word k, the first letter
// standing at char p.
func (f *Finder) start(k, p int) (v int32) {
	win, w := &f.words, f.weights
	wd, c := &win.words[k], &win.chars[p]
	if c.place == placePart {
		v += w[startPart]
	}
	if wd.kind == wordStop {
		v += w[startStop]
		if !c.upper {
			v += w[startSmallStop]
		}
	}
	if k > 0 && c.upper && win.words[k-1].capital && !win.words[k-1].comma {
		v += w[startAfterCapital]
	}
	switch {
	case k == 0:
		v += w[startClause]
	case win.words[k-1].comma:
		v += w[startAfterComma]
	case win.words[k-1].kind == wordStop:
		v += w[startAfterStop]
	}
	if k+1 < win.nword {
		if !c.upper && win.words[k+1].capital {
			v += w[startBeforeCapital]
		}
		return v
	}
	v += w[oneWord]
	if n := wd.last - wd.first; n < 2*f.short.n {
		v += w[oneShortWord]
	}
	return v
}

// fits reports whether long can be the long form of s: longer, not too long,
// and without s as one of its words.
func (f *Finder) fits(s *short, long span) bool {
	words := f.text[long.start:long.end]
	if n := long.end - long.start; n < s.end-s.start+2 || n < 4 || n > maxLong || long.start < s.end && s.start < long.end {
		return false
	}
	single := strings.IndexByte(words, ' ') < 0
	if single && s.n == 1 && !plainWord(words) {
		return false
	}
	form := f.text[s.start:s.end]
	if single && s.n > 1 && strings.Contains(words, form) {
		return false
	}
	for i := long.start; ; i++ {
		j := strings.Index(f.text[i:long.end], form)
		if j < 0 {
			return true
		}
		i += j
		if !wordBefore(f.text, i) && !wordAfter(f.text, i+len(form)) {
			return false
		}
	}
}

// plainWord reports whether s has small letters only after its first.
func plainWord(s string) bool {
	for i, r := range s {
		if i > 0 && !unicode.IsLower(r) && r != '-' {
			return false
		}
	}
	return true
}

// best is the candidate with the best score above zero.
func (f *Finder) best() (best candidate) {
	for _, c := range f.cands[:f.ncand] {
		if c.score > best.score {
			best = c
		}
	}
	return best
}

// decide adds the best candidate of s, if any is good enough, and forgets them all.
func (f *Finder) decide(s *short) bool {
	if f.observe != nil && f.weights != &strict {
		f.observe(s.start, s.end, slices.Clone(f.cands[:f.ncand]))
	}
	best := f.best()
	f.ncand = 0
	if best.score <= 0 {
		return false
	}
	f.add(Pair{s.start, s.end, best.start, best.end})
	return true
}
