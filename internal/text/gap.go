package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Gap says how what stands between two tokens separates them.
type Gap uint8

const (
	// Loose gaps are interchangeable inside a term: nothing, white space, one
	// hyphen or dash without spaces, the apostrophe of a plural possessive
	// before white space; zero-width characters and soft hyphens do not count.
	Loose Gap = iota
	// Line is a loose gap with a single line break.
	Line
	// Slash is a single solidus without spaces.
	Slash
	// Strict is any other punctuation.
	Strict
	// Paragraph is white space with a blank line.
	Paragraph
)

// GapOf classifies what stands between two tokens.
func GapOf(s string) Gap {
	if s == " " || s == "-" || s == "" {
		return Loose
	}
	var spaces, lines, hyphens, slashes int
	for i, r := range s {
		switch {
		case r == '\n' || r == '\u2028' || r == '\u2029':
			lines++
			spaces++
		case r == '\u00ad' || r >= utf8.RuneSelf && unicode.Is(unicode.Cf, r):
		case r == '\u200b':
		case unicode.IsSpace(r):
			spaces++
		case (r == '\'' || r == '’') && i == 0 && len(s) > utf8.RuneLen(r):
			if spaceAfter, _ := utf8.DecodeRuneInString(s[utf8.RuneLen(r):]); !unicode.IsSpace(spaceAfter) {
				return Strict
			}
		case IsHyphen(r):
			hyphens++
		case r == '/':
			slashes++
		default:
			return Strict
		}
	}
	switch {
	case lines > 1:
		return Paragraph
	case hyphens+slashes == 0 && lines == 1:
		return Line
	case hyphens+slashes == 0, hyphens == 1 && spaces+slashes == 0:
		return Loose
	case slashes == 1 && spaces+hyphens == 0:
		return Slash
	}
	return Strict
}

// IsHyphen reports whether r is a hyphen, a dash as short as one, or a minus.
func IsHyphen(r rune) bool {
	switch r {
	case '-', '‐', '‑', '‒', '–', '−', '﹣', '－':
		return true
	}
	return false
}

// NormalGap returns the comparable form of a strict gap: without zero-width
// characters, with dashes as hyphens, typographic quotes as plain ones, and
// white space as one space.
func NormalGap(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case r == '\u200b' || r >= utf8.RuneSelf && unicode.Is(unicode.Cf, r):
			continue
		case IsHyphen(r):
			r = '-'
		case r == '’' || r == '‘':
			r = '\''
		case r == '“' || r == '”':
			r = '"'
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}
