package postil

import (
	"html"

	"postil/internal/fulltext"
)

// Fragment is a part of an article with what matches a query in it.
type Fragment struct {
	// Field is "title" or "text", and Start and End are the place in it, in the
	// unit of the result.
	Field      string
	Start, End int
	// Text is what stands there.
	Text string
	// HTML is Text as HTML in which the matches, and nothing else, are elements:
	// <mark>.
	HTML string
	// Marks are the matches, in order, as places in the field.
	Marks []Range
	// CutBefore and CutAfter say that the field goes on there.
	CutBefore, CutAfter bool
}

// leadLength is about how many bytes of a text stand for an article in whose
// title and text nothing matches, as when a date was asked for.
const leadLength = 200

// fragments are those of a hit whose stored fields are s, with places in a unit.
func fragments(h *fulltext.Hit, s *fulltext.Article, unit Offsets) []Fragment {
	counters := map[string]*counter{
		fulltext.FieldTitle: {text: s.Title, unit: unit},
		fulltext.FieldText:  {text: s.Text, unit: unit},
	}
	var out []Fragment
	for _, f := range h.Fragments {
		c := counters[f.Field]
		if f.End > len(c.text) {
			continue // a segment made elsewhere may have the text twice
		}
		x := Fragment{Field: f.Field, Text: f.Text, HTML: f.HTML(), CutBefore: f.CutBefore, CutAfter: f.CutAfter}
		x.Start = c.units(f.Start)
		for _, m := range f.Marks {
			x.Marks = append(x.Marks, Range{c.units(f.Start + m.Start), c.units(f.Start + m.End)})
		}
		x.End = c.units(f.End)
		out = append(out, x)
	}
	if out == nil && s.Text != "" {
		return []Fragment{lead(s.Text, unit)}
	}
	return out
}

// lead is the beginning of a text, to the end of a word.
func lead(text string, unit Offsets) Fragment {
	start := text
	if len(text) > leadLength {
		start = beforeSpace(text[:leadLength])
	}
	c := counter{text: text, unit: unit}
	return Fragment{Field: fulltext.FieldText, End: c.units(len(start)), Text: start, HTML: html.EscapeString(start), CutAfter: len(start) < len(text)}
}
