package sense

import (
	"math"
	"slices"
	"strings"
)

// posting is a word of a profile with its weight.
type posting struct {
	word   string
	weight float64
}

// field is one part of what is known of a sense.
type field struct {
	texts  []string
	weight float64
}

// definitionField is the place of the definition, which is prose, in fields.
const definitionField = 3

func (s *Sense) fields() []field {
	return []field{
		{s.longNames(), weightName},
		{s.Context, weightContext},
		{s.Related, weightRelated},
		{[]string{s.Definition}, weightDefinition},
		{s.NotContext, weightNot},
	}
}

// longNames are the names that are not abbreviations: those are what is to be
// decided, and no evidence.
func (s *Sense) longNames() []string {
	return slices.DeleteFunc(slices.Clone(s.Names), isAbbreviation)
}

func (b *Builder) longNames(sense int) []string {
	s := b.Senses.At(sense)
	return s.longNames()
}

// profile returns the words that speak for and against a sense, weighted by
// where they stand and, as BM25 weighs them, by how few senses have them in
// their profiles. Of several weights of a word the strongest counts.
func (b *Builder) profile(sense int) []posting {
	weights := map[string]float64{}
	s := b.Senses.At(sense)
	for i, f := range s.fields() {
		for _, t := range f.texts {
			for _, w := range b.Words(t) {
				x := f.weight
				if i == definitionField || strings.Contains(t, " ") && i > 0 {
					x *= b.source.rarity(w)
				}
				if !b.stop(w) && math.Abs(x) > math.Abs(weights[w]) {
					weights[w] = x
				}
			}
		}
	}
	out := make([]posting, 0, len(weights))
	for w, x := range weights {
		if x > 0 {
			x *= b.idf(w)
		}
		out = append(out, posting{w, x})
	}
	slices.SortFunc(out, func(x, y posting) int { return strings.Compare(x.word, y.word) })
	return out
}

// tally counts profiles with a word.
type tally struct {
	n    int32
	last int32 // profile counted, from 1
}

// countProfiles counts in how many profiles each word is.
func (b *Builder) countProfiles() {
	b.having = map[string]tally{}
	for i := range b.Senses.Len() {
		s := b.Senses.At(i)
		for _, f := range s.fields() {
			for _, t := range f.texts {
				for _, w := range b.Words(t) {
					if h := b.having[w]; h.last != int32(i+1) {
						b.having[w] = tally{h.n + 1, int32(i + 1)}
					}
				}
			}
		}
	}
}

// idf is the inverse document frequency of BM25, scaled to 1 for a word of one
// profile.
func (b *Builder) idf(w string) float64 {
	n, df := float64(b.Senses.Len()), float64(max(1, b.having[w].n))
	return math.Log(1+(n-df+0.5)/(df+0.5)) / math.Log(1+(n-0.5)/1.5)
}

// profileVector is the weighted sum of the vectors of a profile's words, each
// name's word with some of what stands beside it elsewhere in the glossary.
func (b *Builder) profileVector(sense int) []float32 {
	if b.source == nil {
		return nil
	}
	if v, ok := b.memo[sense]; ok {
		return v
	}
	sum := make([]float32, b.source.dims)
	s := b.Senses.At(sense)
	for i, f := range s.fields() {
		if f.weight < 0 {
			continue
		}
		for _, t := range f.texts {
			for _, w := range b.Words(t) {
				if b.stop(w) {
					continue
				}
				v := b.source.vector(w)
				addTo(sum, v, f.weight)
				if i == 0 {
					weight := neighbours * f.weight
					if v != nil {
						weight *= norm(v)
					}
					addTo(sum, b.beside[w], weight)
				}
			}
		}
	}
	b.memo[sense] = sum
	return sum
}

// findNeighbours sums up, for the wanted words, what stands beside them in all
// names, shortened to a length below one that grows with their number.
func (b *Builder) findNeighbours(wanted map[string]bool) {
	if b.source == nil {
		return
	}
	b.beside = map[string][]float32{}
	for i := range b.Senses.Len() {
		for _, name := range b.longNames(i) {
			split := b.Words(name)
			if len(split) < 2 {
				continue
			}
			for j, w := range split {
				if !wanted[w] || b.stop(w) {
					continue
				}
				sum := b.beside[w]
				if sum == nil {
					sum = make([]float32, b.source.dims)
					b.beside[w] = sum
				}
				for k, x := range split {
					if j != k && !b.stop(x) {
						b.source.addTo(sum, x)
					}
				}
			}
		}
	}
	for _, sum := range b.beside {
		weigh(sum, 1/(1+norm(sum)))
	}
}

func addTo(sum, v []float32, w float64) {
	for i, x := range v {
		sum[i] += float32(w) * x
	}
}

func norm(v []float32) float64 {
	sum := 0.0
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	return math.Sqrt(sum)
}

// unit returns v with length one; zero stays zero.
func unit(v []float32) []float32 {
	out := slices.Clone(v)
	if n := norm(v); n > 0 {
		weigh(out, 1/n)
	}
	return out
}
