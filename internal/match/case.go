package match

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"postil/internal/text"
)

// sameCase reports whether two tokens of one class agree in case, except for
// their endings: as far as they are equal they agree, and what is left of
// either must have no capital.
func sameCase(a, b string, wide bool) bool {
	if wide {
		a, b = clean(a), clean(b)
	}
	a, b = withoutStops(a), withoutStops(b)
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(a) && !utf8.RuneStart(a[n]) {
		n--
	}
	return !hasUpper(a[n:]) && !hasUpper(b[min(n, len(b)):])
}

// sameInitials reports whether two tokens of one class are the initials of the same
// words, of which one writes that of a preposition small, as DoJ and DOJ, or CfDs and
// CFD.
func sameInitials(a, b string) bool {
	const shortest, longest = 3, 5
	if len(a) > len(b) {
		a = strings.TrimSuffix(a, "s")
	} else if len(b) > len(a) {
		b = strings.TrimSuffix(b, "s")
	}
	n := len(a)
	if n < shortest || n > longest || n != len(b) || a[n-1] != b[n-1] || !capital(a[0]) || !capital(a[n-1]) {
		return false
	}
	small := 0
	for i := range n {
		if x, y := a[i], b[i]; x != y {
			small++
			if x|0x20 != y|0x20 || strings.IndexByte("oft", x|0x20) < 0 {
				return false
			}
		} else if !capital(x) {
			return false
		}
	}
	return small == 1
}

// spoken reports whether token i is a form in capitals as those write it who write
// what is spoken as a word as a name: Nato for NATO. It may be another name, or a word
// that begins a sentence, so that the context must speak for it.
func (d *Dictionary) spoken(f *form, doc *Document, i int) bool {
	if f.flags&(flagExact|flagStrict|flagWord|flagLiteral) != flagExact || f.tokens() != 1 {
		return false
	}
	return spokenName(doc.word(i), d.forms.written(f))
}

// spokenName reports whether a word, a plural s aside, is in small letters but for the
// first, and the other is the same in capitals, four ASCII letters at least.
func spokenName(name, capitals string) bool {
	if len(name) == len(capitals)+1 {
		name = strings.TrimSuffix(name, "s")
	}
	if len(name) != len(capitals) || !MayBeSpoken(capitals) || name[0] != capitals[0] {
		return false
	}
	for i := 1; i < len(name); i++ {
		if name[i] != capitals[i]|0x20 {
			return false
		}
	}
	return true
}

// MayBeSpoken reports whether a form is of four ASCII capitals at least, and so may be
// spoken as a word.
func MayBeSpoken(form string) bool {
	const shortest = 4
	for i := range len(form) {
		if !capital(form[i]) {
			return false
		}
	}
	return len(form) >= shortest
}

func capital(c byte) bool { return 'A' <= c && c <= 'Z' }

// withoutStops is FTC for F.T.C and F.T.C., and all else as it is.
func withoutStops(token string) string {
	if _, ok := text.Initials(strings.TrimSuffix(token, ".")); ok {
		return strings.ReplaceAll(token, ".", "")
	}
	return token
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func hasUpper(s string) bool {
	for _, r := range s {
		if unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

func hasLower(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return true
		}
	}
	return false
}

// clean is the normal form of a token but for its case and ending.
func clean(s string) string {
	s = norm.NFKC.String(s)
	out := make([]rune, 0, len(s))
	for _, r := range s {
		switch {
		case text.IsApostrophe(r):
			out = append(out, '\'')
		case !unicode.Is(unicode.Cf, r):
			out = append(out, r)
		}
	}
	return string(out)
}
