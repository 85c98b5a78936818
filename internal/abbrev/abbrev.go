package abbrev

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
	f := finder{text: text, weights: &fitted, pairs: dst, base: len(dst)}
	f.run()
	return f.pairs
}

// finder is the state of one Find. It is large, so that it holds all that is
// needed, and lives on the stack.
type finder struct {
	text    string
	weights *weights
	pairs   []Pair
	base    int // len(dst) on entry

	short   short
	variant short // of short
	outline outline
	words   window
	filled  bool // words has what outline outlines
	costs   costs
	rows    [2]row
	steps   int // taken in windows and alignments
	cands   [maxCandidates]candidate
	ncand   int
	uses    uses

	// observe, if set, sees every short form with its candidates. The fitting
	// of the weights looks on through it.
	observe func(start, end int, candidates []candidate)
}

func (f *finder) run() {
	text := f.text
	for i := toCapital(text, 0); i < len(text); i = toCapital(text, i) {
		switch {
		case class[text[i]]&isUpper != 0:
			i = f.capitals(i)
		case bracketAt(text, i) > 0:
			f.bracket(i)
			fallthrough
		default:
			i++
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

// spent reports whether f has done as much as the text allows.
func (f *finder) spent() bool { return f.steps > stepsPerByte*len(f.text)+freeSteps }

// add puts p into its place by ShortStart, unless its short form overlaps its
// long form or a short form that is there.
func (f *finder) add(p Pair) {
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
