package sense

import (
	"unicode"
	"unicode/utf8"
)

// alignment says how a form abbreviates a name: the shares of the form's
// letters that stand at the beginning of a word, at the beginning of a part of a
// compound, or nowhere in the name; and how many words have no letter in the
// form.
type alignment struct {
	initial, part, missing float64
	skipped                int
	words                  int
}

// quality is one number for an alignment, 1 for initials of all words.
func (a alignment) quality() float64 {
	return a.initial + 0.5*a.part - a.missing - 0.15*float64(a.skipped)
}

// A letter of a name, and where it stands.
type letter struct {
	rune rune
	word int
	at   place
}

type place uint8

const (
	atStart place = iota
	atStop        // the beginning of a stop word
	atPart        // the beginning of a word within a compound, or of a number
	inside
)

// What a letter of the form gains where it stands; one that stands nowhere costs
// as much as an initial gains.
var gains = [...]float64{atStart: 1, atStop: 0.65, atPart: 0.7, inside: 0.3}

// aligner finds alignments with the words of one glossary.
type aligner struct {
	stop func(string) bool
	// word says whether the end of a compound is a word of its own.
	word func(string) bool
}

// align finds the alignment that gains most, letters in order.
func (a aligner) align(form, name string) alignment {
	f := lettersOf(form)
	text, words := a.spell(name)
	if len(f) == 0 || len(text) == 0 || len(f) > 64 || len(text) > 1024 {
		return alignment{missing: 1, words: len(words)}
	}
	// best[i][j] is the gain of the first i letters within the first j.
	best := make([][]float64, len(f)+1)
	for i := range best {
		best[i] = make([]float64, len(text)+1)
	}
	for i := 1; i <= len(f); i++ {
		best[i][0] = -float64(i)
		for j := 1; j <= len(text); j++ {
			x := max(best[i][j-1], best[i-1][j]-1)
			if f[i-1] == text[j-1].rune {
				x = max(x, best[i-1][j-1]+gains[text[j-1].at])
			}
			best[i][j] = x
		}
	}
	return trace(best, len(f), text, words)
}

// trace goes back along the best alignment and counts.
func trace(best [][]float64, n int, text []letter, words []word) (r alignment) {
	r.words = len(words)
	each := 1 / float64(n)
	for i, j := n, len(text); i > 0; {
		switch {
		case j > 0 && best[i][j] == best[i][j-1]:
			j--
			continue
		case best[i][j] == best[i-1][j]-1:
			r.missing += each
			i--
			continue
		}
		switch t := text[j-1]; t.at {
		case atStart, atStop:
			r.initial += each
			words[t.word].used = true
		case atPart:
			r.part += each
			words[t.word].used = true
		}
		i--
		j--
	}
	for _, w := range words {
		if !w.used && !w.free {
			r.skipped++
		}
	}
	return r
}

type word struct {
	used bool
	free bool // may be skipped: a stop word, or hyphenated to the one before
}

// spell returns the letters of a name with their places, and its words.
func (a aligner) spell(name string) (text []letter, words []word) {
	for i := 0; i < len(name); {
		r, size := utf8.DecodeRuneInString(name[i:])
		if !isLetter(r) {
			i += size
			continue
		}
		end := i
		for end < len(name) {
			r, size := utf8.DecodeRuneInString(name[end:])
			if !isLetter(r) {
				break
			}
			end += size
		}
		before, _ := utf8.DecodeLastRuneInString(name[:i])
		w := lettersOf(name[i:end])
		stop := a.stop(string(w))
		words = append(words, word{free: stop || i > 0 && !unicode.IsSpace(before)})
		for k, r := range w {
			text = append(text, letter{r, len(words) - 1, a.placeOf(w, k, stop)})
		}
		i = end
	}
	return text, words
}

func (a aligner) placeOf(w []rune, k int, stop bool) place {
	switch {
	case k == 0 && stop:
		return atStop
	case k == 0:
		return atStart
	case unicode.IsDigit(w[k]) != unicode.IsDigit(w[k-1]):
		return atPart
	case k >= 3 && len(w)-k >= 4 && a.word(string(w[k:])):
		return atPart
	}
	return inside
}

// lettersOf are the letters, marks and digits of s in lower case.
func lettersOf(s string) []rune {
	var out []rune
	for _, r := range s {
		if isLetter(r) {
			out = append(out, unicode.ToLower(r))
		}
	}
	return out
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// isAbbreviation reports whether a form is spelled like one: short, one word,
// at least half of it capitals and digits.
func isAbbreviation(form string) bool {
	upper, n := 0, 0
	for _, r := range form {
		n++
		if unicode.IsUpper(r) || unicode.IsDigit(r) {
			upper++
		}
		if unicode.IsSpace(r) {
			return false
		}
	}
	return n <= 12 && upper >= 2 && 2*upper >= n
}
