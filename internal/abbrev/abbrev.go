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
	var f Finder
	return f.Find(dst, text)
}

// Finder finds the definitions in one text after another. It is large, so that
// it holds all that is needed, and worth keeping. Its zero value is ready; it is
// not safe for concurrent use.
type Finder struct {
	// Known, if not nil, says which definitions are of use: see Finder.Find.
	Known func(start, end int) bool

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
	missed  span // the outermost bracket at hand that Known made f pass over

	// observe, if set, sees every short form with its candidates. The fitting
	// of the weights looks on through it.
	observe func(start, end int, candidates []candidate)
}

// Find is like the function Find if f.Known is nil. Otherwise it appends, of the
// same definitions, at least those whose short form or whose long form is known,
// and takes much less time where few are.
//
// Known reports whether the caller has use for text[start:end] as a short form or
// in a long form: whether it knows all words there. It must be true of a stretch
// within another of which it is true, and so of one without any whole word. Find
// asks about short forms, and about the first, the last or all words of what
// might be a long form. Mostly it asks in the order of the text; it goes back by
// some hundred bytes within brackets, and in the end once to the beginning.
func (f *Finder) Find(dst []Pair, text string) []Pair {
	f.text, f.weights, f.pairs, f.base = text, &fitted, dst, len(dst)
	f.steps, f.ncand, f.uses.n, f.missed = 0, 0, 0, span{}
	f.run()
	dst = f.pairs
	f.text, f.pairs = "", nil
	return dst
}

func (f *Finder) run() {
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
func (f *Finder) spent() bool { return f.steps > stepsPerByte*len(f.text)+freeSteps }

// add puts p into its place by ShortStart, unless its short form overlaps its
// long form or a short form that is there.
func (f *Finder) add(p Pair) {
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
