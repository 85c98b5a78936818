package sense

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"unicode"
)

// Sense is what is known of one sense.
type Sense struct {
	Names      []string // label and aliases; long forms and abbreviations alike
	Context    []string // words that speak for it
	NotContext []string // words that speak against it
	Related    []string // names of related senses
	Definition string
	Prior      float64 // share of its forms' uses, 0 if unknown
}

// Group is a form with the senses that it may have: several, or one that asks
// for evidence.
type Group struct {
	Form   string
	Senses []int // places in Builder.Senses
}

// Senses are all senses of a glossary, shared forms or not. They are asked for
// again and again instead of being kept: there may be a million.
type Senses interface {
	Len() int
	At(i int) Sense
}

// Builder writes the section of a glossary.
type Builder struct {
	Senses Senses
	Groups []Group
	// Words splits a text into words, folded and without possessive endings;
	// nil splits at all that is not a letter, mark or digit.
	Words func(string) []string
	// Stop says that a folded word is a stop word; nil knows none. StopWords
	// lists them for the section.
	StopWords []string
	// Singular reduces a word to its singular, for counting names; may be nil.
	Singular func(string) string
	// Vectors gives words their meaning; may be nil. The Vocabulary most frequent
	// of its words, and those of the profiles, become part of the section.
	Vectors    *Source
	Vocabulary int

	source  *Source // Vectors, or nil where they are not needed
	weights weights
	stops   map[string]bool
	stats   *statistics
	having  map[string]tally // profiles with a word
	aligner aligner
	beside  map[string][]float32
	memo    map[int][]float32
}

// Bytes returns the section. The same input gives the same bytes.
func (b *Builder) Bytes() []byte {
	b.prepare()
	used := b.used()
	number := map[int]uint32{}
	var ids, first, scales, codes, postings []byte
	le := binary.LittleEndian
	var lex lexicon
	for i, s := range used {
		number[s] = uint32(i)
		ids = le.AppendUint32(ids, uint32(s))
		first = le.AppendUint32(first, uint32(len(postings)/pairSize))
		for _, p := range b.profile(s) {
			postings = le.AppendUint32(postings, lex.number(p.word)|uint32(chain(p.word))<<chainShift)
			postings = le.AppendUint32(postings, math.Float32bits(float32(p.weight)))
		}
		if b.source != nil {
			var scale float32
			codes, scale = quantise(codes, unit(b.profileVector(s)))
			scales = le.AppendUint16(scales, toBfloat(scale))
		}
	}
	first = le.AppendUint32(first, uint32(len(postings)/pairSize))
	if b.source == nil {
		scales = make([]byte, 2*len(used))
	}
	var groups, candidates []byte
	for _, g := range b.Groups {
		groups = le.AppendUint32(groups, uint32(len(candidates)/pairSize))
		for i, x := range b.priors(g.Form, g.Senses) {
			candidates = le.AppendUint32(candidates, number[g.Senses[i]])
			candidates = le.AppendUint32(candidates, math.Float32bits(float32(x)))
		}
	}
	groups = le.AppendUint32(groups, uint32(len(candidates)/pairSize))

	entries, dims := b.vocabulary(lex.words), 0
	if b.source != nil {
		dims = b.source.dims
	}
	buckets := bucketsFor(len(entries))
	var out []byte
	for _, x := range []int{version, dims, buckets, len(entries), len(used), len(postings) / pairSize, len(lex.words), len(lex.text), len(b.Groups), len(candidates) / pairSize} {
		out = le.AppendUint32(out, uint32(x))
	}
	out = appendTable(out, entries, buckets)
	for _, part := range [][]byte{ids, first, scales, codes, postings, lex.offsets(), lex.text, groups, candidates} {
		out = pad(append(out, part...))
	}
	return out
}

func (b *Builder) prepare() {
	b.source = b.Vectors
	if len(b.Groups) == 0 {
		b.source = nil
	}
	b.weights = withoutVectors
	if b.source != nil {
		b.weights = withVectors
	}
	if b.Words == nil {
		b.Words = words
	}
	b.stops = map[string]bool{}
	for _, w := range b.StopWords {
		b.stops[w] = true
	}
	b.memo = map[int][]float32{}
	if len(b.Groups) == 0 {
		return // nothing to decide: spare a large glossary the statistics
	}
	wanted, near := map[string]bool{}, map[string]bool{}
	for _, s := range b.used() {
		for _, name := range b.longNames(s) {
			split := b.Words(name)
			wanted[b.key(split)] = true
			for _, w := range split {
				near[w] = true
			}
		}
	}
	b.stats = b.count(wanted)
	b.aligner = aligner{stop: b.stop, word: func(w string) bool { return b.stats.words[w] >= 2 }}
	b.countProfiles()
	b.findNeighbours(near)
}

func (b *Builder) stop(w string) bool { return b.stops[w] }

// used are the senses of all groups, in order.
func (b *Builder) used() []int {
	var out []int
	for _, g := range b.Groups {
		out = append(out, g.Senses...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// vocabulary are the words of the section's table: stop words, the words of the
// profiles, and the most frequent of all.
func (b *Builder) vocabulary(lexemes []string) []entry {
	var out []entry
	if len(b.Groups) == 0 {
		return nil
	}
	have := map[uint32]bool{}
	dims := 0
	if b.source != nil {
		dims = b.source.dims
	}
	for _, w := range b.StopWords {
		if h := hashOf(w); !have[h] {
			have[h] = true
			out = append(out, entry{hash: h, codes: make([]byte, dims/2)})
		}
	}
	take := func(i int) {
		h := u32(b.source.hashes, i)
		if have[h] {
			return
		}
		have[h] = true
		half := dims / 2
		out = append(out, entry{hash: h, scale: binary.LittleEndian.Uint16(b.source.scales[2*i:]), codes: b.source.codes[i*half : (i+1)*half]})
	}
	if b.source != nil {
		for _, w := range lexemes {
			if i := b.source.find(w); i >= 0 {
				take(i)
			}
		}
		for i := range b.source.len() {
			if u32(b.source.ranks, i) < uint32(b.Vocabulary) {
				take(i)
			}
		}
	}
	slices.SortFunc(out, func(a, b entry) int { return int(int64(a.hash) - int64(b.hash)) })
	return out
}

// lexicon numbers words in the order in which they come.
type lexicon struct {
	words []string
	text  []byte
	ends  []uint32
	index map[string]uint32
}

func (l *lexicon) number(w string) uint32 {
	if n, ok := l.index[w]; ok {
		return n
	}
	if l.index == nil {
		l.index = map[string]uint32{}
	}
	n := uint32(len(l.words))
	l.index[w] = n
	l.words = append(l.words, w)
	l.text = append(l.text, w...)
	l.ends = append(l.ends, uint32(len(l.text)))
	return n
}

func (l *lexicon) offsets() []byte {
	out := binary.LittleEndian.AppendUint32(nil, 0)
	for _, x := range l.ends {
		out = binary.LittleEndian.AppendUint32(out, x)
	}
	return out
}

func words(s string) []string {
	return strings.FieldsFunc(strings.Map(unicode.ToLower, s), func(r rune) bool { return !isLetter(r) })
}
