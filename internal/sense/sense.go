// Package sense chooses between the senses that share a surface form.
//
// What speaks for a sense is added up in log-odds:
//
//	score(c) = log p(c) + meaning*cos(q, v(c)) + shared*bent(sum of w(x)*match(x))
//
// p(c) is the sense's prior in its form. Where the glossary gives none it is
// estimated when the index is built (estimate.go): from how well the form
// abbreviates the sense's name, how established that name is in the glossary,
// and how near the words of the name are to each other and to the form.
// q is the weighted mean of the word vectors around the mentions, v(c) that of
// the words of the sense's profile. The sum runs over the words x of the
// profile that the document has, or words with which they share their
// beginning; bent(s) is s where it is small, and grows like its logarithm where
// it is large. A softmax over the senses of a form gives probabilities; with
// the weights as they are, they need no further calibration.
//
// Words are folded to lower case and have lost a possessive ending, but are
// not stemmed.
//
// # The section
//
// All numbers are little-endian, all arrays begin at a multiple of four bytes
// from the start, and follow each other in this order:
//
//	header     u32 × 10: version, dims, and the counts of buckets, words,
//	           senses, postings, lexemes, text bytes, groups, candidates
//	buckets    u32 × (buckets+1): first word of each range of hashes
//	hashes     u32 × words, ascending
//	scales     bfloat16 × words; 0 marks a stop word
//	codes      dims/2 bytes × words: four-bit numbers -7 to 7, low nibble first
//	ids        u32 × senses: the sense's place in Builder.Senses
//	senses     u32 × (senses+1): first posting of each sense
//	scales     bfloat16 × senses
//	codes      dims/2 bytes × senses
//	postings   (u32 lexeme below the eight bits of its chain, f32 weight) × postings
//	lexemes    u32 × (lexemes+1): first text byte of each word of the profiles
//	text       bytes
//	groups     u32 × (groups+1): first candidate of each group
//	candidates (u32 sense, f32 log prior) × candidates
//
// A word is known by its 32-bit hash alone: of a hundred thousand words, two
// unknown ones in a hundred thousand are taken for a known one, and then add a
// random direction to an average. The vector of a word is its scale times its
// codes, its weight in averages included; that of a sense has length one.
package sense

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

const (
	version    = 1
	headerSize = 40
	pairSize   = 8
)

// ErrFormat says that a section is not one that this package wrote.
var ErrFormat = errors.New("not a section of senses")

// Model is a section in use. It refers to the bytes given to Open and is safe
// for concurrent use.
type Model struct {
	words      vectors
	senses     vectors
	ids        []byte // of each sense
	first      []byte // of the postings of each sense
	postings   []byte
	lexemes    []byte // first byte of the text of each
	text       []byte
	groups     []byte // first candidate of each
	candidates []byte
	weights    weights
}

// Open uses a section in place. It reads the header only; what damage elsewhere
// does is a wrong score, never a panic.
func Open(b []byte) (*Model, error) {
	if len(b) < headerSize {
		return nil, fmt.Errorf("%w: the header is cut off", ErrFormat)
	}
	var n [10]uint64
	for i := range n {
		n[i] = uint64(u32(b, i))
	}
	if n[0] != version {
		return nil, fmt.Errorf("%w: version %d, want %d", ErrFormat, n[0], version)
	}
	dims, buckets, words, senses := n[1], n[2], n[3], n[4]
	if dims > maxDims || dims%8 != 0 {
		return nil, fmt.Errorf("%w: %d dimensions, want a multiple of 8 up to %d", ErrFormat, dims, maxDims)
	}
	if buckets == 0 || buckets > 1<<24 || buckets&(buckets-1) != 0 {
		return nil, fmt.Errorf("%w: %d buckets, want a power of two", ErrFormat, buckets)
	}
	rest, cut := b[headerSize:], false
	take := func(size uint64) []byte {
		padded := (size + 3) &^ 3
		if padded > uint64(len(rest)) {
			cut = true
			return nil
		}
		part := rest[:size:size]
		rest = rest[padded:]
		return part
	}
	m := &Model{}
	m.words = vectors{dims: int(dims), buckets: take(4 * (buckets + 1)), hashes: take(4 * words), scales: take(2 * words), codes: take(dims / 2 * words)}
	m.words.shift = bucketShift(int(buckets))
	m.ids = take(4 * senses)
	m.first = take(4 * (senses + 1))
	m.senses = vectors{dims: int(dims), scales: take(2 * senses), codes: take(dims / 2 * senses)}
	m.postings = take(pairSize * n[5])
	m.lexemes = take(4 * (n[6] + 1))
	m.text = take(n[7])
	m.groups = take(4 * (n[8] + 1))
	m.candidates = take(pairSize * n[9])
	if cut || len(rest) != 0 {
		return nil, fmt.Errorf("%w: %d bytes are not what the header says", ErrFormat, len(b))
	}
	m.weights = withoutVectors
	if dims > 0 {
		m.weights = withVectors
	}
	return m, nil
}

// Candidates appends the senses of a group, by their places in Builder.Senses,
// in the order of scores.
func (m *Model) Candidates(dst []uint32, group int) []uint32 {
	from, to := m.group(group)
	for i := from; i < to; i++ {
		s, _ := pair(m.candidates, i)
		id := uint32(math.MaxUint32)
		if int(s) < len(m.ids)/4 {
			id = u32(m.ids, int(s))
		}
		dst = append(dst, id)
	}
	return dst
}

func (m *Model) group(g int) (from, to int) { return span(m.groups, g, len(m.candidates)/pairSize) }

// lexeme is the text of a word of the profiles, by what a posting says of it.
func (m *Model) lexeme(i uint32) []byte {
	from, to := span(m.lexemes, int(i&(1<<chainShift-1)), len(m.text))
	return m.text[from:to]
}

// span is the i-th range of a table of first items, within 0 to limit.
func span(first []byte, i, limit int) (from, to int) {
	if i < 0 || i >= len(first)/4-1 {
		return 0, 0
	}
	to = min(int(u32(first, i+1)), limit)
	return min(int(u32(first, i)), to), to
}

func pair(b []byte, i int) (uint32, float32) {
	return u32(b, 2*i), math.Float32frombits(u32(b, 2*i+1))
}

func u32(b []byte, i int) uint32 { return binary.LittleEndian.Uint32(b[4*i:]) }
