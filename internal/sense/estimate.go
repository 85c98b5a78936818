package sense

import (
	"hash/fnv"
	"io"
	"math"
	"strings"
)

// statistics are what a glossary's own names say about words and names.
type statistics struct {
	words  map[string]int // senses with the word in a name
	within map[string]int // different names that have the name in them, itself included
	whole  map[string]int // senses of that name
}

// maxNameWords bounds the names that are looked for in others.
const maxNameWords = 8

// count fills the statistics for all senses; within and whole only for names
// that wanted has.
func (b *Builder) count(wanted map[string]bool) *statistics {
	st := &statistics{words: map[string]int{}, within: map[string]int{}, whole: map[string]int{}}
	distinct := map[uint64]bool{} // by hash: there may be a million
	for i := range b.Senses.Len() {
		words, names := map[string]bool{}, map[string]bool{}
		for _, name := range b.longNames(i) {
			split := b.Words(name)
			for _, w := range split {
				words[w] = true
			}
			names[b.key(split)] = true
		}
		for w := range words {
			st.words[w]++
		}
		for key := range names {
			if wanted[key] {
				st.whole[key]++
			}
			h := fnv.New64a()
			io.WriteString(h, key)
			if distinct[h.Sum64()] {
				continue
			}
			distinct[h.Sum64()] = true
			eachPart(key, func(part string) {
				if wanted[part] {
					st.within[part]++
				}
			})
		}
	}
	return st
}

// key is the normal form in which names are counted.
func (b *Builder) key(words []string) string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w
		if b.Singular != nil {
			out[i] = b.Singular(w)
		}
	}
	return strings.Join(out, " ")
}

// eachPart calls f with all runs of words in key, the whole key included.
func eachPart(key string, f func(string)) {
	for from := 0; ; {
		words := 0
		for to := from; to < len(key) && words < maxNameWords; words++ {
			if n := strings.IndexByte(key[to+1:], ' '); n >= 0 {
				to += 1 + n
			} else {
				to = len(key)
			}
			f(key[from:to])
		}
		n := strings.IndexByte(key[from:], ' ')
		if n < 0 {
			return
		}
		from += n + 1
	}
}

// estimate returns the log-odds of a sense in a form before any document, up to
// a constant for the form; ok is false where the sense has no longer name.
func (b *Builder) estimate(form string, sense int) (score float64, ok bool) {
	name, a := b.longForm(form, sense)
	if name == "" {
		return 0, false
	}
	words := b.Words(name)
	key := b.key(words)
	w := b.weights
	score = w.agrees*a.quality() + w.words*float64(a.words)
	score += w.known * math.Log(float64(max(1, b.stats.within[key]+b.stats.whole[key]-1)))
	score += w.common * b.commonness(words)
	if b.source != nil {
		score += w.coheres*b.coherence(words) + w.near*cosine(b.source.vector(strings.ToLower(form)), b.profileVector(sense))
	}
	return score, true
}

// longForm is the name of a sense that form abbreviates best.
func (b *Builder) longForm(form string, sense int) (best string, a alignment) {
	for _, name := range b.longNames(sense) {
		if strings.EqualFold(name, form) {
			continue
		}
		if x := b.aligner.align(form, name); best == "" || x.quality() > a.quality() {
			best, a = name, x
		}
	}
	return best, a
}

// commonness is the mean logarithm of how many senses have each content word.
func (b *Builder) commonness(words []string) float64 {
	sum, n := 0.0, 0.0
	for _, w := range words {
		if !b.stop(w) {
			sum += math.Log(float64(max(1, b.stats.words[w])))
			n++
		}
	}
	return sum / max(n, 1)
}

// coherence is the mean cosine of all pairs of content words.
func (b *Builder) coherence(words []string) float64 {
	sum, n := 0.0, 0.0
	for i, x := range words {
		for _, y := range words[i+1:] {
			if !b.stop(x) && !b.stop(y) {
				sum += cosine(b.source.vector(x), b.source.vector(y))
				n++
			}
		}
	}
	return sum / max(n, 1)
}

// priors are the log priors of the senses of a form. Those that the glossary
// knows stand; the others share what is left, by their estimates.
func (b *Builder) priors(form string, senses []int) []float64 {
	out := make([]float64, len(senses))
	stated := make([]float64, len(senses))
	known, unknown := 0.0, 0
	for i, s := range senses {
		stated[i] = b.Senses.At(s).Prior
		known += stated[i]
		if stated[i] == 0 {
			unknown++
		}
	}
	rest := max(1-known, unknownShare)
	if unknown == len(senses) {
		rest = 1
	}
	guess := b.guesses(form, senses, stated)
	for i, p := range stated {
		if p > 0 {
			out[i] = math.Log(p + priorFloor)
		} else {
			out[i] = math.Log(rest) + guess[i]
		}
	}
	return out
}

// guesses are the logarithms of the estimated shares of the senses for which no
// prior is stated, among themselves. A sense whose name is the form itself gets the mean
// estimate of the others.
func (b *Builder) guesses(form string, senses []int, stated []float64) []float64 {
	out := make([]float64, len(senses))
	if isAbbreviation(form) {
		sum, n := 0.0, 0.0
		var nameless []int
		for i, s := range senses {
			x, ok := b.estimate(form, s)
			if !ok {
				nameless = append(nameless, i)
				continue
			}
			out[i] = x
			sum += x
			n++
		}
		for _, i := range nameless {
			out[i] = sum / max(n, 1)
		}
	}
	top, total, unknown := math.Inf(-1), 0.0, 0.0
	for i, p := range stated {
		if p == 0 {
			top = max(top, out[i])
			unknown++
		}
	}
	for i, p := range stated {
		if p == 0 {
			total += math.Exp(out[i] - top)
		}
	}
	for i := range out {
		out[i] = math.Log((1-doubt)*math.Exp(out[i]-top)/total + doubt/unknown)
	}
	return out
}

func cosine(a, b []float32) float64 {
	if a == nil || b == nil {
		return 0
	}
	var ab, aa, bb float64
	for i, x := range a {
		ab += float64(x) * float64(b[i])
		aa += float64(x) * float64(x)
		bb += float64(b[i]) * float64(b[i])
	}
	if aa == 0 || bb == 0 {
		return 0
	}
	return ab / math.Sqrt(aa*bb)
}
