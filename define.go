package postil

import (
	"cmp"
	"slices"
	"strings"

	"postil/internal/abbrev"
	"postil/internal/match"
	"postil/internal/text"
)

// addDefined notes which terms the document's own abbreviations stand for, and
// adds the mentions of those that the glossary does not know as forms.
func (a *Annotator) addDefined(w *work) {
	d := &w.decider
	clear(d.defined)
	clear(d.other)
	d.shorts.reset()
	w.compared = 0
	if d.defined == nil {
		d.defined, d.other = map[string]uint32{}, map[string]bool{}
	}
	d.addOwnNames(w)
	if len(w.pairs)+len(w.expansions) == 0 {
		return
	}
	d.define(a, w)
	n := len(w.matches)
	a.addOwn(w)
	w.mergeMatches(n)
}

// define fills in what the document itself says.
func (d *decider) define(a *Annotator, w *work) {
	w.meant = w.meant[:0]
	for _, p := range w.pairs {
		short := w.doc.Text[p.ShortStart:p.ShortEnd]
		term, says := a.termAt(w, p), true
		if term == nobody && !d.other[short] {
			term, says = a.reworded(w, p)
		}
		w.meant = append(w.meant, term)
		d.settle(short, term, says)
	}
	for _, x := range w.expansions {
		short, term, says := a.expanded(w, x)
		d.settle(short, term, says)
	}
}

// settle notes that the document says that a short form means a term or, with nobody,
// something else; if it says anything.
func (d *decider) settle(short string, term uint32, says bool) {
	if term != nobody {
		if _, ok := d.defined[short]; !ok {
			d.defined[short] = term
		}
	} else if says && short != strings.ToLower(short) { // a word may be explained and go on to mean what it does
		d.other[short] = true
	} else {
		return
	}
	d.shorts.add(short)
}

// mergeMatches puts the matches from n on into their places among those before.
func (w *work) mergeMatches(n int) {
	before := func(x, y match.Match) int { return cmp.Or(x.Compare(y), cmp.Compare(x.Term, y.Term)) }
	w.added = append(w.added[:0], w.matches[n:]...)
	slices.SortStableFunc(w.added, before)
	for k := len(w.added) - 1; k >= 0; {
		if n > 0 && before(w.added[k], w.matches[n-1]) < 0 {
			w.matches[n+k] = w.matches[n-1]
			n--
		} else {
			w.matches[n+k] = w.added[k]
			k--
		}
	}
}

// termAt returns the term that the long form of a pair names, or nobody.
func (a *Annotator) termAt(w *work, p abbrev.Pair) uint32 {
	for i := w.matchAt(uint32(p.LongStart)); i < len(w.matches); i++ {
		m := &w.matches[i]
		// The long form may begin with an article that has been elided.
		if int(m.Start) != p.LongStart && int(w.doc.Tokens[m.First].Start) > p.LongStart {
			break
		}
		if int(m.End) == p.LongEnd {
			return m.Term
		}
	}
	return nobody
}

// matchAt is the place of the first match that starts at a byte or later.
func (w *work) matchAt(start uint32) int {
	i, _ := slices.BinarySearchFunc(w.matches, start, func(m match.Match, at uint32) int { return cmp.Compare(m.Start, at) })
	return i
}

// own is what to look for where a document uses short forms that it has defined.
type own struct {
	begins  beginnings
	longest uint32              // of those with several tokens, in bytes; 0 if there is none
	starts  filter              // of the first tokens of these
	longs   map[string][]uint32 // short forms to the classes of what they stand for
	long    filter              // the keys of those that have classes
}

// addOwn adds a match wherever the document has one of its own short forms as
// words of their own and the glossary knows no such form of the term, and those of
// longer names in which it writes one.
func (a *Annotator) addOwn(w *work) {
	o := &w.own
	o.read(w)
	known := len(w.matches)
	for i := range w.doc.Tokens {
		start := w.doc.Start(i)
		if !o.begins.at(w.doc.Text, start) {
			continue
		}
		w.addShorts(known, i)
		if token := w.doc.Text[start:w.doc.Tokens[i].End]; o.long.has(token) {
			// ES cell, where ES is defined as embryonic stem.
			if long := o.longs[token]; long != nil {
				w.matches = a.dict.FindExpanded(w.matches, &w.doc, i, long)
			}
		}
	}
}

// read takes the short forms from w.decider and w.pairs.
func (o *own) read(w *work) {
	o.begins, o.longest = beginnings{}, 0
	o.starts.reset()
	o.long.reset()
	if o.longs == nil {
		o.longs = map[string][]uint32{}
	}
	clear(o.longs)
	for short := range w.decider.defined {
		o.begins.add(short)
		if t := text.Tokens(nil, short); len(t) > 1 {
			o.starts.add(short[t[0].Start:t[0].End])
			o.longest = max(o.longest, uint32(len(short)))
		}
	}
	for _, p := range w.pairs {
		short := w.doc.Text[p.ShortStart:p.ShortEnd]
		if _, ok := o.longs[short]; ok || len(short) >= maxShort {
			continue
		}
		if o.longs[short] = w.classes(p.LongStart, p.LongEnd); o.longs[short] != nil {
			o.begins.add(short)
			o.long.add(short)
		}
	}
}

// addShorts adds the document's own short forms that begin with a token.
func (w *work) addShorts(known, first int) {
	t := &w.doc.Tokens[first]
	w.addShort(known, first, first)
	if w.own.longest == 0 || !w.own.starts.has(w.doc.Text[t.Start:t.End]) {
		return
	}
	for last := first + 1; last < len(w.doc.Tokens) && w.doc.End(last)-t.Start <= w.own.longest+1; last++ {
		w.addShort(known, first, last)
	}
}

// addShort adds a match of tokens first to last, if they are one of the
// document's own short forms and not among the first matches, known by number.
func (w *work) addShort(known, first, last int) {
	d := &w.decider
	start, end := w.doc.Start(first), w.doc.End(last)
	short := w.doc.Text[start:end]
	term, ok := d.term(d.singular(short))
	if ok && !w.has(known, start, term) {
		w.matches = append(w.matches, match.Match{
			First: uint32(first), Last: uint32(last), Start: start, End: end, Term: term, Form: nobody,
		})
	}
}

// singular is form without its plural s, if form is no short form of the document's
// own and that is one. HTTPS is not the plural of HTTP.
func (d *decider) singular(form string) string {
	if n := len(form) - 1; likePlural(form) && !d.settles(form) && d.settles(form[:n]) {
		return form[:n]
	}
	return form
}

// term is what the document itself says a form means.
func (d *decider) term(form string) (uint32, bool) {
	if !d.shorts.has(form) {
		return 0, false
	}
	term, ok := d.defined[form]
	return term, ok
}

// means reports whether the document itself says that a form means a term.
func (d *decider) means(form string, term uint32) bool {
	t, ok := d.term(form)
	return ok && t == term
}

// classes are those of the tokens in a stretch of the text, nil if one of them
// is unknown.
func (w *work) classes(start, end int) (classes []uint32) {
	i, _ := slices.BinarySearchFunc(w.doc.Tokens, uint32(start), func(t match.Token, at uint32) int { return cmp.Compare(t.Start, at) })
	if i > 0 && int(w.doc.Start(i-1)) >= start {
		i-- // an article has been elided
	}
	for ; i < len(w.doc.Tokens) && int(w.doc.Tokens[i].End) <= end; i++ {
		class := w.doc.Tokens[i].Class()
		if class == 0 {
			return nil
		}
		classes = append(classes, class)
	}
	return classes
}

// has reports whether one of the first n matches, which are sorted, is of the
// term and starts at a byte.
func (w *work) has(n int, start, term uint32) bool {
	known := w.matches[:n]
	i, _ := slices.BinarySearchFunc(known, start, func(m match.Match, at uint32) int { return cmp.Compare(m.Start, at) })
	for ; i < n && known[i].Start == start; i++ {
		if known[i].Term == term {
			return true
		}
	}
	return false
}
