package postil

import (
	"strings"

	"postil/internal/markup"
)

// maxTitle is how long a title is read, in bytes: longer ones are no names.
const maxTitle = 256

// expanded is what a page says of an abbreviation by the title of its element:
// <abbr title="Country Music Association">CMA</abbr>. The term is nobody if it is none
// of those that the glossary has for the form; says is false if the title says too
// little, or is no long form of it at all: "click for more", or if the page has said it.
func (a *Annotator) expanded(w *work, x markup.Expansion) (short string, term uint32, says bool) {
	text := w.doc.Text[x.Start:x.End]
	short = strings.TrimSpace(text)
	start := x.Start + strings.Index(text, short)
	if short == "" || len(short) >= maxShort || len(x.Title) > maxTitle {
		return short, nobody, false
	}
	matches := w.matchesAt(start, start+len(short))
	if len(matches) == 0 || w.decider.settles(short) || w.compared == maxReworded {
		return short, nobody, false
	}
	term, says = a.called(w, matches, strings.TrimSpace(x.Title), a.nameWords(x.Title))
	return short, term, says && (term != nobody || w.spells(x.Title, short))
}

// spells reports whether a text would define a short form by a long one.
func (w *work) spells(long, short string) bool {
	text := long + " (" + short + ")"
	w.abbrev.Wanted = nil
	for _, p := range w.abbrev.Find(nil, text) {
		if text[p.ShortStart:p.ShortEnd] == short {
			return true
		}
	}
	return false
}
