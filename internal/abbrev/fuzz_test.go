package abbrev

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzFind(f *testing.F) {
	for _, c := range readCases(f) {
		f.Add(c.Text)
	}
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		pairs := Find(nil, text)
		checkPairs(t, text, pairs)
		if again := Find(make([]Pair, 1), text); !slices.Equal(again[1:], pairs) {
			t.Errorf("appended to a slice: %v, alone: %v", again[1:], pairs)
		}
		checkWanted(t, &Finder{}, text, uint64(len(text)), .5)
	})
}

// checkPairs checks what holds for the pairs of any text.
func checkPairs(t *testing.T, text string, pairs []Pair) {
	t.Helper()
	valid := utf8.ValidString(text)
	boundary := func(i int) bool { return !valid || i == len(text) || utf8.RuneStart(text[i]) }
	last := 0
	for _, p := range pairs {
		switch {
		case p.ShortStart < 0 || p.ShortStart >= p.ShortEnd || p.ShortEnd > len(text):
			t.Errorf("short form out of range: %+v", p)
		case p.LongStart < 0 || p.LongStart >= p.LongEnd || p.LongEnd > len(text):
			t.Errorf("long form out of range: %+v", p)
		case p.ShortStart < p.LongEnd && p.LongStart < p.ShortEnd:
			t.Errorf("the forms overlap: %+v", p)
		case p.ShortEnd-p.ShortStart >= p.LongEnd-p.LongStart:
			t.Errorf("the short form is not shorter: %+v", p)
		case p.ShortStart < last:
			t.Errorf("not sorted, or overlaps the short form before it: %+v", p)
		case !boundary(p.ShortStart) || !boundary(p.ShortEnd) || !boundary(p.LongStart) || !boundary(p.LongEnd):
			t.Errorf("splits a rune: %+v", p)
		}
		last = p.ShortEnd
	}
}

// hostile is what costs most, to be repeated.
var hostile = []string{
	"a", "(", "(A", "(a)", "A", " ", "\n", "\u200d", "（",
	"aa (aa)",
	"(aaaaaaaaaaaaaaaa)",
	strings.Repeat("a", 400) + " (aaaaaaaaaaaaaaaa)",
	"(A, B, C, D, E, F)",
	"Aa Aa Aa (AA, AAA, AAAA, A A, A-A)",
	"ABABA Ab Ba ",
	"AAAA AAA AA Aa-aa aA ",
	"AB-CD or EF, stands for ",
	"AB: \n\n\t ",
	"\n          (AB)",
	"AB\"\"\"\"\"\"\"\"",
}

// TestLinear doubles texts that are made to take long, and looks at the count of
// steps, not at a clock.
func TestLinear(t *testing.T) {
	no := func(int, int) bool { return false }
	for _, s := range hostile {
		var steps [2]int
		for i := range steps {
			text := strings.Repeat(s, (i+1)*100_000/len(s))
			var f Finder
			pairs := f.Find(nil, text)
			steps[i] = f.steps
			if limit := stepsPerByte*len(text) + 2*freeSteps; f.steps > limit {
				t.Errorf("%.30q: %d steps for %d bytes, want at most %d", s, f.steps, len(text), limit)
			}
			checkPairs(t, text, pairs)
			f.Wanted = &Wanted{Short: no, Long: no, Any: no}
			f.Find(nil, text)
			if limit := stepsPerByte*len(text) + 2*freeSteps; f.asking > limit {
				t.Errorf("%.30q: %d steps to ask for %d bytes, want at most %d", s, f.asking, len(text), limit)
			}
		}
		if steps[1] > 2*steps[0]+freeSteps {
			t.Errorf("%.30q: %d steps, %d for twice the text", s, steps[0], steps[1])
		}
	}
}

func TestFindDoesNotAllocate(t *testing.T) {
	for _, c := range readCases(t) {
		dst := make([]Pair, 0, 16)
		if n := testing.AllocsPerRun(5, func() { Find(dst, c.Text) }); n > 0 {
			t.Errorf("%s: %v allocations", c.Name, n)
		}
	}
}
