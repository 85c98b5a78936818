package abbrev

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxWords  = 32
	maxChars  = 400
	maxWindow = 400 // bytes

	maxSpelled = 48 // chars of a word
)

// place says where in its word a letter stands.
type place uint8

const (
	placeInit     place = iota // first
	placeHead                  // first after digits, single letters, Greek letters and signs
	placePart                  // after a hyphen or the like, or where case or digits change
	placeSyllable              // a consonant after a vowel
	placeCluster               // a consonant after a consonant
	placeVowel                 // a vowel
)

// starts reports whether a part of a word starts here.
func (p place) starts() bool { return p <= placePart }

// char is a letter or digit of a window.
type char struct {
	r     rune // folded
	digit rune // the digit that the word spells, at its first letter, or 0
	at    int32
	place place
	upper bool
	last  bool // the last of its word
}

type wordKind uint8

const (
	wordContent wordKind = iota
	wordStop
	wordNumber // has no letter
	wordGroup  // stands in brackets
)

type word struct {
	span            // without punctuation around it
	first, last int // its chars, half-open
	kind        wordKind
	capital     bool
	comma       bool // a comma follows
}

// window is the words next to a short form, among which its long form is sought.
type window struct {
	words  [maxWords]word
	chars  [maxChars]char
	nword  int
	nchar  int
	starts uint64     // the set of the letters that start a word or a part, by letterBit
	having [64]uint32 // by letter, modulo 64: the set of the words that have it
}

// fill cuts text[sp.start:sp.end] into words.
func (w *window) fill(text string, sp span) {
	w.nword, w.nchar, w.starts = 0, 0, 0
	w.having = [64]uint32{}
	for i := sp.start; i < sp.end && w.nword < maxWords; {
		if n := blankAt(text[i:sp.end]); n > 0 {
			i += n
			continue
		}
		if w.nword > 0 && bracketAt(text, i) > 0 {
			if end := group(text[i:sp.end]); end > 0 {
				w.words[w.nword] = word{span: span{i, i + end}, first: w.nchar, last: w.nchar, kind: wordGroup}
				w.nword++
				i += end
				continue
			}
		}
		end := i
		for end < sp.end && (text[end] < utf8.RuneSelf && class[text[end]]&isBlank == 0 || blankAt(text[end:sp.end]) == 0) {
			end++
		}
		w.add(text, span{i, end})
		i = end
	}
}

// group is the length of the brackets that s starts with if they stand by
// themselves, or 0.
func group(s string) int {
	c := closing(s, 0, len(s))
	if c < 0 {
		return 0
	}
	end := c - bracketAt(s, c)
	if wordAfter(s, end) || strings.HasPrefix(s[end:], "-") && !hasPair(s[:end]) {
		return 0 // as in (+/-)-3-hydroxy
	}
	return end
}

// hasPair reports whether s has two letters in a row.
func hasPair(s string) bool {
	for i := 1; i < len(s); i++ {
		if class[s[i-1]]&isLetter != 0 && class[s[i]]&isLetter != 0 {
			return true
		}
	}
	return false
}

// letterBit is the bit of r in a set of letters.
func letterBit(r rune) uint64 { return 1 << (uint32(r) & 63) }

// blankAt is the length of the blank that s starts with, or 0.
func blankAt(s string) int {
	if s[0] < utf8.RuneSelf {
		if class[s[0]]&isBlank != 0 {
			return 1
		}
		return 0
	}
	switch r, n := utf8.DecodeRuneInString(s); {
	case s[0] < 0xC0:
		return 0
	case unicode.IsSpace(r), r == '—', r == '、', r == '，', r == '。':
		return n
	}
	return 0
}

// add appends a word.
func (w *window) add(text string, sp span) {
	sp, comma := trimWord(text, sp)
	if n := elision(text[sp.start:sp.end]); n > 0 && w.nword+1 < maxWords {
		w.words[w.nword] = word{span: span{sp.start, sp.start + n}, first: w.nchar, last: w.nchar, kind: wordStop}
		w.nword++
		sp.start += n
	}
	if sp.start == sp.end {
		if comma && w.nword > 0 {
			w.words[w.nword-1].comma = true
		}
		return
	}
	wd := word{span: sp, comma: comma, first: w.nchar}
	letters := w.spell(text, sp)
	wd.last = w.nchar
	body := text[sp.start:sp.end]
	if wd.last > wd.first {
		w.chars[wd.last-1].last = true
		if d := numberWord(body); d != 0 {
			w.chars[wd.first].digit = d
			w.having[d&63] |= 1 << w.nword
			w.starts |= letterBit(d)
		}
		wd.capital = w.chars[wd.first].upper
	}
	switch {
	case letters == 0:
		wd.kind = wordNumber
	case stopWord(body):
		wd.kind = wordStop
	}
	w.words[w.nword] = wd
	w.nword++
}

// spell appends the chars of a word and returns how many of them are letters.
func (w *window) spell(text string, sp span) (letters int) {
	var prev rune       // the one before, or 0 after something else
	var prevKind uint16 // its class
	head := true        // no part of two letters or more so far
	part := sp.start
	first := w.nchar
	for i := sp.start; i < sp.end && w.nchar < min(maxChars, first+maxSpelled); {
		r, size, kind := glyph(text, i)
		if kind == 0 {
			head = head && prefix(text[part:i])
			prev, prevKind, part = 0, 0, i+size
			i += size
			continue
		}
		at := placeCluster
		switch {
		case w.nchar == first:
			at = placeInit
		case prevKind == 0 || (kind^prevKind)&isDigit != 0 || kind&^prevKind&isUpper != 0:
			head = head && prefix(text[part:i])
			part = i
			at = placePart
			if head && kind&isDigit == 0 {
				at = placeHead
			}
		case w.nchar == first+1 && digraph(prev, r):
			at = placeHead
		case vowel(r):
			at = placeVowel
		case vowel(prev):
			at = placeSyllable
		}
		if kind&isDigit == 0 {
			letters++
		}
		if at.starts() {
			w.starts |= letterBit(r)
		}
		w.having[r&63] |= 1 << w.nword
		w.chars[w.nchar] = char{r: r, at: int32(i), place: at, upper: kind&isUpper != 0}
		w.nchar++
		prev, prevKind = r, kind
		i += size
	}
	return letters
}

// digraph reports whether a word that starts with a and b may give b to a short
// form: extensible to X, oestrogen to E.
func digraph(a, b rune) bool {
	return a == 'e' && b == 'x' || (a == 'o' || a == 'a') && b == 'e'
}

// prefix reports whether s, a part of a word, counts as a sign before its head:
// as in 5-hydroxy, N-acetyl, beta-blocker, mRNA.
func prefix(s string) bool {
	return len(s) <= 1 || class[s[0]]&isDigit != 0 || utf8.RuneCountInString(s) == 1 || greekName(s) == len(s)
}

// trimWord takes punctuation from both ends of a word; comma reports that a
// comma was at its end.
func trimWord(text string, sp span) (_ span, comma bool) {
	for sp.start < sp.end {
		r, n := utf8.DecodeRuneInString(text[sp.start:sp.end])
		if inWord(r) || r == '+' || bracketAt(text, sp.start) > 0 && closing(text, sp.start, sp.end) > 0 {
			break
		}
		sp.start += n
	}
	for sp.start < sp.end {
		r, n := utf8.DecodeLastRuneInString(text[sp.start:sp.end])
		if inWord(r) || r == '+' || bracketAt(text, sp.end-n) < 0 && opened(text, sp) {
			break
		}
		comma = comma || r == ','
		sp.end -= n
	}
	return sp, comma
}

// opened reports whether sp has an opening bracket.
func opened(text string, sp span) bool {
	for i := sp.start; i < sp.end; i++ {
		if bracketAt(text, i) > 0 {
			return true
		}
	}
	return false
}
