package postil

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"postil/internal/markup"
	"postil/internal/match"
)

// AnnotateHTML finds the terms of the index in the text that an HTML page or
// fragment shows. Positions count in the source as given, through tags,
// character references and line ends; a mention that tags interrupt has Ranges.
// Text that must not be marked (links, buttons, code, existing annotations,
// what is marked translate=no, …) is read as context only. Any valid UTF-8 is
// HTML; the error is ErrUTF8, ErrTooMany, a *ValueError or, of a damaged index, a
// *FormatError.
func (a *Annotator) AnnotateHTML(src string, o Options) (*Result, error) {
	w := a.work.Get().(*work)
	defer a.putBack(w)
	spans, err := a.htmlSpans(w, src, &o)
	if err != nil {
		return nil, err
	}
	return a.htmlResult(w, &o, spans)
}

// MarkHTML appends src to dst with every mention that AnnotateHTML finds inside
// <span class="postil" data-postil="ID">, one for each range. Without these
// tags the output is src, byte for byte. With OverlapsAll and OverlapsNoSub, a
// mention that crosses another is not marked.
func (a *Annotator) MarkHTML(dst []byte, src string, o Options) ([]byte, *Result, error) {
	w := a.work.Get().(*work)
	defer a.putBack(w)
	spans, err := a.htmlSpans(w, src, &o)
	if err != nil {
		return dst, nil, err
	}
	r, err := a.htmlResult(w, &o, spans)
	if err != nil {
		return dst, nil, err
	}
	marks := make([]markup.Mark, 0, len(spans))
	var ranges []markup.Range
	for i, s := range spans {
		open := `<span class="postil" data-postil="` + attributeEscaper.Replace(r.Annotations[i].Term) + `">`
		ranges = w.page.Ranges(ranges[:0], int(s.Start), int(s.End))
		for _, x := range ranges {
			marks = append(marks, markup.Mark{Start: x.Start, End: x.End, Open: open, Close: "</span>"})
		}
	}
	sortMarks(marks)
	return markup.Insert(dst, src, marks), r, nil
}

var attributeEscaper = strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;")

// htmlSpans parses src and returns the mentions to be shown.
func (a *Annotator) htmlSpans(w *work, src string, o *Options) ([]match.Span, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	if !utf8.ValidString(src) {
		return nil, ErrUTF8
	}
	f, err := a.newSelection(o)
	if err != nil {
		return nil, err
	}
	w.page.Parse(src)
	w.doc.Reset(w.page.Text)
	w.doc.Breaks = w.page.Breaks
	w.sections = append(w.sections[:0], w.page.Sections...)
	w.skip, w.annotated, w.expansions = w.page.Skip, w.page.Annotated, w.page.Expansions
	return a.spans(w, o, f), nil
}

// htmlResult makes the answer to an annotation of w.page.
func (a *Annotator) htmlResult(w *work, o *Options, spans []match.Span) (*Result, error) {
	r, err := a.newResult(w, o, spans)
	if err != nil {
		return nil, err
	}
	r.source = w.page.Source
	c := counter{text: w.page.Source, unit: o.Offsets}
	for i, s := range spans {
		x := &r.Annotations[i]
		ranges := c.ranges(w.page.Ranges(nil, int(s.Start), int(s.End)))
		if len(ranges) == 0 {
			continue
		}
		x.Start, x.End = ranges[0].Start, ranges[len(ranges)-1].End
		x.Exact = strings.Clone(w.doc.Text[s.Start:s.End])
		if len(ranges) > 1 {
			x.Ranges = ranges
		}
	}
	if o.Abbreviations {
		r.Abbreviations = a.abbreviations(w, func(start, end int) Mention {
			m := Mention{Text: strings.Clone(w.doc.Text[start:end])}
			if ranges := c.ranges(w.page.Ranges(nil, start, end)); len(ranges) > 0 {
				m.Start, m.End = ranges[0].Start, ranges[len(ranges)-1].End
			}
			return m
		})
	}
	return r, nil
}

// sortMarks puts marks in order of their starts, the longer of two first.
func sortMarks(marks []markup.Mark) {
	slices.SortStableFunc(marks, func(x, y markup.Mark) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End))
	})
}

// ranges turns source bytes into the counter's unit.
func (c *counter) ranges(in []markup.Range) []Range {
	out := make([]Range, len(in))
	for i, x := range in {
		out[i] = Range{c.units(x.Start), c.units(x.End)}
	}
	return out
}
