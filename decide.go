package postil

import (
	"cmp"
	"math"
	"slices"

	"postil/internal/match"
	"postil/internal/sense"
)

// Log-odds of what a decision rests on besides prior and context.
const (
	// oddsDefined is for a term whose long form the document gives beside the
	// form; oddsOther for one where it gives another.
	oddsDefined = 8
	oddsOther   = -30
	// oddsNamed is for a term that the document names by another form that
	// needs no decision.
	oddsNamed = 3
	// oddsCapital is for a term whose form demands a capital, of a mention that has
	// one where no sentence begins, beside terms whose forms do not.
	oddsCapital = 2
)

// decider is what the decisions in one document share: what the document itself
// says, and scratch memory.
type decider struct {
	defined map[string]uint32 // short forms to terms
	other   map[string]bool   // short forms defined as something else
	shorts  filter            // the keys of both
	details []detail
	open    openMentions // that their context decides
	scorer  sense.Scorer
	scores  []float64
	terms   []uint32
	ranked  []choice
	whole   []choice // ranked by the whole document
	person  bool     // the mentions at hand are of a person's name
}

// detail is what a decision says besides its outcome.
type detail struct {
	others  []choice
	reasons []Reason
}

type choice struct {
	term  uint32
	asks  bool // its form asks for evidence
	name  bool // a capital speaks for it
	score float64
}

const nobody = math.MaxUint32

// decide chooses a term for every mention and scores it.
func (a *Annotator) decide(w *work, o *Options) {
	d := &w.decider
	clear(d.details)
	d.details = d.details[:0]
	d.open.reset()
	w.context.reset(len(w.doc.Tokens))
	for i := range w.mentions {
		m := &w.mentions[i]
		switch {
		case w.negated(m), m.plain && a.isPerson(w, m):
			w.name(m, w.matches[m.from].Term)
			m.score = 0
		case m.plain:
			m.score = a.formScore(w, m)
		case m.weak && !m.settled && w.decideWeak(m):
		default:
			d.open.add(i, w.decisionKey(m))
			continue
		}
		if o.Explain {
			d.details = append(d.details, detail{reasons: []Reason{{Kind: "form", Detail: w.doc.Text[m.start:m.end], Weight: logit(max(m.score, leastBelief))}}})
			m.detail = int32(len(d.details))
		}
	}
	d.open.each(func(alike []int32) { a.choose(w, o, alike) })
}

// choose decides mentions of one form by what stands around all of them, and
// then looks whether one of them means something else.
func (a *Annotator) choose(w *work, o *Options, alike []int32) {
	d := &w.decider
	first := &w.mentions[alike[0]]
	group := a.weigh(w, first, alike)
	a.assign(w, o, group, alike)
	if len(alike) > 1 && len(alike) <= maxReconsidered && (len(d.ranked) > 1 || d.ranked[0].asks) && !first.settled {
		a.reconsider(w, o, group, alike)
	}
}

// assign gives mentions the best of the terms in w.decider.ranked.
func (a *Annotator) assign(w *work, o *Options, group int, alike []int32) {
	d := &w.decider
	first := &w.mentions[alike[0]]
	at := a.shown(d.ranked, o)
	best := d.ranked[at]
	detailed := int32(0)
	if o.Explain || o.Candidates {
		var x detail
		if o.Explain {
			x.reasons = a.explain(w, group, &best, w.shortForm(first))
		}
		if o.Candidates {
			x.others = slices.Delete(slices.Clone(d.ranked), at, at+1)
		}
		d.details = append(d.details, x)
		detailed = int32(len(d.details))
	}
	entry := w.terms.enter(best.term)
	for _, i := range alike {
		m := &w.mentions[i]
		m.term, m.entry, m.score, m.detail = best.term, entry, best.score, detailed
	}
}

// shown is the place of the choice that is made: the best, or, for somebody who
// asks for what is unlikely, the best of a term that is not hidden.
func (a *Annotator) shown(ranked []choice, o *Options) int {
	if o.minScore() < DefaultMinScore && a.attributes(ranked[0].term).hidden() {
		i := slices.IndexFunc(ranked, func(c choice) bool { return !a.attributes(c.term).hidden() })
		if i > 0 && ranked[i].score >= o.minScore() {
			return i
		}
	}
	return 0
}

// settles reports whether the document itself says what a form means.
func (d *decider) settles(form string) bool {
	if !d.shorts.has(form) {
		return false
	}
	_, ok := d.defined[form]
	return ok || d.other[form]
}

// decisionKey is equal for mentions that the document decides alike: those of
// the same forms (FNV-1a over their numbers), settled or not. What is no form of
// the glossary is told by its text: HTTPS is not HTTP.
func (w *work) decisionKey(m *mention) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for _, x := range w.matchesOf(m) {
		h = (h ^ uint64(x.Form)<<32 ^ uint64(x.Term)) * prime
		if x.Form == nobody {
			for _, c := range []byte(w.shortForm(m)) {
				h = (h ^ uint64(c)) * prime
			}
		}
	}
	if m.settled {
		h ^= 1
	}
	return h
}

// shortForm is the text of a mention, in the singular if it is the plural of one of
// the document's own short forms.
func (w *work) shortForm(m *mention) string { return w.decider.singular(w.doc.Text[m.start:m.end]) }

// weigh ranks the terms of a form, best first, in w.decider.ranked, and returns
// the group in which they are decided.
func (a *Annotator) weigh(w *work, m *mention, alike []int32) (group int) {
	d := &w.decider
	matches := w.matchesOf(m)
	group = a.groupOf(matches)
	a.addContext(w, alike, sense.Window)
	d.terms, d.ranked = d.terms[:0], d.ranked[:0]
	if group >= 0 {
		d.terms = a.senses.Candidates(d.terms, group)
	}
	for _, t := range d.terms {
		if i := slices.IndexFunc(matches, func(x match.Match) bool { return x.Term == t }); i >= 0 {
			d.ranked = append(d.ranked, choice{term: t, asks: matches[i].Flags.Asks()})
		}
	}
	if len(d.ranked) == 0 { // a short form of the document's own
		d.ranked = append(d.ranked, choice{term: matches[0].Term})
	}
	a.markNames(w, alike)
	d.person = slices.ContainsFunc(alike, func(i int32) bool { return a.isPerson(w, &w.mentions[i]) })
	a.rank(w, m, group, nil)
	return group
}

// rank scores the terms in w.decider.ranked by the words that the scorer has read
// and sorts them. What was believed before, if anything, has its share.
func (a *Annotator) rank(w *work, m *mention, group int, before []choice) {
	d := &w.decider
	form := w.shortForm(m)
	d.scores = d.scores[:0]
	if group >= 0 {
		d.scores = d.scorer.Scores(d.scores, group)
	}
	for i, t := range d.terms {
		if c := chosen(d.ranked, t); c != nil {
			c.score = d.scores[i]
		}
	}
	rest := 1.0
	for i := range d.ranked {
		c := &d.ranked[i]
		if before == nil {
			a.besides(w, c, form, func(r Reason) { c.score += r.Weight })
		} else if b := chosen(before, c.term); b != nil {
			c.score += belief(b.score)
			rest -= b.score
		}
	}
	best := slices.MaxFunc(d.ranked, func(x, y choice) int { return cmp.Compare(x.score, y.score) })
	none := a.senses.None(len(d.ranked), best.asks)
	if before != nil {
		none += belief(rest)
	}
	d.scores = d.scores[:0]
	for _, c := range d.ranked {
		d.scores = append(d.scores, c.score)
	}
	sense.Softmax(d.scores, none)
	for i := range d.ranked {
		d.ranked[i].score = d.scores[i]
	}
	// Terms are numbered in the order of their ids.
	slices.SortFunc(d.ranked, func(x, y choice) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.term, y.term))
	})
}

// chosen is the choice of a term, or nil.
func chosen(choices []choice, term uint32) *choice {
	for i := range choices {
		if choices[i].term == term {
			return &choices[i]
		}
	}
	return nil
}

// groupOf is the group of forms in which matches are decided, or -1.
func (a *Annotator) groupOf(matches []match.Match) int {
	for _, x := range matches {
		if g, ok := a.dict.Group(x.Form); ok {
			return g
		}
	}
	return -1
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }
