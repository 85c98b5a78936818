package abbrev

import "unicode/utf8"

const (
	maxBracket   = 300 // bytes
	maxSegments  = 6
	closingBytes = 16 // that are looked at for a closing bracket count as a step
)

// bracket looks for definitions at the opening bracket at open: short forms in
// the brackets with their long form before them, or beside them in the same
// brackets; or else a short form before the brackets.
func (f *Finder) bracket(open int) {
	text := f.text
	if f.spent() {
		return
	}
	end := closing(text, open, min(len(text), open+maxBracket))
	if end < 0 {
		f.steps += maxBracket
		return
	}
	f.steps += (end - open) / closingBytes
	if !lettered(text[open:end]) {
		return // a number, as most of what stands in brackets in some texts
	}
	before := f.Wanted == nil || f.long(lastPart(text, open))
	if !before && !f.Wanted.Any(open, end) {
		f.miss(span{open, end})
		return
	}
	var list [maxSegments]segment
	segs := split(text, span{open + bracketAt(text, open), end}, &list)
	if len(segs) == 0 {
		return
	}
	if f.Wanted != nil {
		if !f.wantedBracket(open, segs, before) {
			f.miss(span{open, end})
			return
		}
		f.recall(open)
	}
	bias := int32(0)
	if text[open] == '[' {
		bias += f.weights[inSquare]
	}
	if wordBefore(text, open) {
		bias += f.weights[attached]
	}
	found := false
	for i := range segs {
		if f.short.parse(text, segs[i].span, f.weights) && !valued(text, segs, i) {
			f.segment(open, segs, i, bias)
			found = f.decide(&f.short) || found
		}
	}
	if !found || f.observe != nil {
		f.reverse(open, segs, bias)
	}
}

// lettered reports whether s may have a letter.
func lettered(s string) bool {
	for i := range len(s) {
		if class[s[i]]&isLetter != 0 || s[i] >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// valued reports whether the i-th segment is given a value: n = 12.
func valued(text string, segs []segment, i int) bool {
	if segs[i].delim != '=' && segs[i].delim != ':' || i+1 == len(segs) {
		return false
	}
	next := text[segs[i+1].start:]
	return class[next[0]]&isDigit != 0 || next[0] == '-' || next[0] == '.'
}

// segmentWords is how many words before a bracket the long form of s may have.
func segmentWords(s *short) int { return 2*s.n + 5 }

// segment considers the i-th segment as the short form.
func (f *Finder) segment(open int, segs []segment, i int, bias int32) {
	s, w := &f.short, f.weights
	limit := segmentWords(s)
	before := bias
	if len(segs) > 1 {
		before += w[followed]
	}
	if i > 0 {
		before += w[notFirst]
	}
	f.before(s, open, limit, before)
	if i > 0 && !stateCode(f.text[s.start:s.end]) {
		f.before(s, segs[i-1].end, limit, bias+w[inside])
	}
	if i+1 < len(segs) {
		f.whole(s, segs[i+1].span, bias+w[labelled], scanBoth)
	}
}

// reverse considers the word before the brackets as the short form.
func (f *Finder) reverse(open int, segs []segment, bias int32) {
	s, w := &f.short, f.weights
	if !f.parseBefore(open, segs) {
		return
	}
	if f.Wanted != nil {
		f.again(s.span, true)
	}
	long := segs[0].span
	f.whole(s, long, bias+w[reverse], scanBoth)
	if rest := joined(segs); rest.end > long.end {
		f.whole(s, rest, bias+w[reverseRest], scanBoth)
	}
	f.decide(s)
}

// joined is the first segment and those that follow after commas.
func joined(segs []segment) span {
	sp := segs[0].span
	for i := 1; i < len(segs) && segs[i-1].delim == ','; i++ {
		sp.end = segs[i].end
	}
	return sp
}

// parseBefore takes apart the word before the brackets, if it may be a short form
// of what is in them.
func (f *Finder) parseBefore(open int, segs []segment) bool {
	sp := tokenBefore(f.text, open)
	return sp.start < sp.end && leads(f.text, segs[0].span, f.text[sp.start]) && f.short.parse(f.text, sp, f.weights)
}

// leads reports whether the first word of sp may have the letter c, the first of
// a short form: a quick test.
func leads(text string, sp span, c byte) bool {
	if class[c]&isLetter == 0 {
		return true
	}
	began := false
	for _, b := range []byte(text[sp.start:sp.end]) {
		switch kind := class[b]; {
		case b >= utf8.RuneSelf || b|0x20 == c|0x20:
			return true
		case kind&isAlnum != 0:
			began = true
		case kind&isBlank != 0 && began:
			return false
		}
	}
	return false
}

// tokenBefore is the word that ends before i, quotes aside; it is empty if that
// word is too long for a short form.
func tokenBefore(text string, i int) span {
	sp := trim(text, span{max(0, i-2*maxShort), i})
	for k := sp.end; k > sp.start; {
		r, n := rune(text[k-1]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeLastRuneInString(text[sp.start:k])
		} else if class[r]&isAlnum != 0 {
			k--
			continue
		}
		if ideograph(r) || r == utf8.RuneError || !inWord(r) && boundary(r) {
			return span{k, sp.end}
		}
		k -= n
	}
	if sp.start == 0 {
		return sp
	}
	return span{}
}

// boundary reports whether r, not a letter or digit, ends a token.
func boundary(r rune) bool {
	switch r {
	case '(', '[', ',', ';', ':', '"', '\'', '*', '_', '`', '，', '、', '。', '（', '；', '：', '—':
		return true
	}
	return quote(r)
}
