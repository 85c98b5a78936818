package markup

import (
	"html"
	"strings"
	"unicode/utf8"
)

// longestReference is the length of the longest named character reference,
// with its "&".
const longestReference = len("&CounterClockwiseContourIntegral;")

// reference decodes the character reference with which s begins. It returns
// one character or two, and how many bytes they stand for: 0 if there is none.
func reference(s string, attribute bool) (r1, r2 rune, n int) {
	if len(s) < 3 {
		return 0, 0, 0
	}
	if s[1] == '#' {
		r, n := numeric(s)
		return r, 0, n
	}
	i := 1
	for i < len(s) && i < longestReference && isAlphanumeric(s[i]) {
		i++
	}
	if i < len(s) && i < longestReference && s[i] == ';' {
		i++
	}
	r1, r2, n = named(s[:i])
	if attribute && (n < i || i < len(s) && s[i-1] != ';' && (s[i] == '=' || isAlphanumeric(s[i]))) {
		return 0, 0, 0
	}
	return r1, r2, n
}

func isAlphanumeric(c byte) bool { return isLetter(c) || '0' <= c && c <= '9' }

// numeric decodes "&#" and what follows.
func numeric(s string) (rune, int) {
	i, base := 2, rune(10)
	if s[2]|0x20 == 'x' {
		i, base = 3, 16
	}
	digits := i
	var r rune
	for ; i < len(s); i++ {
		d := digit(s[i])
		if d >= base {
			break
		}
		if r <= utf8.MaxRune {
			r = r*base + d
		}
	}
	if i == digits {
		return 0, 0
	}
	if i < len(s) && s[i] == ';' {
		i++
	}
	switch {
	case r == 0 || r > utf8.MaxRune || !utf8.ValidRune(r):
		r = utf8.RuneError
	case 0x80 <= r && r < 0xA0:
		r = windows1252[r-0x80]
	}
	return r, i
}

// digit returns the value of a hexadecimal digit, or 16 or more.
func digit(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case isLetter(c):
		return rune(c|0x20-'a') + 10
	}
	return 16
}

// windows1252 is what numeric references from 0x80 on mean: old pages count in
// that code page.
var windows1252 = [...]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8D, 'Ž', 0x8F,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9D, 'ž', 'Ÿ',
}

// named decodes a named reference: s is "&", a run of letters and digits, and
// perhaps ";". Old names may lack the ";" and be followed by more letters.
func named(s string) (r1, r2 rune, n int) {
	if r := common(s); r != 0 {
		return r, 0, len(s)
	}
	switch s { // the two that the html package lacks
	case "&nGt;":
		return '≫', '\u20D2', len(s)
	case "&nLt;":
		return '≪', '\u20D2', len(s)
	}
	decoded := html.UnescapeString(s)
	if decoded == s {
		return 0, 0, 0
	}
	r1, size := utf8.DecodeRuneInString(decoded)
	rest := decoded[size:]
	if strings.HasSuffix(s, rest) {
		return r1, 0, len(s) - len(rest)
	}
	r2, _ = utf8.DecodeRuneInString(rest)
	return r1, r2, len(s)
}

// common decodes the references that fill most pages, so that these do not
// make the html package build its tables.
func common(s string) rune {
	switch s {
	case "&amp;":
		return '&'
	case "&lt;":
		return '<'
	case "&gt;":
		return '>'
	case "&quot;":
		return '"'
	case "&nbsp;":
		return '\u00A0'
	case "&apos;":
		return '\''
	case "&lsquo;":
		return '‘'
	case "&rsquo;":
		return '’'
	case "&ldquo;":
		return '“'
	case "&rdquo;":
		return '”'
	case "&ndash;":
		return '–'
	case "&mdash;":
		return '—'
	case "&hellip;":
		return '…'
	case "&copy;":
		return '©'
	case "&middot;":
		return '·'
	case "&raquo;":
		return '»'
	}
	return 0
}

// attributeText decodes the character references of an attribute's value.
func attributeText(s string) string { return decode(s, true) }

// decode returns s with line ends normalised and references decoded.
func decode(s string, attribute bool) string {
	if !strings.ContainsAny(s, "&\r\x00") {
		return s
	}
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\uFFFD").Replace(s)
	var out strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(s[:i])
		s = s[i:]
		r1, r2, n := reference(s, attribute)
		if n == 0 {
			out.WriteByte('&')
			s = s[1:]
			continue
		}
		out.WriteRune(r1)
		if r2 != 0 {
			out.WriteRune(r2)
		}
		s = s[n:]
	}
}
