package abbrev

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// knower answers what is wanted of a text by whole words, of which it knows a
// random part.
type knower struct {
	words []span
	known []bool
	at    int // the word that was asked for last
}

func newKnower(text string, seed uint64, share float64) *knower {
	r := rand.New(rand.NewPCG(seed, 0))
	k := &knower{}
	seen := map[string]bool{}
	for i := 0; i < len(text); {
		j := wordFrom(text, i)
		if j == i {
			i++
			continue
		}
		known, ok := seen[text[i:j]]
		if !ok {
			known = r.Float64() < share
			seen[text[i:j]] = known
		}
		k.words, k.known = append(k.words, span{i, j}), append(k.known, known)
		i = j
	}
	return k
}

func (k *knower) know(start, end int) bool {
	i := min(k.at, len(k.words))
	if i == len(k.words) || max(k.words[i].start-start, start-k.words[i].start) > 1000 {
		i, _ = slices.BinarySearchFunc(k.words, start, func(w span, at int) int { return w.start - at })
	}
	for i > 0 && k.words[i-1].start >= start {
		i--
	}
	for i < len(k.words) && k.words[i].start < start {
		i++
	}
	for k.at = i; i < len(k.words) && k.words[i].end <= end; i++ {
		if !k.known[i] {
			return false
		}
	}
	return true
}

// any reports whether it knows a word of the stretch, or may do so.
func (k *knower) any(start, end int) bool {
	none := true
	for i, w := range k.words {
		if w.end > start && w.start < end {
			if k.known[i] {
				return true
			}
			none = false
		}
	}
	return none
}

// short says of a short form something else than know: it need not follow from
// its words.
func (k *knower) short(start, end int) bool {
	return k.know(start, end) && (start*7+end)%3 > 0
}

// checkWanted checks what Finder.Find promises of Wanted.
func checkWanted(t *testing.T, f *Finder, text string, seed uint64, share float64) {
	t.Helper()
	all := Find(nil, text)
	k := newKnower(text, seed, share)
	f.Wanted = &Wanted{Short: k.short, Long: k.know, Any: k.any}
	got := f.Find(nil, text)
	checkPairs(t, text, got)
	for _, p := range got {
		if !slices.Contains(all, p) {
			t.Errorf("found only with Wanted: %q, %q\n%.400q", text[p.ShortStart:p.ShortEnd], text[p.LongStart:p.LongEnd], text)
		}
	}
	for _, p := range all {
		if !slices.Contains(got, p) && (k.short(p.ShortStart, p.ShortEnd) || k.know(p.LongStart, p.LongEnd)) {
			t.Errorf("wanted, and not found: %q, %q\n%.400q", text[p.ShortStart:p.ShortEnd], text[p.LongStart:p.LongEnd], text)
		}
	}
}

func TestWanted(t *testing.T) {
	var f Finder // one for all
	check := func(t *testing.T, texts []string) {
		for i, text := range append(texts, damaged(texts)...) {
			for j, share := range []float64{0, .05, .3, .7, 1} {
				checkWanted(t, &f, text, uint64(5*i+j), share)
			}
		}
	}
	t.Run("cases", func(t *testing.T) {
		var texts []string
		for _, c := range readCases(t) {
			texts = append(texts, c.Text)
		}
		check(t, texts)
	})
	for _, set := range []string{"ab3p", "wikipedia"} {
		t.Run(set, func(t *testing.T) {
			var texts []string
			for _, d := range readEval(t, set) {
				texts = append(texts, d.Text)
			}
			check(t, texts)
		})
	}
}

// damaged is the texts with some of their characters replaced or swapped.
func damaged(texts []string) (out []string) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, s := range texts {
		b := []rune(s[:min(len(s), 2000)])
		for range 1 + len(b)/30 {
			i, j := r.IntN(len(b)), r.IntN(len(b))
			if r.IntN(2) == 0 {
				b[i] = []rune("()[]ABs ,;.")[r.IntN(11)]
			} else {
				b[i], b[j] = b[j], b[i]
			}
		}
		out = append(out, string(b))
	}
	return out
}
