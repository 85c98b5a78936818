package sense

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
)

const (
	// The directions in which all word vectors lie, whatever the word means,
	// are taken away: their mean, and the first few principal components (Mu
	// and Viswanath, All-but-the-Top, 2018) of the common words.
	commonWords    = 50000
	sharedDims     = 5
	sampledAtLeast = 200

	// The weight of a word in averages is a/(a+p) for its frequency p (Arora,
	// Liang and Ma, A Simple but Tough-to-Beat Baseline, 2017), which Zipf's
	// law gives from its rank.
	rare         = 2e-4
	zipfOffset   = 10
	zipfHarmonic = 12.7
)

// Prepare turns word vectors, most frequent word first, into a Source of the
// given number of dimensions with at most keep words.
func Prepare(words []string, rows [][]float32, dims, keep int) ([]byte, error) {
	if len(words) != len(rows) || len(words) < sampledAtLeast {
		return nil, fmt.Errorf("word vectors: %d words and %d vectors, want as many, and at least %d", len(words), len(rows), sampledAtLeast)
	}
	from := len(rows[0])
	if dims%8 != 0 || dims > maxDims || dims > from-sharedDims || dims < 8 {
		return nil, fmt.Errorf("word vectors: cannot make %d dimensions of %d", dims, from)
	}
	for i, r := range rows {
		if len(r) != from {
			return nil, fmt.Errorf("word vectors: %q has %d dimensions, want %d", words[i], len(r), from)
		}
	}
	p := projectionOf(rows[:min(len(rows), commonWords)], dims)
	if len(p.rows) == 0 {
		return nil, errors.New("word vectors: all are alike")
	}
	var entries []entry
	seen := map[uint32]bool{}
	for i, w := range words[:min(len(words), keep)] {
		h := hashOf(w)
		if seen[h] {
			continue // the more frequent of two words with one hash stays
		}
		seen[h] = true
		v := p.apply(rows[i])
		weigh(v, rarityAt(i))
		codes, scale := quantise(nil, v)
		if scale == 0 {
			continue
		}
		entries = append(entries, entry{h, uint32(i), toBfloat(scale), codes})
	}
	slices.SortFunc(entries, func(a, b entry) int { return int(int64(a.hash) - int64(b.hash)) })
	le := binary.LittleEndian
	buckets := bucketsFor(len(entries))
	var out []byte
	for _, x := range []int{version, dims, buckets, len(entries)} {
		out = le.AppendUint32(out, uint32(x))
	}
	out = appendTable(out, entries, buckets)
	for _, e := range entries {
		out = le.AppendUint32(out, e.rank)
	}
	return out, nil
}

// rarityAt is the weight of the word with the given rank.
func rarityAt(rank int) float64 {
	return rare / (rare + 1/(float64(rank+zipfOffset)*zipfHarmonic))
}

// projection maps vectors to fewer dimensions.
type projection struct {
	mean []float64
	rows [][]float64
}

// projectionOf finds the directions in which the sample differs most, without
// the first few, scaled so that the sample's mean square length is one.
func projectionOf(sample [][]float32, dims int) *projection {
	n := len(sample[0])
	p := &projection{mean: make([]float64, n)}
	for _, v := range sample {
		for i, x := range v {
			p.mean[i] += float64(x) / float64(len(sample))
		}
	}
	cov := make([][]float64, n)
	for i := range cov {
		cov[i] = make([]float64, n)
	}
	c := make([]float64, n)
	for _, v := range sample {
		for i, x := range v {
			c[i] = float64(x) - p.mean[i]
		}
		for i := range c {
			for j := range i + 1 {
				cov[i][j] += c[i] * c[j] / float64(len(sample))
			}
		}
	}
	for i := range cov {
		for j := range i {
			cov[j][i] = cov[i][j]
		}
	}
	values, axes := eigen(cov)
	axes, values = axes[sharedDims:sharedDims+dims], values[sharedDims:sharedDims+dims]
	total := 0.0
	for _, x := range values {
		total += x
	}
	if total <= 0 {
		return p // without rows: nothing to tell words apart by
	}
	// A cosine transform spreads the variance evenly over the dimensions, so
	// that four bits serve each of them alike.
	for i := range dims {
		row := make([]float64, n)
		for j, axis := range axes {
			w := math.Cos(math.Pi / float64(dims) * (float64(j) + 0.5) * float64(i))
			if i == 0 {
				w /= math.Sqrt2
			}
			for k, x := range axis {
				row[k] += w * math.Sqrt(2/float64(dims)/total) * x
			}
		}
		p.rows = append(p.rows, row)
	}
	return p
}

func (p *projection) apply(v []float32) []float32 {
	out := make([]float32, len(p.rows))
	for i, row := range p.rows {
		sum := 0.0
		for k, x := range row {
			sum += x * (float64(v[k]) - p.mean[k])
		}
		out[i] = float32(sum)
	}
	return out
}

func weigh(v []float32, w float64) {
	for i := range v {
		v[i] *= float32(w)
	}
}
