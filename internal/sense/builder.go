package sense

import (
	"encoding/binary"
	"math"
	"slices"

	"postil/internal/index"
)

// Builder collects profiles. The zero value is ready.
type Builder struct {
	profiles map[uint32]map[uint32]float64
	df       map[uint32]int
}

// Add gives a word of a term's profile a weight, before inverse document
// frequency; of several weights the largest counts, and a negative one wins.
func (b *Builder) Add(term, class uint32, weight float64) {
	if b.profiles == nil {
		b.profiles, b.df = map[uint32]map[uint32]float64{}, map[uint32]int{}
	}
	p := b.profiles[term]
	if p == nil {
		p = map[uint32]float64{}
		b.profiles[term] = p
	}
	old, ok := p[class]
	if !ok {
		b.df[class]++
	}
	if !ok || weight < 0 || old >= 0 && weight > old {
		p[class] = weight
	}
}

// Remove takes a word out of a term's profile.
func (b *Builder) Remove(term, class uint32) {
	if _, ok := b.profiles[term][class]; ok {
		delete(b.profiles[term], class)
		b.df[class]--
	}
}

// Write adds the section sense, for the given number of terms, to w.
func (b *Builder) Write(w *index.Writer, terms int) {
	le := binary.LittleEndian
	var first, postings []byte
	n := uint32(0)
	for t := range uint32(terms) {
		first = le.AppendUint32(first, n)
		p := b.profiles[t]
		classes := make([]uint32, 0, len(p))
		for c := range p {
			classes = append(classes, c)
		}
		slices.Sort(classes)
		for _, c := range classes {
			postings = le.AppendUint32(postings, c)
			postings = le.AppendUint32(postings, math.Float32bits(float32(p[c]*b.idf(c))))
			n++
		}
	}
	first = le.AppendUint32(first, n)
	out := le.AppendUint32(nil, uint32(terms))
	out = le.AppendUint32(out, n)
	w.Add("sense", append(append(out, first...), postings...))
}

// idf is the inverse document frequency of BM25 (Robertson and Zaragoza, 2009),
// scaled to 1 for a word of one profile only.
func (b *Builder) idf(class uint32) float64 {
	n, df := float64(len(b.profiles)), float64(b.df[class])
	return math.Log(1+(n-df+0.5)/(df+0.5)) / math.Log(1+(n-0.5)/1.5)
}
