package main

import (
	"fmt"
	"strings"

	"postil"
)

// showHits writes what was found for people: terms with their definitions, then
// articles with what matches in them. Positions in the result must count bytes.
func showHits(a *postil.Annotator, r *postil.SearchResult, color bool) string {
	p := painter{color: color}
	for _, t := range r.Terms {
		p.styled(mentionStyle, t.Label)
		p.styled(noteStyle, " ["+t.ID+"]")
		p.out.WriteByte('\n')
		if term, err := a.Term(t.ID); err == nil && term.Definition != "" {
			p.out.WriteString("  " + harmless(term.Definition) + "\n")
		}
	}
	if len(r.Terms) > 0 && len(r.Articles) > 0 {
		p.out.WriteByte('\n')
	}
	for i := range r.Articles {
		p.article(&r.Articles[i])
	}
	if n := len(r.Articles); n > 0 {
		p.styled(noteStyle, fmt.Sprintf("%d of %s", n, plural(r.Total, "article")))
		p.out.WriteByte('\n')
	}
	return p.out.String()
}

func (p *painter) article(h *postil.ArticleHit) {
	title := h.Title
	if title == "" {
		title = h.ID
	}
	p.styled(mentionStyle, title)
	p.styled(noteStyle, " "+strings.Join(strings.Fields(h.Published+" "+h.URL+" ["+h.ID+"]"), " "))
	p.out.WriteByte('\n')
	for i := range h.Fragments {
		if h.Fragments[i].Field == "text" {
			p.fragment(&h.Fragments[i])
		}
	}
}

// fragment writes one paragraph with the marks in their style.
func (p *painter) fragment(f *postil.Fragment) {
	line := strings.NewReplacer("\n", " ", "\t", " ") // as long as before
	p.out.WriteString("  ")
	if f.CutBefore {
		p.out.WriteString("…")
	}
	at := 0
	for _, m := range f.Marks {
		start, end := m.Start-f.Start, m.End-f.Start
		p.out.WriteString(harmless(line.Replace(f.Text[at:start])))
		p.styled(mentionStyle, f.Text[start:end])
		at = end
	}
	p.out.WriteString(harmless(line.Replace(f.Text[at:])))
	if f.CutAfter {
		p.out.WriteString("…")
	}
	p.out.WriteByte('\n')
}
