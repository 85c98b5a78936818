package match

import (
	"strings"
)

// wrappedLine is the length in bytes from which a line of plain text counts as
// wrapped by its editor, so that the paragraph goes on in the next line.
const wrappedLine = 40

// wrapped reports whether the single line break in s[from:to] is inside a
// paragraph: the line before it is long and does not end a sentence, or the
// next one goes on in lower case.
func wrapped(s string, from, to int) bool {
	if from < len(s) && to < len(s) && s[to] >= 'a' && s[to] <= 'z' {
		return true
	}
	return from >= wrappedLine && strings.IndexByte(s[from-wrappedLine:from], '\n') < 0
}
