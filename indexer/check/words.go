package check

import (
	_ "embed"
	"strings"
)

//go:embed words.txt
var wordList string

// words are common English words.
type words struct {
	closed map[string]bool // of the closed classes: articles, pronouns, …
	all    map[string]bool
}

func commonWords() words {
	w := words{closed: map[string]bool{}, all: map[string]bool{}}
	closed := false
	for line := range strings.Lines(wordList) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			closed = line == "[closed]"
		default:
			for _, word := range strings.Fields(line) {
				w.all[word] = true
				w.closed[word] = closed
			}
		}
	}
	return w
}

// is reports whether a form is a common word, its plural, or several words of
// the closed classes.
func (w words) is(written string) bool {
	written = strings.ToLower(strings.ReplaceAll(written, "’", "'"))
	if w.all[written] || w.all[strings.TrimSuffix(written, "s")] {
		return true
	}
	several := strings.Fields(written)
	for _, word := range several {
		if !w.closed[word] {
			return false
		}
	}
	return len(several) > 0
}
