// Package sense chooses between the terms that a surface form may name.
//
// Every term that shares a form with another, or asks for evidence, has a
// profile: the words that speak for it and, with negative weights, against it.
// They are the words of its label, aliases, context, definition and related
// terms, weighted by where they stand and by inverse document frequency, as
// bleve weighs words (BM25), with the glossary's profiles as the documents. The
// document's words, each counted once and damped, add up to the log-odds of a
// sense; the prior is added, and the senses compete with each other and with
// the possibility that none of them is meant.
//
// The section sense holds, little-endian: u32 number of terms n, u32 number of
// postings p; u32 first[n+1], the first posting of each term's profile; p
// postings of 8 bytes: u32 class, f32 weight; sorted by class.
package sense

import (
	"encoding/binary"
	"math"

	"postil/internal/index"
)

// Profiles are the profiles of an index, safe for concurrent use.
type Profiles struct {
	first, postings []byte
	n               int
}

const postingSize = 8

// Open uses the section sense of f.
func Open(f *index.File) (*Profiles, error) {
	b, err := f.Section("sense")
	if err != nil {
		return nil, err
	}
	if len(b) < 8 {
		return nil, index.Errorf("sense", "the header is cut off")
	}
	le := binary.LittleEndian
	n, p := uint64(le.Uint32(b)), uint64(le.Uint32(b[4:]))
	if uint64(len(b)) != 8+4*(n+1)+postingSize*p {
		return nil, index.Errorf("sense", "the section has not the size that its header says")
	}
	return &Profiles{first: b[8 : 8+4*(n+1)], postings: b[8+4*(n+1):], n: int(n)}, nil
}

// Words counts the classes of a document. The zero value is an empty document;
// it is not safe for concurrent use.
type Words struct {
	counts []uint32
	seen   []uint32
}

// Reset makes w an empty document over the given number of classes.
func (w *Words) Reset(classes int) {
	for _, c := range w.seen {
		w.counts[c] = 0
	}
	w.seen = w.seen[:0]
	if len(w.counts) < classes {
		w.counts = make([]uint32, classes)
	}
}

// Add counts a class; 0 and unknown classes do not count.
func (w *Words) Add(class uint32) {
	if class == 0 || int(class) >= len(w.counts) {
		return
	}
	if w.counts[class] == 0 {
		w.seen = append(w.seen, class)
	}
	w.counts[class]++
}

// Count is how often a class occurs.
func (w *Words) Count(class uint32) uint32 {
	if int(class) >= len(w.counts) {
		return 0
	}
	return w.counts[class]
}

// Evidence is the sum of what the words of a document say for a term, in
// log-odds. each, if not nil, is called with every class that says something.
func (p *Profiles) Evidence(term uint32, w *Words, each func(class uint32, weight float64)) float64 {
	if int(term) >= p.n {
		return 0
	}
	le := binary.LittleEndian
	from, to := le.Uint32(p.first[4*term:]), le.Uint32(p.first[4*term+4:])
	to = min(to, uint32(len(p.postings)/postingSize))
	sum := 0.0
	for i := from; i < to; i++ {
		b := p.postings[i*postingSize:]
		class := le.Uint32(b)
		n := w.Count(class)
		if n == 0 {
			continue
		}
		x := float64(math.Float32frombits(le.Uint32(b[4:]))) * damp(n)
		sum += x
		if each != nil {
			each(class, x)
		}
	}
	return sum
}

// damp is the saturation of BM25 with k1 = 1.2 and without length
// normalisation, scaled so that one occurrence counts 1.
func damp(n uint32) float64 { return float64(n) * 2.2 / (float64(n) + 1.2) }
