package postil

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"postil/internal/match"
	"postil/internal/sense"
)

// Log-odds of what a decision rests on besides prior and context.
const (
	// oddsDefined is for a term whose long form the document gives beside the
	// form; oddsOther for one where it gives another.
	oddsDefined = 8
	oddsOther   = -14
	// oddsNamed is for a term that the document names by another form that
	// needs no decision.
	oddsNamed = 3
)

// decider is what the decisions in one document share: what the document itself
// says, and scratch memory.
type decider struct {
	named   map[uint32]bool   // terms that the document names in several words; nil until asked
	listed  bool              // present is filled in
	present map[uint32]bool   // terms that the document names for certain
	often   map[uint32]int    // how often it names terms where there is nothing to decide
	defined map[string]uint32 // short forms to terms
	other   map[string]bool   // short forms defined as something else
	scorer  sense.Scorer
	scores  []float64
	terms   []uint32
}

// decision ranks the terms of a form, best first, and says why the best is.
type decision struct {
	ranked  []choice
	reasons []Reason
}

type choice struct {
	term  uint32
	score float64
}

const nobody = math.MaxUint32

func (d *decider) reset() {
	d.listed = false
	d.named = nil
}

// decide chooses a term for every mention and scores it.
func (a *Annotator) decide(w *work, o *Options) {
	w.decider.reset()
	w.open, w.folded = w.open[:0], w.folded[:0]
	a.markPlain(w)
	for i := range w.mentions {
		m := &w.mentions[i]
		settled := w.decider.settles(w.doc.Text[m.start:m.end])
		switch {
		case m.plain:
			m.term, m.score = w.matches[m.from].Term, a.formScore(w, m)
		case m.weak && !settled && a.decideWeak(w, m):
		default:
			m.key = decisionKey(w.matches[m.from:m.to], settled)
			w.open = append(w.open, i)
			continue
		}
		if o.Explain {
			m.reasons = []Reason{{Kind: "form", Detail: w.doc.Text[m.start:m.end], Weight: logit(m.score)}}
		}
	}
	// Mentions of one form are decided together, by what stands around them.
	slices.SortStableFunc(w.open, func(i, j int) int { return cmp.Compare(w.mentions[i].key, w.mentions[j].key) })
	for i := 0; i < len(w.open); {
		j := i + 1
		for j < len(w.open) && w.mentions[w.open[j]].key == w.mentions[w.open[i]].key {
			j++
		}
		a.choose(w, o, w.open[i:j])
		i = j
	}
}

// plain reports whether a mention names one term that asks for no evidence.
func (a *Annotator) plain(w *work, m *mention) bool {
	return !m.weak && oneTerm(w.matches[m.from:m.to]) &&
		!w.decider.settles(w.doc.Text[m.start:m.end]) && !a.asks(w.matches[m.from])
}

// asks reports whether a match needs evidence even if no other term has its form.
func (a *Annotator) asks(x match.Match) bool {
	return a.attributes(x.Term).evidence() || a.dict.Everyday(x.Form)
}

// choose decides mentions of one form by their context.
func (a *Annotator) choose(w *work, o *Options, alike []int) {
	d := a.weigh(w, o, alike)
	for _, i := range alike {
		m := &w.mentions[i]
		m.term, m.score, m.reasons = d.ranked[0].term, d.ranked[0].score, d.reasons
		if o.Candidates {
			m.others = d.ranked[1:]
		}
	}
}

// settles reports whether the document itself says what a form means.
func (d *decider) settles(form string) bool {
	_, ok := d.defined[form]
	return ok || d.other[form]
}

// decisionKey is equal for mentions that the document decides alike: those of
// the same forms (FNV-1a over their numbers), settled or not.
func decisionKey(matches []match.Match, settled bool) uint64 {
	h := uint64(14695981039346656037)
	for _, m := range matches {
		h = (h ^ uint64(m.Form)<<32 ^ uint64(m.Term)) * 1099511628211
	}
	if settled {
		h ^= 1
	}
	return h
}

// weigh scores the terms of a form against each other.
func (a *Annotator) weigh(w *work, o *Options, alike []int) (made decision) {
	d := &w.decider
	m := &w.mentions[alike[0]]
	form, matches := w.doc.Text[m.start:m.end], w.matches[m.from:m.to]
	group := a.groupOf(matches)
	a.addContext(w, alike)
	d.terms, d.scores = d.terms[:0], d.scores[:0]
	if group >= 0 {
		d.terms = a.senses.Candidates(d.terms, group)
		d.scores = d.scorer.Scores(d.scores, group)
	}
	for i, t := range d.terms {
		if slices.ContainsFunc(matches, func(x match.Match) bool { return x.Term == t }) {
			made.ranked = append(made.ranked, choice{t, d.scores[i]})
		}
	}
	if len(made.ranked) == 0 { // a short form of the document's own
		made.ranked = []choice{{term: matches[0].Term}}
	}
	for i := range made.ranked {
		c := &made.ranked[i]
		a.besides(w, c.term, form, func(r Reason) { c.score += r.Weight })
	}
	softmax(made.ranked, a.senses.None(len(made.ranked)))
	// Terms are numbered in the order of their ids.
	slices.SortFunc(made.ranked, func(x, y choice) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.term, y.term))
	})
	if o.Explain {
		made.reasons = a.explain(w, group, made.ranked[0].term, form)
	}
	return made
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

// besides lists what speaks for a term as the meaning of a form besides prior
// and context.
func (a *Annotator) besides(w *work, term uint32, form string, say func(Reason)) {
	d := &w.decider
	if t, ok := d.defined[form]; ok && t == term {
		say(Reason{"definition", form, oddsDefined})
	} else if ok || d.other[form] {
		say(Reason{"definition", form, oddsOther})
	}
	if a.named(w)[term] {
		say(Reason{"document", "", oddsNamed})
	}
}

// named are the terms that the document names in several words.
func (a *Annotator) named(w *work) map[uint32]bool {
	d := &w.decider
	if d.named == nil {
		d.named = map[uint32]bool{}
		for i := range w.mentions {
			if m := &w.mentions[i]; m.last > m.first && m.plain {
				d.named[w.matches[m.from].Term] = true
			}
		}
	}
	return d.named
}

// explain lists the reasons for a decision, strongest first.
func (a *Annotator) explain(w *work, group int, term uint32, form string) (out []Reason) {
	d := &w.decider
	a.besides(w, term, form, func(r Reason) {
		if r.Detail == "" {
			r.Detail = a.id(term)
		}
		out = append(out, r)
	})
	if i := slices.Index(d.terms, term); i >= 0 {
		d.scorer.Explain(group, i, func(r sense.Reason) {
			kind := "context"
			if r.Word == "" {
				kind = "prior"
			}
			out = append(out, Reason{kind, r.Word, float64(r.Weight)})
		})
	}
	slices.SortStableFunc(out, func(x, y Reason) int {
		return cmp.Or(cmp.Compare(math.Abs(y.Weight), math.Abs(x.Weight)), strings.Compare(x.Detail, y.Detail))
	})
	return out
}

// softmax turns log-odds into probabilities that leave room for none of the
// terms.
func softmax(ranked []choice, none float64) {
	scores := make([]float64, len(ranked))
	for i, c := range ranked {
		scores[i] = c.score
	}
	sense.Softmax(scores, none)
	for i := range ranked {
		ranked[i].score = scores[i]
	}
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }
