package postil

import (
	"strings"
	"testing"
)

// TestSentence: the sentence around the place in brackets is that between bars.
func TestSentence(t *testing.T) {
	long := strings.Repeat("word ", 100)
	for _, s := range []string{
		"|It is a [TPU] here.| Next.",
		"First. |Then a [TPU]!| Next.",
		"First? |“Then a [TPU].”| Next.",
		"As Dr. Who and J. Doe said. |In the U.S. a [TPU] costs 1.5 million, e.g. here, approx. that.| Next.",
		"A heading\n\n|A [TPU] runs\nhere|\n\nNext.",
		"|[TPU]|",
		"一。|这是[TPU]！|二。",
		"|Node.js and [a.b] stay.| So.",
		long + "|" + long[:195] + "[TPU] " + long[:194] + "|" + " " + long,
		strings.Repeat("长", 100) + "|" + strings.Repeat("长", 66) + "[TPU]" + strings.Repeat("é", 100) + "|" + strings.Repeat("é", 100),
	} {
		bare := strings.NewReplacer("|", "", "[", "", "]", "").Replace
		before, rest, _ := strings.Cut(s, "[")
		inside, _, _ := strings.Cut(rest, "]")
		from := len(bare(before))
		first, last := strings.Index(s, "|"), strings.LastIndex(s, "|")
		want := bare(s[first:last])
		text := bare(s)
		start, end := sentence(text, from, from+len(inside))
		if got := text[start:end]; got != want {
			t.Errorf("%q: sentence %q, want %q", s, got, want)
		}
	}
}
