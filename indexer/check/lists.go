package check

import (
	"strings"
	"unicode/utf8"

	"postil"
	"postil/indexer/diag"
)

// lists reports items of lists that look like lists themselves: an item is taken as
// one, so that no text has it.
func (c *checker) lists(i int, t *postil.Term) {
	for _, l := range [...]struct {
		field  string
		items  []string
		commas bool // say that there are several
	}{
		{"aliases", t.Aliases, false}, {"abbreviations", t.Abbreviations, true}, {"related", t.Related, false},
		{"context", t.Context, true}, {"not_context", t.NotContext, true},
	} {
		for n, item := range l.items {
			sign := ""
			switch {
			case strings.Contains(strings.Trim(item, ";"), ";"):
				sign = "semicolon"
			case l.commas && separates(item):
				sign = "comma"
			default:
				continue
			}
			c.report(c.AtItem(i, l.field, n), diag.Warning, "list-in-item",
				"%.60q has a %s in it: write the items of a list one by one, in a table with | between them", item, sign)
		}
	}
}

// separates reports whether an item has commas between words. Those in 2,4-D and
// N,N-DMT belong to the name.
func separates(item string) bool {
	before, after, found := strings.Cut(item, ",")
	for found && strings.TrimSpace(before) != "" && strings.TrimSpace(after) != "" {
		if strings.HasPrefix(after, " ") {
			return true
		}
		next, _, _ := strings.Cut(after, ",")
		if utf8.RuneCountInString(before) > 1 && utf8.RuneCountInString(next) > 1 && !(digit(before[len(before)-1]) && digit(next[0])) {
			return true
		}
		before, after, found = strings.Cut(after, ",")
	}
	return false
}

func digit(c byte) bool { return '0' <= c && c <= '9' }
