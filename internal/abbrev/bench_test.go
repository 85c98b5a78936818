package abbrev

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
)

// BenchmarkFind compares Find with the plain algorithm of Schwartz and Hearst
// on a regular expression, on a novel with few brackets, on abstracts with many,
// and on a novel and articles in one text of 5 MB. Each run reports the count of
// pairs; a novel without brackets is no work for the rival, which looks at
// nothing else. Where something is wanted, it is what a share of the words of
// the text makes up.
func BenchmarkFind(b *testing.B) {
	texts := []struct {
		name, text string
		least      int // pairs
	}{
		{"prose", articles(b)[:1<<19], 0}, // the novel
		{"brackets", abstracts(b), 1100},
		{"articles", articles(b), 2600},
	}
	for _, c := range texts {
		find := func(name string, least int, wanted *Wanted) {
			b.Run(c.name+"/"+name, func(b *testing.B) {
				f := Finder{Wanted: wanted}
				dst := f.Find(nil, c.text)
				if len(dst) < least {
					b.Fatalf("%d pairs, want at least %d", len(dst), least)
				}
				b.SetBytes(int64(len(c.text)))
				b.ReportAllocs()
				for b.Loop() {
					dst = f.Find(dst[:0], c.text)
				}
				b.ReportMetric(float64(len(dst)), "pairs")
			})
		}
		find("find", c.least, nil)
		for _, share := range []int{0, 10, 50} {
			k := newKnower(c.text, 1, float64(share)/100)
			find(fmt.Sprintf("wanted-%d%%", share), 0, &Wanted{Short: k.know, Long: k.know, Any: func(int, int) bool { return true }})
		}
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

func articles(b testing.TB) string {
	data, err := os.ReadFile("../../../shared/eval/scale/haystack-en.txt")
	if err != nil {
		b.Skip(err)
	}
	return string(data)
}

func abstracts(b testing.TB) string {
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
