package match

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// shoutedWords is how many words a line of capitals has at least: fewer may be
	// abbreviations.
	shoutedWords = 3
	// maxLine is how far a line is looked at on either side of a word, in bytes.
	maxLine = 100
)

// Shouted reports whether token i is in capitals and stands in a line of capitals,
// which say nothing about what its words are.
func (d *Document) Shouted(i int) bool {
	t := &d.Tokens[i]
	if r, _ := utf8.DecodeRuneInString(d.Text[t.Start:]); !unicode.IsUpper(r) || hasLower(d.Text[t.Start:t.End]) {
		return false
	}
	words := 1
	from, to := d.line(t)
	for _, part := range [...][2]int{{from, int(t.Start)}, {int(t.End), to}} {
		for at, r := range d.Text[part[0]:part[1]] {
			switch {
			case unicode.IsLower(r):
				return false
			case unicode.IsUpper(r) && begins(d.Text, part[0]+at):
				words++
			}
		}
	}
	return words >= shoutedWords
}

// line is the line of a token, as far as it is looked at.
func (d *Document) line(t *Token) (from, to int) {
	start, end := int(t.Start), int(t.End)
	from, to = max(0, start-maxLine), max(end, min(len(d.Text), start+maxLine))
	i, _ := slices.BinarySearch(d.Breaks, int32(start+1))
	if i > 0 {
		from = max(from, int(d.Breaks[i-1]))
	}
	if i < len(d.Breaks) {
		to = max(end, min(to, int(d.Breaks[i])))
	}
	from += strings.LastIndexByte(d.Text[from:start], '\n') + 1
	if n := strings.IndexByte(d.Text[end:to], '\n'); n >= 0 {
		to = end + n
	}
	return from, to
}

// begins reports whether a word begins at a byte.
func begins(s string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:at])
	return at == 0 || !unicode.IsLetter(r) && r != '\'' && r != '’'
}
