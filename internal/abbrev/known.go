package abbrev

import (
	"strings"
	"unicode/utf8"
)

// What Known makes Find pass over could have come before a definition that is of
// use, with the same short form or one that overlaps. Then that one would not be
// found without Known. So what was passed over there is made up for first; it is
// seldom, and to look twice at a place adds nothing.

// maxAsked is the length in bytes of a stretch that has fewer than maxWords
// words for certain.
const maxAsked = 2*maxWords - 2

// maxAfter is how far after a short form its brackets may open, in bytes.
const maxAfter = 8

func (f *Finder) knows(sp span) bool { return f.Known(sp.start, sp.end) }

// useful reports whether a definition at the bracket at open, which holds segs,
// may be known. Its long form ends before the bracket or with a segment, or else
// it is the last segment; so does its short form.
func (f *Finder) useful(open int, segs []segment) bool {
	if open > 0 && f.knows(lastPart(f.text, open)) {
		return true
	}
	last := len(segs) - 1
	for _, g := range segs[:last] {
		if f.knows(lastPart(f.text, g.end)) || g.end-g.start > maxAsked && f.knows(core(f.text, g.span)) {
			return true
		}
	}
	return f.knows(core(f.text, segs[last].span))
}

// miss notes that f passes over the brackets sp.
func (f *Finder) miss(sp span) {
	if sp.end > f.missed.end {
		f.missed = sp
	}
}

// recall makes up for the brackets around i that f has passed over.
func (f *Finder) recall(i int) {
	if i < f.missed.end {
		f.again(span{f.missed.start, i}, false)
		f.missed = span{}
	}
}

// again looks at the brackets in sp, and with words also at the capitals there,
// as if there were no Known.
func (f *Finder) again(sp span, words bool) {
	known, short := f.Known, f.short
	f.Known = nil
	for i := toCapital(f.text, sp.start); i < sp.end; i = toCapital(f.text, i) {
		switch {
		case bracketAt(f.text, i) > 0:
			f.bracket(i)
			i++
		case words && class[f.text[i]]&isUpper != 0:
			var at span
			if at, i = capitalWord(f.text, i); at.start < at.end {
				f.prose(at)
			}
		default:
			i++
		}
	}
	f.Known, f.short = known, short
}

// definedAnywhere reports whether anything in the text that f passed over defines s.
func (f *Finder) definedAnywhere(s string) bool {
	for i := 0; ; i += len(s) {
		j := strings.Index(f.text[i:], s)
		if j < 0 {
			return f.defined(s)
		}
		i += j
		f.again(span{max(0, i-maxBracket), min(len(f.text), i+len(s)+maxAfter)}, true)
	}
}

// lastPart is the last part of the last word before end: a long form that ends
// there starts there at the latest.
func lastPart(text string, end int) span {
	for end > 0 && !wordEnds(text, end) {
		end--
	}
	i := end
	for next := uint16(0); i > 0 && end-i < maxWindow; {
		r, n := rune(text[i-1]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeLastRuneInString(text[:i])
		}
		kind := kindOf(r)
		if kind == 0 || next != 0 && ((kind^next)&isDigit != 0 || next&isUpper != 0 && kind&isUpper == 0) {
			break
		}
		i -= n
		next = kind
	}
	return span{i, end}
}

// firstWord is the first word from i on, as far as it has letters and digits.
func firstWord(text string, i int) span {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if inWord(r) {
			break
		}
		i += n
	}
	return span{i, wordFrom(text, i)}
}

// core is sp without what is no letter or digit at its ends. If sp is so long that
// a window may not hold it, it is the first words.
func core(text string, sp span) span {
	if sp.end-sp.start > maxAsked {
		sp.end = sp.start + maxAsked
		for sp.end > sp.start && class[text[sp.end]]&isBlank == 0 {
			sp.end--
		}
	}
	for sp.start < sp.end {
		r, n := utf8.DecodeRuneInString(text[sp.start:sp.end])
		if inWord(r) {
			break
		}
		sp.start += n
	}
	for sp.start < sp.end {
		r, n := utf8.DecodeLastRuneInString(text[sp.start:sp.end])
		if inWord(r) {
			break
		}
		sp.end -= n
	}
	return sp
}
