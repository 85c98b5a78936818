package abbrev

import (
	"strings"
	"unicode"
)

const (
	maxLetters   = 16
	maxShort     = 40 // bytes
	maxShortGaps = 2  // blanks
)

// letter is a letter or digit of a short form.
type letter struct {
	r     rune // folded
	upper bool
	digit bool
	apart bool // something else stands between it and the letter before
}

// short is a short form, taken apart.
type short struct {
	span
	n       int
	letters [maxLetters]letter
	bias    int32 // the weight of its shape
	mixed   bool  // has capitals and small letters, a plural s aside
	plural  bool  // ends in a small s after capitals
}

// counts is what parse found in a short form.
type counts struct{ upper, lower, digits, gaps int }

// parse takes text[sp.start:sp.end] apart. It reports false for what cannot be
// a short form: a quantity, an enumerator, a comparison, a long phrase.
func (s *short) parse(text string, sp span, w *weights) bool {
	s.span, s.n, s.mixed, s.plural = sp, 0, false, false
	form := text[sp.start:sp.end]
	if len(form) == 0 || len(form) > maxShort {
		return false
	}
	c, ok := s.take(form)
	if !ok || c.upper+c.lower == 0 || c.gaps > maxShortGaps {
		return false
	}
	if s.letters[0].digit && (c.gaps > 0 || c.digits > 1 && c.upper == 0) {
		return false
	}
	if c.upper == 0 && (s.n == 1 || c.gaps > 0 || enumerator(form)) {
		return false
	}
	if s.n > 1 && s.n <= 4 && s.single() && strings.ContainsAny(form, ",&") {
		return false // letters of figures: a,b
	}
	s.plural = s.n > 2 && form[len(form)-1] == 's' && c.lower == 1
	s.mixed = c.upper > 0 && c.lower > 0 && !s.plural
	s.bias = s.shape(c, w)
	return true
}

// single reports whether no two letters stand together.
func (s *short) single() bool {
	for _, l := range s.letters[1:s.n] {
		if !l.apart {
			return false
		}
	}
	return true
}

// take reads the letters of form.
func (s *short) take(form string) (c counts, ok bool) {
	apart := false
	for i := 0; i < len(form); {
		r, size, kind := glyph(form, i)
		switch {
		case kind != 0:
			if s.n == maxLetters {
				return c, false
			}
			if kind&isLower != 0 && (s.n == 0 || apart) {
				size = max(size, greekName(form[i:]))
			}
			switch {
			case kind&isDigit != 0:
				c.digits++
			case kind&isUpper != 0:
				c.upper++
			default:
				c.lower++
			}
			s.letters[s.n] = letter{r: r, upper: kind&isUpper != 0, digit: kind&isDigit != 0, apart: apart && s.n > 0}
			s.n++
			apart = false
		case unicode.IsSpace(r):
			c.gaps++
			apart = true
		case never(r):
			return c, false
		default:
			apart = true
		}
		i += size
	}
	return c, true
}

// never reports whether r is never part of a short form.
func never(r rune) bool {
	switch r {
	case '=', '<', '>', '%', '$', '€', '£', '¥', '±', '≤', '≥', '≈', '~', '?', '!', '\\', '{', '}', '|', '@':
		return true
	}
	return false
}

// shape is the weight of the looks of a short form.
func (s *short) shape(c counts, w *weights) int32 {
	n := s.n
	if s.plural {
		n--
	}
	v := w[length1+weight(min(n, 5)-1)]
	switch {
	case s.plural:
		v += w[shapePlural]
	case c.upper == 0:
		v += w[shapeLower]
	case c.upper == 1 && c.lower > 1 && c.digits == 0 && s.letters[0].upper:
		v += w[shapeWord]
	case s.mixed:
		v += w[shapeMixed]
	}
	if c.digits > 0 {
		v += w[shapeDigit]
	}
	if c.gaps > 0 {
		v += w[shapeGap]
	}
	return v
}

// variants is the number of shapes in which a short form is tried.
const variants = 4

// vary makes v the variant of s of a kind, the first of which is s itself, and
// returns what that costs; false means that there is none.
func (v *short) vary(s *short, kind int, w *weights) (cost int32, ok bool) {
	switch kind {
	case 0:
		*v = *s
		return 0, true
	case 1:
		return 0, v.repeat(s)
	case 2:
		return v.rotate(s, w)
	}
	return v.swap(s, w)
}

// rotate makes v the variant of s whose first letter comes last, as in Vt, the
// tidal volume, and returns what that costs; false means that there is none.
func (v *short) rotate(s *short, w *weights) (cost int32, ok bool) {
	if s.n < 2 || s.n > 4 {
		return 0, false
	}
	*v = *s
	copy(v.letters[:], s.letters[1:s.n])
	v.letters[s.n-1] = s.letters[0]
	if s.mixed || s.letters[1].apart || s.letters[1].digit {
		return w[rotatedIndex], true
	}
	return w[rotatedPlain], true
}

// swap makes v the variant whose last part comes first, as in IFN-gamma, the
// gamma-interferon, and QTc, the corrected QT.
func (v *short) swap(s *short, w *weights) (cost int32, ok bool) {
	k := s.n - 1
	for k > 0 && !s.letters[k].apart {
		k--
	}
	if k == 0 && s.mixed && s.n > 2 && !s.letters[s.n-1].upper && s.letters[s.n-2].upper {
		k = s.n - 1
	}
	if k <= 0 {
		return 0, false
	}
	*v = *s
	n := copy(v.letters[:], s.letters[k:s.n])
	copy(v.letters[n:], s.letters[:k])
	v.letters[0].apart, v.letters[n].apart = false, true
	return w[swappedParts], true
}

// repeat makes v the variant in which a digit is spelled out as repetitions of
// the letter before it, as in W3C.
func (v *short) repeat(s *short) bool {
	for i := 1; i < s.n; i++ {
		d := int(s.letters[i].r - '0')
		if !s.letters[i].digit || d < 2 || d > 4 || s.letters[i-1].digit || i+1 < s.n && s.letters[i+1].digit || s.n+d-2 > maxLetters {
			continue
		}
		*v = *s
		for k := range d - 1 {
			v.letters[i+k] = s.letters[i-1]
		}
		copy(v.letters[i+d-1:], s.letters[i+1:s.n])
		v.n = s.n + d - 2
		return true
	}
	return false
}
