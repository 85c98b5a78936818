package abbrev

import "unicode/utf8"

// outline is the letters and digits of a stretch of the text in small letters.
// Whether a short form can be found among them at all is quickly seen; most
// cannot, and need no window.
type outline struct {
	chars [maxWindow]byte
	n     int
	head  int  // those of the first word
	wide  bool // the stretch has more than ASCII, or is too long: all is possible
}

// starting is set in a char that may start a word or a part of one.
const starting = 0x80

// read takes the outline of text[sp.start:sp.end].
func (o *outline) read(text string, sp span) {
	o.n, o.head, o.wide = 0, 0, sp.end-sp.start > len(o.chars)
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
		o.n++
		prev, prevKind = c, kind
	}
	if o.head == 0 {
		o.head = o.n
	}
}

// allows reports whether the letters of s stand in o, in order and the first of
// them where a word may start: in the first one, unless mode is scanEnd. One
// letter may be missing. A strict match asks that all start words or parts, and
// none is missing. It errs on the side of yes.
func (o *outline) allows(s *short, mode scanMode, strictly bool) bool {
	if o.wide {
		return true
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
			return false
		}
	}
	from := max(all, lost)
	if mode != scanEnd {
		from = min(from, o.head)
	}
	return s.letters[0].digit || o.last(from, s.letters[0].r, starting) >= 0
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
