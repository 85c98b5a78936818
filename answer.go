package postil

import "postil/internal/match"

// result makes the answer to an annotation of plain text.
func (a *Annotator) result(w *work, o *Options, spans []match.Span) (*Result, error) {
	s := w.doc.Text
	r, err := a.newResult(w, o, spans)
	if err != nil {
		return nil, err
	}
	c := counter{text: s, unit: o.Offsets}
	for i, span := range spans {
		x := &r.Annotations[i]
		x.Start = c.units(int(span.Start))
		x.End = c.units(int(span.End))
		x.Exact = s[span.Start:span.End]
	}
	if o.Abbreviations {
		r.Abbreviations = a.abbreviations(w, func(start, end int) Mention {
			return Mention{c.units(start), c.units(end), s[start:end]}
		})
	}
	return r, nil
}

// abbreviations lists what the document defines; mention turns a stretch of the
// engine's text into one of the answer.
func (a *Annotator) abbreviations(w *work, mention func(start, end int) Mention) []Abbreviation {
	out := make([]Abbreviation, 0, len(w.pairs))
	for i, p := range w.pairs {
		x := Abbreviation{Short: mention(p.ShortStart, p.ShortEnd), Long: mention(p.LongStart, p.LongEnd)}
		if t := w.meant[i]; t != nobody && !a.attributes(t).hidden() {
			x.Term = a.id(t)
		}
		out = append(out, x)
	}
	return out
}

// newResult makes an answer that lacks the positions. The error is that of a
// damaged record of a term that is named.
func (a *Annotator) newResult(w *work, o *Options, spans []match.Span) (*Result, error) {
	if o.MaxMentions > 0 && len(spans) > o.MaxMentions {
		return nil, ErrTooMany
	}
	r := &Result{Index: a.Digest(), Language: a.language(o), Offsets: o.Offsets, annotator: a, source: w.doc.Text, text: w.doc.Text}
	r.Annotations = make([]Annotation, len(spans))
	for i, span := range spans {
		m := &w.mentions[span.Index]
		e := &w.terms.entries[m.entry]
		if !e.listed {
			rec, err := a.record(int(m.term))
			if err != nil {
				return nil, err
			}
			e.listed, e.id = true, rec.id
			r.terms = append(r.terms, m.term)
		}
		x := &r.Annotations[i]
		x.Term, x.Score = e.id, round(m.score)
		x.from, x.to, x.number = span.Start, span.End, m.term
		if m.detail > 0 {
			a.addDetail(x, &w.decider.details[m.detail-1], o)
		} else if o.Candidates {
			x.Candidates = []Candidate{}
		}
	}
	return r, nil
}

// addDetail says why an annotation is what it is, and what else it might be.
func (a *Annotator) addDetail(x *Annotation, d *detail, o *Options) {
	x.Reasons = d.reasons
	if o.Candidates {
		x.Candidates = make([]Candidate, len(d.others))
		for i, c := range d.others {
			x.Candidates[i] = Candidate{a.id(c.term), round(c.score)}
		}
	}
}

// id is that of a term by number; a damaged record has none.
func (a *Annotator) id(term uint32) string {
	r, err := a.record(int(term))
	if err != nil {
		return ""
	}
	return r.id
}

func (a *Annotator) language(o *Options) string {
	if o.Language != "" {
		return o.Language
	}
	return a.meta.Language
}

// round cuts a score to four digits, which are more than it is good for.
func round(x float64) float64 { return float64(int(x*10000+0.5)) / 10000 }

// Terms returns the terms named by the annotations, in order of first mention.
func (r *Result) Terms() []Term {
	out := make([]Term, 0, len(r.terms))
	for _, n := range r.terms {
		rec, err := r.annotator.record(int(n))
		if err != nil {
			continue
		}
		if t, err := rec.term(); err == nil {
			out = append(out, t)
		}
	}
	return out
}
