package sense

import (
	"encoding/binary"
	"fmt"
)

const sourceHeader = 16

// Source is a file of word vectors that indexes are built from, in use. Like a
// section it knows words by their hashes:
//
//	header   u32 × 4: version, dims, buckets, words
//	buckets, hashes, scales, codes, as in a section
//	ranks    u32 × words: place by frequency, from 0
type Source struct {
	vectors
	ranks []byte
}

// OpenSource uses a file that Prepare wrote.
func OpenSource(b []byte) (*Source, error) {
	if len(b) < sourceHeader {
		return nil, fmt.Errorf("word vectors: %w: the header is cut off", ErrFormat)
	}
	dims, buckets, words := uint64(u32(b, 1)), uint64(u32(b, 2)), uint64(u32(b, 3))
	switch {
	case u32(b, 0) != version:
		return nil, fmt.Errorf("word vectors: %w: version %d, want %d", ErrFormat, u32(b, 0), version)
	case dims == 0 || dims > maxDims || dims%8 != 0 || buckets == 0 || buckets > 1<<24 || buckets&(buckets-1) != 0:
		return nil, fmt.Errorf("word vectors: %w: %d dimensions and %d buckets", ErrFormat, dims, buckets)
	case uint64(len(b)) != sourceHeader+4*(buckets+1)+words*(4+dims/2+4)+(2*words+3)&^3:
		return nil, fmt.Errorf("word vectors: %w: %d bytes are not what the header says", ErrFormat, len(b))
	}
	rest := b[sourceHeader:]
	take := func(size uint64) []byte {
		part := rest[:size:size]
		rest = rest[(size+3)&^3:]
		return part
	}
	s := &Source{vectors: vectors{dims: int(dims), shift: bucketShift(int(buckets))}}
	s.buckets = take(4 * (buckets + 1))
	s.hashes = take(4 * words)
	s.scales = take(2 * words)
	s.codes = take(dims / 2 * words)
	s.ranks = take(4 * words)
	return s, nil
}

// vector returns the weighted vector of a word, or nil.
func (s *Source) vector(word string) []float32 {
	if s == nil {
		return nil
	}
	i := s.find(word)
	if i < 0 {
		return nil
	}
	var sum [maxDims]float32
	s.add(&sum, i, 1)
	return sum[:s.dims]
}

// addTo adds the weighted vector of a word to sum.
func (s *Source) addTo(sum []float32, word string) {
	if i := s.find(word); i >= 0 {
		var v [maxDims]float32
		s.add(&v, i, 1)
		addTo(sum, v[:s.dims], 1)
	}
}

// rarity is the weight of a word in averages, by its frequency; 1 for unknown
// words.
func (s *Source) rarity(word string) float64 {
	if s == nil {
		return 1
	}
	i := s.find(word)
	if i < 0 {
		return 1
	}
	return rarityAt(int(u32(s.ranks, i)))
}

// entry is a word in a table that is being written.
type entry struct {
	hash  uint32
	rank  uint32
	scale uint16
	codes []byte
}

// appendTable appends buckets, hashes, scales and codes of entries, which are
// sorted by hash and have different ones.
func appendTable(dst []byte, entries []entry, buckets int) []byte {
	le := binary.LittleEndian
	hashes := make([]uint32, len(entries))
	for i, e := range entries {
		hashes[i] = e.hash
	}
	dst = appendBuckets(dst, hashes, buckets)
	for _, h := range hashes {
		dst = le.AppendUint32(dst, h)
	}
	for _, e := range entries {
		dst = le.AppendUint16(dst, e.scale)
	}
	dst = pad(dst)
	for _, e := range entries {
		dst = append(dst, e.codes...)
	}
	return pad(dst)
}

func pad(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}
