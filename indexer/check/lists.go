package check

import (
	"strings"

	"postil"
	"postil/indexer/diag"
)

// lists reports items of lists that look like lists themselves: an item is taken as
// one, so that no text has it.
func (c *checker) lists(i int, t *postil.Term) {
	for _, l := range [...]struct {
		field string
		items []string
	}{
		{"aliases", t.Aliases}, {"abbreviations", t.Abbreviations}, {"related", t.Related},
		{"context", t.Context}, {"not_context", t.NotContext},
	} {
		for n, item := range l.items {
			if strings.Contains(strings.Trim(item, ";"), ";") {
				c.report(c.AtItem(i, l.field, n), diag.Warning, "list-in-item",
					"%.60q has a semicolon in it: write the items of a list one by one, in a table with | between them", item)
			}
		}
	}
}
