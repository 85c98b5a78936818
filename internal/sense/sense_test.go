package sense

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// list is a glossary's senses in memory.
type list []Sense

func (l list) Len() int       { return len(l) }
func (l list) At(i int) Sense { return l[i] }

// small is a glossary with a shared form, a form with priors and one that asks
// for evidence.
func small() *Builder {
	return &Builder{
		Senses: list{
			{Names: []string{"Competition and Markets Authority", "CMA"}, Context: []string{"merger", "antitrust", "regulator"}, Definition: "A regulator of competition in the United Kingdom."},
			{Names: []string{"Country Music Association", "CMA"}, Context: []string{"Nashville", "awards", "singer"}, NotContext: []string{"merger"}},
			{Names: []string{"Adjusted gross income", "AGI"}, Prior: 0.3},
			{Names: []string{"Artificial general intelligence", "AGI"}, Prior: 0.6},
			{Names: []string{"Training"}, Context: []string{"model", "GPU", "data"}},
			{Names: []string{"Country music"}},
			{Names: []string{"Markets"}},
		},
		Groups:    []Group{{"CMA", []int{0, 1}}, {"AGI", []int{2, 3}}, {"training", []int{4}}},
		StopWords: []string{"and", "the", "of", "in", "a"},
	}
}

// topics is a source of word vectors in which words of one topic are near each
// other, and all others anywhere.
func topics(t testing.TB) *Source {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	direction := func() []float32 {
		v := make([]float32, 48)
		for i := range v {
			v[i] = float32(random.NormFloat64())
		}
		return v
	}
	var words []string
	var rows [][]float32
	for i := range 400 {
		words = append(words, fmt.Sprint("filler", i))
		rows = append(rows, direction())
	}
	for _, topic := range []string{"guitar singer music country song", "merger regulator markets competition authority", "income tax gross adjusted", "intelligence machine artificial"} {
		center := direction()
		for _, w := range strings.Fields(topic) {
			words = append(words, w)
			row := direction()
			for i := range row {
				row[i] = center[i] + row[i]/3
			}
			rows = append(rows, row)
		}
	}
	b, err := Prepare(words, rows, 32, len(words))
	if err != nil {
		t.Fatal(err)
	}
	s, err := OpenSource(b)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func open(t testing.TB, b *Builder) *Model {
	t.Helper()
	m, err := Open(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// read gives a scorer the words of a text, all at one distance.
func read(s *Scorer, m *Model, text string) {
	words, found := known(m, strings.Fields(text))
	for i := range found {
		found[i].Distance = 3
	}
	s.Read(m, words, found)
}

// known are the words that say something, each one word further away.
func known(m *Model, texts []string) (words []Word, found []Found) {
	for i, t := range texts {
		if w, ok := m.Word(t); ok {
			found = append(found, Found{int32(len(words)), int32(i)})
			words = append(words, w)
		}
	}
	return words, found
}

func TestDecisions(t *testing.T) {
	cases := []struct {
		text        string
		group, want int
		vectors     bool
	}{
		{"the awards in nashville", 0, 1, false},
		{"a merger before the regulator", 0, 0, false},
		{"two mergers", 0, 0, false},
		{"", 1, 1, false},
		{"taxpayers state their income", 1, 0, false},
		{"the guitar and a song", 0, 1, true},
		{"a regulator", 0, 0, true},
		{"tax", 1, 0, true},
		{"machine", 1, 1, true},
	}
	for _, c := range cases {
		b := small()
		if c.vectors {
			b.Vectors, b.Vocabulary = topics(t), 1000
		}
		m := open(t, b)
		var s Scorer
		read(&s, m, c.text)
		scores := s.Scores(nil, c.group)
		if best := slices.Index(scores, slices.Max(scores)); best != c.want {
			t.Errorf("%q: sense %d of group %d with scores %.2f, want %d", c.text, best, c.group, scores, c.want)
		}
	}
}

func TestEvidenceOfOneSense(t *testing.T) {
	m := open(t, small())
	var s Scorer
	for text, want := range map[string]bool{"the football club began its summer": false, "the model on a gpu": true} {
		read(&s, m, text)
		p := s.Scores(nil, 2)
		Softmax(p, m.None(len(p), true))
		if got := p[0] > 0.5; got != want {
			t.Errorf("%q: probability %.2f", text, p[0])
		}
	}
}

func TestSameInputSameBytes(t *testing.T) {
	for range 5 {
		a, b := small(), small()
		a.Vectors, b.Vectors = topics(t), topics(t)
		if !bytes.Equal(a.Bytes(), b.Bytes()) {
			t.Fatal("two builds differ")
		}
	}
}

func TestReasonsAddUp(t *testing.T) {
	b := small()
	b.Vectors, b.Vocabulary = topics(t), 1000
	m := open(t, b)
	var s Scorer
	read(&s, m, "a singer of country music and the merger of awards singer")
	for g := range b.Groups {
		for i, score := range s.Scores(nil, g) {
			sum := 0.0
			s.Explain(g, i, func(r Reason) { sum += float64(r.Weight) })
			if math.Abs(sum-score) > 1e-4 {
				t.Errorf("group %d, candidate %d: reasons add up to %v, score %v", g, i, sum, score)
			}
		}
	}
}

func TestNoAllocations(t *testing.T) {
	b := small()
	b.Vectors, b.Vocabulary = topics(t), 1000
	m := open(t, b)
	words, found := known(m, strings.Fields("a singer of country music and the merger of awards"))
	var s Scorer
	scores := make([]float64, 0, 8)
	run := func() {
		s.Read(m, words, found)
		scores = s.Scores(scores[:0], 0)
	}
	run()
	if n := testing.AllocsPerRun(100, run); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestNothingToDecide(t *testing.T) {
	b := small()
	b.Groups, b.Vectors, b.Vocabulary = nil, topics(t), 1000
	section := b.Bytes()
	if len(section) > 100 {
		t.Errorf("%d bytes", len(section))
	}
	m, err := Open(section)
	if err != nil {
		t.Fatal(err)
	}
	var s Scorer
	read(&s, m, "a merger")
	if scores := s.Scores(nil, 0); len(scores) != 0 {
		t.Error(scores)
	}
}

func TestOpenRefuses(t *testing.T) {
	good := small().Bytes()
	longer := append(slices.Clone(good), 0, 0, 0, 0)
	newer := slices.Clone(good)
	newer[0]++
	for name, b := range map[string][]byte{"empty": nil, "header": good[:headerSize-1], "cut": good[:len(good)-4], "longer": longer, "newer": newer} {
		if _, err := Open(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// FuzzOpen damages a section: an error or some score, never a panic.
func FuzzOpen(f *testing.F) {
	b := small()
	b.Vectors, b.Vocabulary = topics(f), 1000
	good := b.Bytes()
	f.Add(uint(0), byte(1), "singer merger")
	f.Add(uint(headerSize), byte(255), "country")
	f.Fuzz(func(t *testing.T, at uint, flip byte, text string) {
		damaged := slices.Clone(good)
		damaged[at%uint(len(damaged))] ^= flip
		m, err := Open(damaged)
		if err != nil {
			return
		}
		var s Scorer
		read(&s, m, text)
		for g := -1; g < 5; g++ {
			scores := s.Scores(nil, g)
			for i := range scores {
				s.Explain(g, i, func(Reason) {})
			}
		}
	})
}

// TestEveryByteFlipped is the fuzz target on every byte.
func TestEveryByteFlipped(t *testing.T) {
	b := small()
	b.Vectors, b.Vocabulary = topics(t), 20
	good := b.Bytes()
	var s Scorer
	for i := range good {
		for _, flip := range []byte{1, 0x80, 0xFF} {
			damaged := slices.Clone(good)
			damaged[i] ^= flip
			m, err := Open(damaged)
			if err != nil {
				continue
			}
			read(&s, m, "a singer of country music and the merger")
			for g := range 4 {
				for c := range s.Scores(nil, g) {
					s.Explain(g, c, func(Reason) {})
				}
			}
		}
	}
}

func TestPriors(t *testing.T) {
	b := small()
	b.Senses = append(b.Senses.(list), Sense{Names: []string{"Agility"}})
	b.Groups[1].Senses = []int{2, 3, 7}
	b.prepare()
	p := b.priors("AGI", b.Groups[1].Senses)
	for i, want := range []float64{0.305, 0.605, 0.1} {
		if got := math.Exp(p[i]); math.Abs(got-want) > 1e-9 {
			t.Errorf("prior %d is %v, want %v", i, got, want)
		}
	}
}
