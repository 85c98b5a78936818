package fulltext_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"postil/internal/fulltext"
)

// BenchmarkSearch asks the questions of the evaluation in several ways.
func BenchmarkSearch(b *testing.B) {
	x := open(b, segments(b, cranfield(b), 2000), fulltext.Limits{Terms: 1 << 20})
	questions := readJSONL[question](b, "cranfield.queries.jsonl")
	ways := map[string]func(words []string) string{
		"question": func(w []string) string { return strings.Join(w, " ") },
		"two":      func(w []string) string { return strings.Join(w[len(w)-3:len(w)-1], " ") },
		"phrase":   func(w []string) string { return `"` + strings.Join(w[len(w)-3:len(w)-1], " ") + `"` },
		"prefix":   func(w []string) string { return w[3][:2] + "*" },
		"typo":     func(w []string) string { return w[len(w)-2] + "~1" },
	}
	for name, way := range ways {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				w := plainWords(questions[i%len(questions)].Query)
				if _, err := x.Search(background, fulltext.Request{Text: way(w), Highlight: &fulltext.Highlight{}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// plainWords returns at least five words of letters.
func plainWords(s string) []string {
	w := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	w = slices.DeleteFunc(w, func(s string) bool { return len(s) < 2 })
	for len(w) < 5 {
		w = append(w, "flow")
	}
	return w
}
