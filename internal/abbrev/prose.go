package abbrev

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxCues    = 7
	maxCapital = 24 // bytes
)

// Weights that no corpus told.
const (
	stated     = 100 // the sentence says that the two mean the same
	spelledOut = 150 // it says what the short form stands for
)

// capitals looks at the word at i, which has a capital there, and returns where
// to go on. A word with at least two capitals may be a short form that the
// sentence explains.
func (f *Finder) capitals(i int) int {
	at, next := capitalWord(f.text, i)
	if at.start < at.end {
		f.uses.note(f.text, at.start, at.end)
		f.prose(at)
	}
	return next
}

// capitalWord is the word at i, which has a capital there, if it has two of them
// or more and is of no more than maxCapital bytes; and where to go on.
func capitalWord(text string, i int) (at span, next int) {
	caps, j := 1, afterSmall(text, i+1)
	for ; j < len(text); j++ {
		if class[text[j]]&isUpper != 0 {
			caps++
		} else if !inCapitalWord(text[j]) {
			break
		}
	}
	if caps < 2 || j-i > maxCapital || wordBefore(text, i) || wordAfter(text, j) {
		return span{}, j
	}
	end := j
	for class[text[end-1]]&isAlnum == 0 {
		end--
	}
	return span{i, end}, j
}

// firstCapital is the capital that comes before the one at i in the same word, or i.
func firstCapital(text string, i int) int {
	for k := i - 1; k >= 0 && inCapitalWord(text[k]); k-- {
		if class[text[k]]&isUpper != 0 {
			return k
		}
	}
	return i
}

// inCapitalWord reports whether b may stand in a word as capitalWord takes it.
func inCapitalWord(b byte) bool {
	return class[b]&isAlnum != 0 || b == '-' || b == '/' || b == '&'
}

// prose adds the long form that the sentence gives for the short form at sp.
func (f *Finder) prose(at span) {
	text := f.text
	if f.spent() {
		return
	}
	before, named := 0, false
	if f.mayBeNamed(at) {
		before, named = f.named(at)
	}
	after, how := f.means(at)
	if !named && how == notGiven || !f.short.parse(text, at, f.weights) {
		return
	}
	if how == given {
		after = f.afterFillers(after, 3)
	}
	limit := f.short.n + 4
	if f.Wanted != nil {
		if !f.wantedProse(at, named, before, limit, how, after) {
			return
		}
		f.recall(at.start)
	}
	if named {
		f.strictly(f.clause(before, limit), scanEnd)
	}
	switch how {
	case given:
		f.explained(after)
	case suggested:
		f.strictly(span{after, clauseEnd(text, after)}, scanStart)
	}
}

// named looks for the end of a long form that the short form at sp is another
// name of: "LF, or SF", "LF, also known as SF", and without such words "LF, SF,"
// and "LF SF".
func (f *Finder) named(sp span) (end int, ok bool) {
	text := f.text
	at := backTo(text, sp.start, maxCapital)
	k, strong := at, false
	for range maxCues {
		w := lettersBefore(text, k)
		kind := cue(text[w.start:w.end])
		if kind == cueNone {
			k = w.end
			break
		}
		strong = strong || kind == cueNames || kind == cueBoth
		k = w.start
	}
	end = k
	for end > 0 && (text[end-1] == ',' || text[end-1] == ' ') {
		end--
	}
	if end == 0 || bracketAt(text, end-1) > 0 {
		return 0, false
	}
	last := lastWord(text, end)
	if !strong {
		closed := sp.end < len(text) && text[sp.end] == ','
		if k != at || sp.end-sp.start < 3 || end < at && !closed || !hasSmall(last) {
			return 0, false
		}
	}
	return end, mayEnd(last, text[sp.start:sp.end])
}

// strictly adds the long form in sp that matches letter by letter, if there is one.
func (f *Finder) strictly(sp span, mode scanMode) bool {
	w := f.weights
	f.weights = &strict
	f.whole(&f.short, sp, stated-f.short.bias, mode)
	found := f.decide(&f.short)
	f.weights = w
	return found
}

// hint says how plainly a text gives the meaning of a short form.
type hint uint8

const (
	notGiven  hint = iota
	suggested      // as "SF, or LF" or in a list: "SF: LF"
	given          // as "SF stands for LF"
)

// means looks for the start of a long form after the short form at sp: "SF
// stands for LF", "SF, short for LF", "SF, or LF".
func (f *Finder) means(sp span) (start int, how hint) {
	text := f.text
	k := skipMarks(text, sp.end)
	if k == len(text) {
		return 0, notGiven
	}
	pause := false
	if c := text[k]; c == ',' || c == ':' || bracketAt(text, k) > 0 {
		pause = true
		k += max(1, bracketAt(text, k))
	}
	for n := range maxCues {
		w := lettersAfter(text, k)
		switch s := text[w.start:w.end]; cue(s) {
		case cueFiller:
			k = w.end
			continue
		case cueBoth:
			if s != "or" {
				return w.end, given
			}
			if pause && n == 0 {
				return f.afterFillers(w.end, 1), suggested
			}
		case cueMeans:
			return w.end, given
		}
		break
	}
	return f.listed(sp)
}

// explained considers what follows "stands for" and the like, at k.
func (f *Finder) explained(k int) {
	sp := span{k, clauseEnd(f.text, k)}
	if !f.strictly(sp, scanStart) {
		f.whole(&f.short, sp, spelledOut, scanStart)
		f.decide(&f.short)
	}
}

// afterFillers is the start of the text after k, without up to n small words.
func (f *Finder) afterFillers(k, n int) int {
	for range n {
		w := lettersAfter(f.text, k)
		switch f.text[w.start:w.end] {
		case "for", "of", "that", "the", "a", "an", "to":
			k = w.end
			continue
		}
		break
	}
	return skipMarks(f.text, k)
}

// listed is the start of the meaning if the short form at sp starts a line or an
// entry in a list of abbreviations.
func (f *Finder) listed(sp span) (start int, how hint) {
	text := f.text
	k := sp.end
	if k+1 < len(text) && text[k] == ' ' && class[text[k+1]]&isAlnum != 0 {
		return 0, notGiven // the sentence goes on
	}
	for k < len(text) && class[text[k]]&isMark != 0 {
		k++
	}
	if rest := text[k:]; strings.HasPrefix(rest, " = ") || strings.HasPrefix(rest, " : ") {
		k++
	}
	if k == len(text) {
		return 0, notGiven
	}
	delim, size := separator(text[k:])
	if delim != ':' && delim != '=' && delim != '-' && delim != ',' {
		return 0, notGiven
	}
	i := sp.start
	for i > 0 && (text[i-1] == ' ' || text[i-1] == '-' || class[text[i-1]]&isMark != 0) {
		i--
	}
	switch {
	case i == 0 || text[i-1] == '\n':
		if delim == ',' {
			return 0, notGiven
		}
	case text[i-1] != ';' && text[i-1] != ':':
		return 0, notGiven
	}
	return skipMarks(text, k+size), suggested
}

// lastWord is the word that ends at end.
func lastWord(text string, end int) string {
	i := end
	for i > 0 && end-i < maxCapital && class[text[i-1]]&isBlank == 0 {
		i--
	}
	return text[i:end]
}

func hasSmall(s string) bool {
	for i := range len(s) {
		if class[s[i]]&isLower != 0 || s[i] >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// mayEnd reports whether word, if it ends the long form of the short form s, may
// match the last letter of s with its start or that of a part: a quick test.
func mayEnd(word, s string) bool {
	last, n := utf8.DecodeLastRuneInString(s)
	if last == 's' && n < len(s) {
		last, _ = utf8.DecodeLastRuneInString(s[:len(s)-n])
	}
	if unicode.IsDigit(last) {
		return true
	}
	last = fold(last)
	var prev rune
	for i, r := range word {
		switch f := fold(r); {
		case unicode.IsDigit(r):
			return true
		case f != last:
		case i == 0 || !inWord(prev) || unicode.IsUpper(r) || unicode.IsDigit(prev) || digraph(fold(prev), f):
			return true
		}
		prev = r
	}
	return false
}
