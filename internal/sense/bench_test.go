package sense

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// A document of thirty words and a form of fifty senses, with a vocabulary of
// twenty thousand words in 64 dimensions.
func benchmarkModel(b *testing.B) (*Model, []string) {
	random := rand.New(rand.NewPCG(1, 2))
	var words []string
	var rows [][]float32
	for i := range 20000 {
		row := make([]float32, 70)
		for d := range row {
			row[d] = float32(random.NormFloat64())
		}
		words, rows = append(words, strconv.FormatUint(uint64(i+1)*0x9E3779B97F4A7C15>>20, 36)), append(rows, row)
	}
	file, err := Prepare(words, rows, 64, len(words))
	if err != nil {
		b.Fatal(err)
	}
	source, err := OpenSource(file)
	if err != nil {
		b.Fatal(err)
	}
	builder := &Builder{Vectors: source, Vocabulary: 20000, Groups: []Group{{Form: "XYZ"}}}
	var senses list
	for i := range 50 {
		senses = append(senses, Sense{Names: []string{words[i*3] + " " + words[i*5+1]}})
		builder.Groups[0].Senses = append(builder.Groups[0].Senses, i)
	}
	builder.Senses = senses
	m, err := Open(builder.Bytes())
	if err != nil {
		b.Fatal(err)
	}
	return m, words[:30]
}

func BenchmarkDocument(b *testing.B) {
	m, texts := benchmarkModel(b)
	words, found := known(m, texts)
	var s Scorer
	var scores []float64
	b.ReportAllocs()
	for b.Loop() {
		s.Read(m, words, found)
		scores = s.Scores(scores[:0], 0)
	}
	if len(scores) != 50 || math.IsNaN(scores[0]) {
		b.Fatal(scores)
	}
}
