package abbrev

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxName        = 24 // words and parts
	maxJoint       = 4  // bytes
	longestAcronym = 5  // letters
)

// joint is what stands between two words of a name.
type joint uint8

const (
	jointNone   joint = iota // the words do not belong together
	jointBlank               // or "&"
	jointComma               // a comma
	jointHyphen              // the second is a part of a compound
)

// initial is a word, or a part of one, as it takes part in initials.
type initial struct {
	span
	before joint
	letter byte // in lower case; 0 if the word is none of a name
	other  byte // another that it may give: x for extensible
	upper  bool
	stop   bool // a stop word without capital
}

// initialOf looks at the word sp.
func initialOf(text string, sp span) initial {
	s := text[sp.start:sp.end]
	r, _ := utf8.DecodeRuneInString(s)
	e := initial{span: sp, before: jointBefore(text, sp.start), upper: unicode.IsUpper(r)}
	e.stop = !e.upper && stopWord(s)
	if len(s) == 1 || class[s[len(s)-1]]&isDigit != 0 || e.upper && acronym(s) || nameless(s) {
		return e
	}
	if l := fold(r); l < utf8.RuneSelf {
		e.letter = byte(l)
	}
	if e.letter == 'e' && s[1] == 'x' {
		e.other = 'x'
	}
	return e
}

// acronym reports whether s, which starts with a capital, ends with one as well, a
// plural s aside.
func acronym(s string) bool {
	s = strings.TrimSuffix(s, "s")
	return class[s[len(s)-1]]&isUpper != 0 && len(s) <= longestAcronym
}

// nameless reports whether s has its capital from the start of a sentence or a
// heading rather than from a name.
func nameless(s string) bool {
	switch s {
	case "Are", "Can", "Do", "Does", "Has", "Have", "He", "How", "However", "If", "Is", "It", "Its", "Our", "She", "That",
		"These", "They", "This", "Was", "We", "What", "When", "Where", "Which", "Who", "Why", "Will", "You", "Your":
		return true
	}
	return false
}

// jointBefore is what stands before the word at i.
func jointBefore(text string, i int) joint {
	k := i
	for k > max(0, i-maxJoint) && !wordEnds(text, k) {
		k--
	}
	if k == 0 || !wordEnds(text, k) {
		return jointNone
	}
	switch text[k:i] {
	case " ", "\n", "\r\n", "\u00a0", " & ":
		return jointBlank
	case ", ":
		return jointComma
	case "-", "–", "‐", "‑":
		return jointHyphen
	}
	return jointNone
}

// wordEnds reports whether a letter or digit of a word ends at k.
func wordEnds(s string, k int) bool {
	if c := s[k-1]; c < utf8.RuneSelf {
		return class[c]&isAlnum != 0
	}
	r, _ := utf8.DecodeLastRuneInString(s[:k])
	return inWord(r)
}

// wordTo is the word that ends at j, or before j beyond a joint.
func wordTo(text string, j int) span {
	for j > 0 && !wordEnds(text, j) {
		j--
	}
	i := j
	for i > 0 && j-i < maxWindow {
		if class[text[i-1]]&isAlnum != 0 {
			i--
			continue
		}
		r, n := utf8.DecodeLastRuneInString(text[:i])
		if r < utf8.RuneSelf || !inWord(r) {
			break
		}
		i -= n
	}
	return span{i, j}
}

// wordFrom is the end of the word that starts at i.
func wordFrom(text string, i int) int {
	for i < len(text) {
		if class[text[i]]&isAlnum != 0 {
			i++
			continue
		}
		if text[i] < utf8.RuneSelf {
			break
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if !inWord(r) {
			break
		}
		i += n
	}
	return i
}

// trail is the words of a possible name, from the last back, looked at as far as
// needed.
type trail struct {
	list [maxName]initial
	n    int
}

// from makes t the trail that ends with the word sp.
func (t *trail) from(text string, sp span) *initial {
	t.list[0], t.n = initialOf(text, sp), 1
	return &t.list[0]
}

// back is the k-th word before the last.
func (t *trail) back(text string, k int) *initial {
	for t.n <= k {
		t.list[t.n] = initialOf(text, wordTo(text, t.list[t.n-1].start))
		t.n++
	}
	return &t.list[k]
}

// spells returns how many words at the end of the trail have s for initials, or
// 0. Stop words may be skipped, but not for two letters.
func (t *trail) spells(text, s string) int {
	k := len(s) - 1
	for n := range maxName {
		e := t.back(text, n)
		l := s[k] | 0x20
		part := e.before == jointHyphen
		if (e.letter == l || e.other == l) && (e.upper || part || e.stop) {
			if k--; k < 0 {
				if e.upper && !part {
					return n + 1
				}
				return 0
			}
		} else if !e.stop && (!part || e.upper) || len(s) == 2 {
			return 0
		}
		if e.before == jointNone || e.before == jointComma && e.stop && e.letter != 'a' {
			return 0
		}
	}
	return 0
}

// whole reports whether the last n words are a name by themselves rather than a
// part of a longer one. If they stand for more than two letters, they are enough
// of a sign.
func (t *trail) whole(text string, n, letters int) bool {
	rest := text[t.list[0].end:]
	if strings.HasPrefix(rest, "-") {
		return false
	}
	if letters > 2 {
		return true
	}
	if len(rest) > 1 && rest[0] == ' ' {
		if r, _ := utf8.DecodeRuneInString(rest[1:]); unicode.IsUpper(r) {
			return false
		}
	}
	first := t.back(text, n-1)
	if first.before == jointNone {
		return true
	}
	before := t.back(text, n)
	if first.before == jointBlank && before.stop && before.letter == 'o' && before.before == jointBlank {
		before = t.back(text, n+1)
	}
	return !before.upper
}
