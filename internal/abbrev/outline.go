package abbrev

import "unicode/utf8"

// outline is the letters and digits of a stretch of the text in small letters.
// Whether a short form can be found among them at all is quickly seen; most
// cannot, and need no window.
type outline struct {
	span
	chars [maxWindow]byte
	at    [maxWindow]uint16 // from where the stretch starts, in bytes
	n     int
	head  int  // those of the first word
	wide  bool // the stretch has more than ASCII, or is too long: all is possible
}

// starting is set in a char that may start a word or a part of one.
const starting = 0x80

// read takes the outline of text[sp.start:sp.end].
func (o *outline) read(text string, sp span) {
	o.span, o.n, o.head, o.wide = sp, 0, 0, sp.end-sp.start > len(o.chars)
	if o.wide {
		return
	}
	var prev byte       // the char before
	var prevKind uint16 // its class, 0 after something else
	for i := sp.start; i < sp.end; i++ {
		c := text[i]
		kind := class[c]
		if kind&isAlnum == 0 {
			if c >= utf8.RuneSelf {
				o.wide = true
				return
			}
			if kind&isBlank != 0 && o.head == 0 {
				o.head = o.n
			}
			prevKind = 0
			continue
		}
		if kind&isUpper != 0 {
			c |= 0x20
		}
		o.chars[o.n] = c
		if prevKind == 0 || kind&^prevKind&isUpper != 0 || (kind^prevKind)&isDigit != 0 || digraph(rune(prev), rune(c)) {
			o.chars[o.n] |= starting
		}
		o.at[o.n] = uint16(i - sp.start)
		o.n++
		prev, prevKind = c, kind
	}
	if o.head == 0 {
		o.head = o.n
	}
}

// latest is where a long form of s starts at the latest, if there may be one. The
// letters must stand in o in order, the first of them where a word may start: in
// the first one, unless mode is scanEnd. One letter may be missing. A strict
// match asks that all start words or parts, and none is missing. latest errs on
// the side of yes and of late.
func (o *outline) latest(s *short, mode scanMode, strictly bool) (at int, ok bool) {
	if o.wide {
		return o.end, true
	}
	var mark byte
	if strictly {
		mark = starting
	}
	all, lost := o.n, -1 // where the letters so far begin, with one missing and without
	for i := s.n - 1; i > 0; i-- {
		l := &s.letters[i]
		if l.digit || i == s.n-1 && s.plural {
			continue
		}
		missed := -1
		if !strictly && s.n > 2 {
			missed = all
		}
		all = o.last(all, l.r, mark)
		if lost = max(o.last(lost, l.r, mark), missed); max(all, lost) < 0 {
			return 0, false
		}
	}
	from := max(all, lost)
	if mode != scanEnd {
		from = min(from, o.head)
	}
	if s.letters[0].digit { // may match a word
		return o.end, true
	}
	if from = o.last(from, s.letters[0].r, starting); from < 0 {
		return 0, false
	}
	return o.start + int(o.at[from]), true
}

// last is the last place before n where r stands, marked as asked, or -1.
func (o *outline) last(n int, r rune, mark byte) int {
	for n--; n >= 0; n-- {
		if c := o.chars[n]; rune(c&^starting) == r && c&mark == mark {
			return n
		}
	}
	return -1
}
