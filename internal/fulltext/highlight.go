package fulltext

import (
	"fmt"
	"html"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/highlight"
	fragmenter "github.com/blevesearch/bleve/v2/search/highlight/fragmenter/simple"
	highlighter "github.com/blevesearch/bleve/v2/search/highlight/highlighter/simple"
)

// Highlight says which parts of the articles to show. The zero value shows the
// best 200 characters of title and text each.
type Highlight struct {
	Fields    []string // FieldTitle, FieldText; nil means both
	Fragments int      // how many of each field; 1 if it is zero
	Size      int      // characters in a fragment; 200 if it is zero
}

// Fragment is a part of a field with what matches in it.
type Fragment struct {
	Field string
	// Start and End are its place in the field, in bytes.
	Start, End int
	// Text is the field's text there, as it was indexed: it is not HTML.
	Text string
	// Marks are the places in Text that match, in bytes, in order; they do not
	// overlap.
	Marks []Mark
	// Cut says that the field goes on before, and after, the fragment.
	CutBefore, CutAfter bool
}

// Mark is a place in bytes.
type Mark struct{ Start, End int }

// HTML returns the fragment as HTML in which the marks, and nothing else, are
// elements.
func (f *Fragment) HTML() string {
	var b strings.Builder
	at := 0
	for _, m := range f.Marks {
		b.WriteString(html.EscapeString(f.Text[at:m.Start]))
		b.WriteString("<mark>")
		b.WriteString(html.EscapeString(f.Text[m.Start:m.End]))
		b.WriteString("</mark>")
		at = m.End
	}
	b.WriteString(html.EscapeString(f.Text[at:]))
	return b.String()
}

const (
	maxFragments    = 10
	maxFragmentSize = 2000
	fragmentSize    = 200
)

func (h *Highlight) check() error {
	if h == nil {
		return nil
	}
	if h.Fragments < 0 || h.Fragments > maxFragments || h.Size < 0 || h.Size > maxFragmentSize {
		return &RequestError{"highlight", fmt.Errorf("%w: want up to %d fragments of up to %d characters", ErrValue, maxFragments, maxFragmentSize)}
	}
	return nil
}

// fragments lets bleve's highlighter choose, and notes what it formats.
func (h *Highlight) fragments(d *search.DocumentMatch, doc *document.Document) []Fragment {
	fields, count, size := h.Fields, max(h.Fragments, 1), h.Size
	if fields == nil {
		fields = []string{FieldTitle, FieldText}
	}
	if size == 0 {
		size = fragmentSize
	}
	var notes notebook
	best := highlighter.NewHighlighter(fragmenter.NewFragmenter(size), &notes, "")
	for _, f := range fields {
		if within(d.Locations[f], doc, f) {
			notes.field = f
			best.BestFragmentsInField(d, doc, f, count)
		}
	}
	return notes.fragments
}

// within reports whether there are places, and all are places of the field's text, as
// they may not be in a segment that was made elsewhere.
func within(places search.TermLocationMap, doc *document.Document, field string) bool {
	var text []byte
	for _, f := range doc.Fields {
		if f.Name() == field {
			text = f.Value()
		}
	}
	begins := func(at uint64) bool { return at == uint64(len(text)) || utf8.RuneStart(text[at]) }
	for _, list := range places {
		for _, l := range list {
			if l.Start >= l.End || l.End > uint64(len(text)) || !begins(l.Start) || !begins(l.End) {
				return false
			}
		}
	}
	return len(places) > 0
}

// notebook is a formatter that keeps fragments as they are.
type notebook struct {
	field     string
	fragments []Fragment
}

func (n *notebook) Format(f *highlight.Fragment, locations highlight.TermLocations) string {
	out := Fragment{
		Field: n.field, Start: f.Start, End: f.End, Text: string(f.Orig[f.Start:f.End]),
		CutBefore: f.Start > 0, CutAfter: f.End < len(f.Orig),
	}
	at := f.Start
	for _, l := range locations {
		if l == nil || l.Start < at || l.End < l.Start || !l.ArrayPositions.Equals(f.ArrayPositions) {
			continue
		}
		if l.End > f.End {
			break
		}
		out.Marks = append(out.Marks, Mark{l.Start - f.Start, l.End - f.Start})
		at = l.End
	}
	n.fragments = append(n.fragments, out)
	return ""
}
