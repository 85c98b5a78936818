package match

import (
	"slices"
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
	from, to := d.block(int(t.Start))
	words := 1
	for at := int(t.Start); at > from; {
		r, n := utf8.DecodeLastRuneInString(d.Text[from:at])
		switch at -= n; {
		case r == '\n':
			from = at
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r) && begins(d.Text, at):
			words++
		}
	}
	for at := int(t.End); at < to; {
		r, n := utf8.DecodeRuneInString(d.Text[at:to])
		switch {
		case r == '\n':
			to = at
		case unicode.IsLower(r):
			return false
		case unicode.IsUpper(r) && begins(d.Text, at):
			words++
		}
		at += n
	}
	return words >= shoutedWords
}

// block is the stretch around a byte that has no break in it, of what is looked at.
func (d *Document) block(at int) (from, to int) {
	from, to = max(0, at-maxLine), min(len(d.Text), at+maxLine)
	i, _ := slices.BinarySearch(d.Breaks, int32(at+1))
	if i > 0 {
		from = max(from, int(d.Breaks[i-1]))
	}
	if i < len(d.Breaks) {
		to = min(to, int(d.Breaks[i]))
	}
	return from, to
}

// begins reports whether a word begins at a byte.
func begins(s string, at int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:at])
	return at == 0 || !unicode.IsLetter(r) && r != '\'' && r != '’'
}
