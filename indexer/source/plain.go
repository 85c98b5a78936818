package source

import (
	"strings"
	"unicode/utf8"

	"postil"
)

// maxTitle is how many characters the first paragraph of a plain text may have
// to be its title.
const maxTitle = 120

// readPlain reads a text file as an article. Its first paragraph is the title
// if it is a short line; it stays in the text.
func readPlain(f *file, c *collector) {
	data, ok := c.text()
	if !ok {
		return
	}
	text := strings.TrimSpace(string(data))
	first, _, more := strings.Cut(text, "\n\n")
	a := postil.Article{Text: text}
	if more && !strings.Contains(first, "\n") && utf8.RuneCountInString(first) <= maxTitle {
		a.Title = strings.TrimSpace(first)
	}
	c.add(f.at(0, 0), a)
}
