package abbrev

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// BenchmarkFind compares Find with the plain algorithm of Schwartz and Hearst
// on a regular expression, on a novel with few brackets and on abstracts with
// many. Each run reports the count of pairs; a novel without
// brackets is no work for the rival, which looks at nothing else.
func BenchmarkFind(b *testing.B) {
	texts := []struct {
		name, text string
		least      int // pairs
	}{
		{"prose", prose(b), 0},
		{"brackets", brackets(b), 1100},
	}
	for _, c := range texts {
		b.Run(c.name+"/find", func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			dst := Find(nil, c.text)
			if len(dst) < c.least {
				b.Fatalf("%d pairs, want at least %d", len(dst), c.least)
			}
			for b.Loop() {
				dst = Find(dst[:0], c.text)
			}
			b.ReportMetric(float64(len(dst)), "pairs")
		})
		b.Run(c.name+"/schwartz-hearst", func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				n = len(schwartzHearst(c.text))
			}
			b.ReportMetric(float64(n), "pairs")
		})
	}
}

func prose(b testing.TB) string {
	data, err := os.ReadFile("../../../shared/eval/scale/haystack-en.txt")
	if err != nil {
		b.Skip(err)
	}
	return string(data[:1<<19]) // a novel
}

func brackets(b testing.TB) string {
	docs := readEval(b, "ab3p")
	var s strings.Builder
	for _, d := range docs {
		s.WriteString(d.Text)
		s.WriteString("\n\n")
	}
	return s.String()
}

var shBracket = regexp.MustCompile(`\(([^()]*)\)`)

// schwartzHearst is the algorithm of 2003, without later additions.
func schwartzHearst(text string) [][2]string {
	var out [][2]string
	for _, m := range shBracket.FindAllStringSubmatchIndex(text, -1) {
		form, _, _ := strings.Cut(text[m[2]:m[3]], "; ")
		form, _, _ = strings.Cut(form, ", ")
		form = strings.TrimSpace(form)
		if len(form) < 2 || len(form) > 10 || strings.Count(form, " ") > 1 || !hasLetter(form) || class[form[0]]&isAlnum == 0 {
			continue
		}
		words := strings.Fields(text[max(0, m[0]-300):m[0]])
		words = words[max(0, len(words)-min(len(form)+5, 2*len(form))):]
		if long := shLong(form, strings.Join(words, " ")); len(long) > len(form) {
			out = append(out, [2]string{form, long})
		}
	}
	return out
}

func hasLetter(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < 0x80 && class[r]&isLetter != 0 })
}

// shLong matches form to the end of words, right to left.
func shLong(form, words string) string {
	l := len(words) - 1
	for s := len(form) - 1; s >= 0; s-- {
		c := form[s] | 0x20
		if class[c]&isAlnum == 0 {
			continue
		}
		for l >= 0 && words[l]|0x20 != c || s == 0 && l > 0 && class[words[l-1]]&isAlnum != 0 {
			l--
		}
		if l < 0 {
			return ""
		}
		l--
	}
	return words[strings.LastIndexByte(words[:l+1], ' ')+1:]
}
