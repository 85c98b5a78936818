package abbrev

import (
	"strings"
	"unicode/utf8"
)

// Before a bracket or a word in capitals costs much, it is asked whether any
// definition that may come of it is wanted: of the letters of the short form and
// those of the text it is known where a long form starts at the latest, and where
// it ends.
//
// What is passed over so could have come before a definition that is wanted, with
// the same short form or one that overlaps, and then that one should not be found.
// So what was passed over near it is made up for first. It is seldom; to look
// twice at a place adds nothing.

// maxAsked is the length in bytes of a stretch that has fewer than maxWords
// words for certain.
const maxAsked = 2*maxWords - 2

// maxAfter is how far after a short form its brackets may open, in bytes.
const maxAfter = 8

// long asks whether a long form with sp in it may be wanted.
func (f *Finder) long(sp span) bool { return f.Wanted.Long(sp.start, sp.end) }

// wantedBracket reports whether a definition at the bracket at open, which holds
// segs, may be wanted; before says so of what ends where the bracket opens.
func (f *Finder) wantedBracket(open int, segs []segment, before bool) bool {
	if f.asking > f.limit() {
		return true
	}
	for i := range segs {
		if f.wantedSegment(open, segs, i, before) {
			return true
		}
	}
	return f.parseBefore(open, segs) &&
		(f.Wanted.Short(f.short.start, f.short.end) || f.long(core(f.text, segs[0].span))) &&
		f.mayBe(&f.short, joined(segs))
}

// wantedSegment reports whether a definition may be wanted of which the i-th
// segment is the short form.
func (f *Finder) wantedSegment(open int, segs []segment, i int, before bool) bool {
	g, s := segs[i].span, &f.short
	if g.end-g.start > maxShort {
		return false
	}
	known := f.Wanted.Short(g.start, g.end)
	before = before || known
	inside := i > 0 && (known || f.long(lastPart(f.text, segs[i-1].end)))
	after := i+1 < len(segs) && (known || f.long(core(f.text, segs[i+1].span)))
	if !before && !inside && !after || !s.parse(f.text, g, f.weights) || valued(f.text, segs, i) {
		return false
	}
	limit := segmentWords(s)
	return before && f.wantedBefore(s, known, open, limit, false) ||
		inside && f.wantedBefore(s, known, segs[i-1].end, limit, false) ||
		after && f.mayBe(s, segs[i+1].span)
}

// mayBeNamed reports whether a long form before the short form at sp may be wanted,
// or sp is: a quick test where an ordinary word stands right before it. That must be
// one of those that announce a name, or the last of the name.
func (f *Finder) mayBeNamed(sp span) bool {
	text, i := f.text, sp.start
	if i > 0 && bracketAt(text, i-1) > 0 {
		return false
	}
	if i < 2 || text[i-1] != ' ' || class[text[i-2]]&isLower == 0 {
		return true
	}
	if word := lettersBefore(text, i); cue(text[word.start:word.end]) != cueNone {
		return true
	}
	return mayEnd(lastWord(text, i-1), text[sp.start:sp.end]) &&
		(f.Wanted == nil || f.long(span{i - 2, i - 1}) || f.Wanted.Short(sp.start, sp.end))
}

// wantedProse reports whether the long form that ends at before, or the one that
// starts at after, may be wanted for the short form at sp.
func (f *Finder) wantedProse(sp span, named bool, before, limit int, how hint, after int) bool {
	known := f.Wanted.Short(sp.start, sp.end)
	if named && f.wantedBefore(&f.short, known, before, limit, true) {
		return true
	}
	if how == notGiven {
		return false
	}
	return known || f.long(firstWord(f.text, after))
}

// wantedBefore reports whether a long form of s that ends at end may be wanted, or
// there may be one and s is.
func (f *Finder) wantedBefore(s *short, known bool, end, limit int, strictly bool) bool {
	last := lastPart(f.text, end)
	if !known && !f.long(last) {
		return false
	}
	f.glance(f.clause(end, limit))
	start, found := -1, false
	for kind := range variants {
		if strictly && kind > 0 {
			break
		}
		if _, ok := f.variant.vary(s, kind, f.weights); ok {
			if at, ok := f.outline.latest(&f.variant, scanEnd, strictly); ok {
				start, found = max(start, at), true
			}
		}
	}
	return found && (known || f.long(span{min(start, last.start), last.end}))
}

// mayBe reports whether sp, or the first words of it, may be a long form of s.
func (f *Finder) mayBe(s *short, sp span) bool {
	f.glance(sp)
	_, ok := f.outline.latest(s, scanBoth, false)
	return ok
}

// glance takes the outline of sp, only to ask.
func (f *Finder) glance(sp span) {
	if f.outline.span != sp {
		f.outline.read(f.text, sp)
	}
	f.asking += sp.end - sp.start
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
// as if all were wanted.
func (f *Finder) again(sp span, words bool) {
	wanted, short := f.Wanted, f.short
	f.Wanted = nil
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
	f.Wanted, f.short = wanted, short
}

// definedAnywhere reports whether anything in the text that f passed over defines s.
func (f *Finder) definedAnywhere(s string) bool {
	done := 0
	for i := 0; ; i += len(s) {
		j := strings.Index(f.text[i:], s)
		if j < 0 {
			return f.defined(s)
		}
		i += j
		near := span{max(done, i-maxBracket), min(len(f.text), i+len(s)+maxAfter)}
		f.again(near, true)
		done = near.end
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
