package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Normal appends the normal form of token in a language, which may be nil, to
// dst, and says what the normal form leaves out.
func Normal(dst []byte, token string, l *Language) ([]byte, Ending) {
	if plural, ok := Initials(token); ok {
		if dst = appendInitials(dst, token); plural {
			return dst[:len(dst)-1], Plural
		}
		return dst, 0
	}
	start := len(dst)
	dst = Fold(dst, token)
	word := dst[start:]
	var e Ending
	if n := len(word); n > 2 && word[n-1] == 's' && word[n-2] == '\'' {
		word = word[:n-2]
		e |= Possessive
	}
	switch {
	case l == nil:
	case !l.english:
		return l.normal(dst[:start], word, token, e)
	default:
		if n, y := singularOf(word, token); n < len(word) {
			word = word[:n]
			if y {
				word[n-1] = 'y'
			}
			e |= Plural
		}
	}
	return dst[:start+len(word)], e
}

// singularOf is Singular for a folded word whose written form is token. A small
// s after a capital is a plural ending whatever the capital (TPUs, where the
// stemmer would see the ending of a Latin singular).
func singularOf(word []byte, token string) (n int, y bool) {
	n = len(word)
	if n > 2 && n <= len(token) && token[n-1] == 's' && 'A' <= token[n-2] && token[n-2] <= 'Z' && word[n-1] == 's' {
		return n - 1, false
	}
	return Singular(word)
}

// Ending says what the normal form leaves out of a token.
type Ending uint8

const (
	// Plural is a plural ending, if the language's are like no others.
	Plural Ending = 1 << iota
	// Possessive is an apostrophe and s.
	Possessive
	// Elided is an elided article, with its apostrophe, at the beginning.
	Elided
)

// Fold appends s, which may have several words, with its width, compatibility
// and case differences folded.
func Fold(dst []byte, s string) []byte {
	if isWide(s) {
		return foldWide(dst, s)
	}
	return foldASCII(dst, s)
}

func foldASCII(dst []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		dst = append(dst, lower[s[i]])
	}
	return dst
}

// foldWide folds width, compatibility and case, and drops format characters
// such as the soft hyphen. Case is folded by way of the upper case, so that
// final sigma and long s meet their like; sharp s becomes ss as in capitals.
func foldWide(dst []byte, s string) []byte {
	if !norm.NFKC.IsNormalString(s) {
		s = norm.NFKC.String(s)
	}
	for _, r := range s {
		switch {
		case IsApostrophe(r):
			dst = append(dst, '\'')
		case r == 'ß' || r == 'ẞ':
			dst = append(dst, "ss"...)
		case isOptional(r):
		case r == 'ऩ' || r == 'ऱ' || r == 'ऴ':
			dst = utf8.AppendRune(dst, r-1) // the letter without its nukta
		case r == '\u200b' || r >= utf8.RuneSelf && unicode.Is(unicode.Cf, r):
		default:
			dst = utf8.AppendRune(dst, unicode.ToLower(unicode.ToUpper(r)))
		}
	}
	return dst
}

// IsApostrophe reports whether r is a typographic apostrophe, the quotation mark that
// some programs make of one, or the letter that Unicode has for it.
func IsApostrophe(r rune) bool { return r == '’' || r == '‘' || r == 'ʼ' }

// isOptional reports whether r is a mark that writers may leave out: the points
// and accents of Hebrew (Unicode Standard, section 9.1), the vowel signs of Arabic
// and what lengthens its lines (section 9.2), and the nukta of Devanagari, which
// Lucene's analysis of Hindi leaves out, too. Madda and hamza make other letters.
func isOptional(r rune) bool {
	switch {
	case r < 0x591 || r > 0x93C || r >= 0x653 && r <= 0x655:
		return false
	case r == 0x640 || r == 0x93C:
		return true
	case r <= 0x6ED || r >= 0x8CA && r <= 0x8FF:
		return unicode.Is(unicode.Mn, r)
	}
	return false
}

// lower maps ASCII letters to lower case and all other bytes to themselves.
var lower = func() (t [256]byte) {
	for i := range t {
		t[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			t[i] += 'a' - 'A'
		}
	}
	return t
}()

// Singular is the plural stemmer of bleve's English analysis (Harman's
// S-stemmer as refined by Mark Harwood), without its allocations. It returns
// the length of the singular in word, a folded token; y says that the
// singular's last byte is a y in place of the i that stands there.
func Singular(word []byte) (n int, y bool) {
	n = len(word)
	if n < 3 || word[n-1] != 's' {
		return n, false
	}
	runes := n
	if isWide(string(word)) {
		if runes = utf8.RuneCount(word); runes < 3 {
			return n, false
		}
	}
	switch word[n-2] {
	case 'u', 's':
		return n, false
	case 'e':
		return singularES(word, n, runes)
	}
	return n - 1, false
}

// SingularASCII is what Normal makes of the ending of an ASCII token that ends
// with s or S and has three letters or more: the length of the singular, or that
// it is not plain, so that more than the ending changes or more has to be
// looked at.
func SingularASCII(token string) (n int, plain bool) {
	n = len(token)
	before := token[n-2] | 0x20
	switch {
	case token[n-1] == 's' && 'A' <= token[n-2] && token[n-2] <= 'Z':
		return n - 1, true
	case before == 'u', before == 's':
		return n, true
	case before != 'e', n == 3:
		return n - 1, true
	}
	switch token[n-3] | 0x20 {
	case 'i', 'o', 'x', 'h', 's':
		return n, false
	}
	return n - 1, true
}

func singularES(word []byte, n, runes int) (int, bool) {
	if runes <= 3 {
		return n - 1, false
	}
	c := word[n-3]
	switch {
	case c == 'i' && runes > 4:
		return n - 2, true
	case c == 'x' && runes > 4:
		return n - 2, false
	case c == 'o':
		if endsLike(word, "shoes", "canoes", "oboes") {
			return n - 1, false
		}
		return n - 2, false
	}
	if runes > 4 {
		switch b := word[n-4]; {
		case b == 's' && (c == 'h' || c == 's'):
			return n - 2, false
		case b == 'c' && c == 'h':
			if endsLike(word, "cliches", "avalanches", "mustaches", "moustaches", "quiches", "headaches", "heartaches", "porsches", "tranches", "caches") {
				return n - 1, false
			}
			return n - 2, false
		}
	}
	return n - 1, false
}

// endsLike reports whether word ends with one of the exceptions, or the other
// way round: bleve compares only as many letters as the shorter has.
func endsLike(word []byte, exceptions ...string) bool {
	w := string(word)
	for _, e := range exceptions {
		if strings.HasSuffix(w, e) || strings.HasSuffix(e, w) {
			return true
		}
	}
	return false
}
