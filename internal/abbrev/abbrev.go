package abbrev

import (
	"math/bits"
	"strings"
)

// Pair is one definition: where the short form stands and where the long form
// stands, as half-open byte offsets into the text. The two never overlap, both
// lie on rune boundaries, and the long form is the longer one.
type Pair struct {
	ShortStart, ShortEnd int
	LongStart, LongEnd   int
}

// Find appends the definitions in text to dst, sorted by ShortStart, and
// returns the extended slice. A short form that is defined twice is returned
// twice. Beyond the growth of dst it does not allocate. The time is
// proportional to the length of the text; Find keeps no state and may be called
// concurrently. Text that is not valid UTF-8 gives no useful answer, but no
// panic either.
func Find(dst []Pair, text string) []Pair {
	var f Finder
	return f.Find(dst, text)
}

// Wanted says which definitions are of use; all functions must be set.
// Finder.Find asks about few places of a text, in their order but for some
// hundred bytes back and forth around brackets. In the end it asks about up to
// maxUses short forms and long forms anywhere.
type Wanted struct {
	// Short reports whether there is use for text[start:end] as a short form.
	Short func(start, end int) bool
	// Long reports whether there may be use for a long form that has
	// text[start:end] in it, or is just that. What is true of a stretch must be
	// true of all stretches within it: "all words that it has a part of are in my
	// vocabulary" is such a condition.
	Long func(start, end int) bool
	// Any reports whether there may be use for a short form that has any word of
	// text[start:end] in it, or for a long form. Of the last word of a short form
	// that there is use for, Long must be true.
	Any func(start, end int) bool
}

// Finder finds the definitions in one text after another. It is large, so that
// it holds all that is needed, and worth keeping. Its zero value is ready; it is
// not safe for concurrent use.
type Finder struct {
	// Wanted, if not nil, says which definitions are of use: see Finder.Find.
	Wanted *Wanted

	text    string
	weights *weights
	pairs   []Pair
	base    int // len(dst) on entry

	short   short
	variant short // of short
	outline outline
	words   window
	filled  span // what words has
	costs   costs
	rows    [2]row
	steps   int // taken in windows and alignments
	asking  int // the same, before it is known whether a definition is wanted
	cands   [maxCandidates]candidate
	ncand   int
	uses    uses

	clauseKey clauseKey
	clauseAt  int
	missed    span // the outermost bracket at hand that f has passed over as not wanted

	// observe, if set, sees every short form with its candidates. The fitting
	// of the weights looks on through it.
	observe func(start, end int, candidates []candidate)
}

// Find is like the function Find if f.Wanted is nil. Otherwise it appends, of the
// same definitions, at least those that are wanted by their short form or by their
// long form, and takes much less time where few are.
func (f *Finder) Find(dst []Pair, text string) []Pair {
	f.text, f.weights, f.pairs, f.base = text, &fitted, dst, len(dst)
	f.steps, f.asking, f.ncand, f.uses.n, f.missed = 0, 0, 0, 0, span{}
	none := span{-1, -1} // of the text before, nothing holds any more
	f.outline.span, f.filled, f.clauseKey = none, none, clauseKey{-1, 0}
	f.run()
	dst = f.pairs
	f.text, f.pairs = "", nil
	return dst
}

// Steps is how much the last Find did on brackets and the like; it is at most in
// proportion to the length of the text.
func (f *Finder) Steps() int { return f.steps + f.asking }

func (f *Finder) run() {
	text, next := f.text, 0
	var m marker
	for at := 0; at < len(text); at += 8 {
		for marks := m.at(text, at); marks != 0; marks &= marks - 1 {
			i := at + bits.TrailingZeros64(marks)/8
			switch {
			case i < next || i >= len(text):
			case class[text[i]]&isUpper != 0:
				if first := firstCapital(text, i); first < i {
					next = f.capitals(first)
				}
			case bracketAt(text, i) > 0:
				f.bracket(i)
			}
		}
	}
	f.distant()
}

// The work on brackets and the like is limited in proportion to the text, so
// that no text made for it can take long. Dense abstracts take four steps a
// byte.
const (
	stepsPerByte = 16
	freeSteps    = 1 << 16
)

// limit is how many steps the text allows.
func (f *Finder) limit() int { return stepsPerByte*len(f.text) + freeSteps }

// spent reports whether f has done as much as the text allows.
func (f *Finder) spent() bool { return f.steps > f.limit() }

// add puts p into its place by ShortStart, unless its short form overlaps its
// long form or a short form that is there.
func (f *Finder) add(p Pair) {
	p.ShortEnd -= possessive(f.text[p.ShortStart:p.ShortEnd])
	if p.ShortStart < p.LongEnd && p.LongStart < p.ShortEnd {
		return
	}
	i := len(f.pairs)
	for i > f.base && f.pairs[i-1].ShortStart > p.ShortStart {
		i--
	}
	if i > f.base && f.pairs[i-1].ShortEnd > p.ShortStart {
		return
	}
	if i < len(f.pairs) && f.pairs[i].ShortStart < p.ShortEnd {
		return
	}
	f.pairs = append(f.pairs, Pair{})
	copy(f.pairs[i+1:], f.pairs[i:])
	f.pairs[i] = p
}

// possessive is the length in bytes of the possessive ending of a short form that is
// one: the Association's (CMA's) chair.
func possessive(s string) int {
	for _, ending := range [...]string{"'s", "’s"} {
		if rest, ok := strings.CutSuffix(s, ending); ok && len(rest) > 1 {
			return len(ending)
		}
	}
	return 0
}
