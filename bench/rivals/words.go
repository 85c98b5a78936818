package rivals

import (
	"unicode"
	"unicode/utf8"
)

// Lower returns a text with the letters of ASCII in lower case, so that offsets
// stay what they are.
func Lower(text []byte) []byte {
	out := make([]byte, len(text))
	for i, c := range text {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		out[i] = c
	}
	return out
}

// wholeWord reports whether neither side of text[start:end] goes on with a
// letter or a digit.
func wholeWord(text []byte, start, end int) bool {
	return !endsInWord(text[:start]) && !startsInWord(text[end:])
}

func endsInWord(b []byte) bool {
	if len(b) == 0 {
		return false
	}
	if c := b[len(b)-1]; c < utf8.RuneSelf {
		return isWord(c)
	}
	r, _ := utf8.DecodeLastRune(b)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func startsInWord(b []byte) bool {
	if len(b) == 0 {
		return false
	}
	if b[0] < utf8.RuneSelf {
		return isWord(b[0])
	}
	r, _ := utf8.DecodeRune(b)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

func isWord(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || 'A' <= c && c <= 'Z'
}

// add appends a span to spans that are leftmost-longest, so that they still are.
// Spans must come in order of End. One that a span further left overlaps is
// dropped for good: only a span that covers both can replace that one. So one
// pass suffices, and no sorting.
func add(spans []Span, s Span) []Span {
	n := len(spans)
	for n > 0 && spans[n-1].Start >= s.Start {
		n--
	}
	if n > 0 && spans[n-1].End > s.Start {
		return spans
	}
	return append(spans[:n], s)
}
