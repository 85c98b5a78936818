package postil

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"postil/internal/match"
	"postil/internal/text"
)

// Log-odds of what a decision rests on besides the words of the document.
const (
	// oddsNone is for the possibility that a shared form means none of its
	// terms, oddsWord that a term that asks for evidence is not meant.
	oddsNone = 0.3
	oddsWord = 1.6
	// oddsDefined is for a term whose long form the document gives beside the
	// form; oddsOther for one where it gives another.
	oddsDefined = 8
	oddsOther   = -8
	// oddsNamed is for a term that the document names by another form that
	// needs no decision.
	oddsNamed = 3
)

// Scores of forms that need no decision.
const (
	scoreWord   = 0.9  // one word in any case
	scoreExact  = 0.95 // one word in its written case
	scorePhrase = 0.98 // several words
)

// decider remembers what has been decided in one document: one sense per
// document for the same set of terms.
type decider struct {
	counted bool
	named   map[uint32]bool
	listed  bool              // present is filled in
	present map[uint32]bool   // terms that the document names for certain
	defined map[string]uint32 // short forms to terms
	other   map[string]bool   // short forms defined as something else
	memory  map[uint64]decision
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
	d.counted, d.listed = false, false
	d.named = nil
	clear(d.memory)
}

// decide chooses a term for every mention and scores it.
func (a *Annotator) decide(w *work, o *Options) {
	w.decider.reset()
	for i := range w.mentions {
		m := &w.mentions[i]
		switch {
		case a.plain(w, m):
			m.term, m.score = w.matches[m.from].Term, a.formScore(w, m)
		case m.weak && !w.decider.settles(w.doc.Text[m.start:m.end]) && a.decideWeak(w, m):
		default:
			a.choose(w, o, m)
			continue
		}
		if o.Explain {
			m.reasons = []Reason{{Kind: "form", Detail: w.doc.Text[m.start:m.end], Weight: logit(m.score)}}
		}
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

func (a *Annotator) formScore(w *work, m *mention) float64 {
	switch {
	case m.last > m.first:
		return scorePhrase
	case a.dict.Exact(w.matches[m.from].Form):
		return scoreExact
	}
	return scoreWord
}

// choose decides a mention by its context.
func (a *Annotator) choose(w *work, o *Options, m *mention) {
	d := &w.decider
	form := w.doc.Text[m.start:m.end]
	key := decisionKey(w.matches[m.from:m.to], d.settles(form))
	made, ok := d.memory[key]
	if !ok {
		made = a.weigh(w, o, m, form)
		if d.memory == nil {
			d.memory = map[uint64]decision{}
		}
		d.memory[key] = made
	}
	m.term, m.score, m.reasons = made.ranked[0].term, made.ranked[0].score, made.reasons
	if o.Candidates {
		m.others = made.ranked[1:]
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

// weigh scores the terms of a mention against each other.
func (a *Annotator) weigh(w *work, o *Options, m *mention, form string) (d decision) {
	a.count(w)
	none := oddsNone
	for _, x := range w.matches[m.from:m.to] {
		if a.asks(x) {
			none = oddsWord
		}
		if !slices.ContainsFunc(d.ranked, func(c choice) bool { return c.term == x.Term }) {
			d.ranked = append(d.ranked, choice{term: x.Term})
		}
	}
	for i := range d.ranked {
		c := &d.ranked[i]
		c.score = a.odds(w, c.term, len(d.ranked), form, nil)
	}
	softmax(d.ranked, none)
	// Terms are numbered in the order of their ids.
	slices.SortFunc(d.ranked, func(x, y choice) int {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.term, y.term))
	})
	if o.Explain {
		a.odds(w, d.ranked[0].term, len(d.ranked), form, func(r Reason) { d.reasons = append(d.reasons, r) })
		slices.SortStableFunc(d.reasons, func(x, y Reason) int {
			return cmp.Or(cmp.Compare(math.Abs(y.Weight), math.Abs(x.Weight)), strings.Compare(x.Detail, y.Detail))
		})
	}
	return d
}

// softmax turns log-odds into probabilities that leave room for none of the
// terms.
func softmax(ranked []choice, none float64) {
	top := none
	for _, c := range ranked {
		top = max(top, c.score)
	}
	total := math.Exp(none - top)
	for i := range ranked {
		ranked[i].score = math.Exp(ranked[i].score - top)
		total += ranked[i].score
	}
	for i := range ranked {
		ranked[i].score /= total
	}
}

// odds adds up what speaks for a term as the meaning of a form, in log-odds;
// each piece is reported to say, if that is not nil.
func (a *Annotator) odds(w *work, term uint32, rivals int, form string, say func(Reason)) float64 {
	prior := float64(a.attributes(term).priorF)
	if prior == 0 {
		prior = 1 / float64(rivals)
	}
	sum := math.Log(prior)
	tell := func(kind, detail string, weight float64) {
		sum += weight
		if say != nil {
			say(Reason{kind, detail, weight})
		}
	}
	if say != nil && sum != 0 {
		say(Reason{"prior", "", sum})
	}
	if t, ok := w.decider.defined[form]; ok && t == term {
		tell("definition", form, oddsDefined)
	} else if ok || w.decider.other[form] {
		tell("definition", form, oddsOther)
	}
	if w.decider.named[term] {
		tell("document", "", oddsNamed)
	}
	if say == nil {
		return sum + a.senses.Evidence(term, &w.words, nil)
	}
	return sum + a.senses.Evidence(term, &w.words, func(class uint32, weight float64) {
		say(Reason{"context", w.wordOf(class), weight})
	})
}

// count counts the words of the document and the terms it names for certain,
// once per document.
func (a *Annotator) count(w *work) {
	if w.decider.counted {
		return
	}
	w.decider.counted = true
	w.words.Reset(a.dict.Classes())
	for _, x := range w.doc.Words {
		w.words.Add(x.Class)
	}
	w.decider.named = map[uint32]bool{}
	for i := range w.mentions {
		if m := &w.mentions[i]; m.last > m.first && a.plain(w, m) {
			w.decider.named[w.matches[m.from].Term] = true
		}
	}
}

// wordOf is the first token of the document in a class, as it is written.
func (w *work) wordOf(class uint32) string {
	for i, x := range w.doc.Words {
		if x.Class == class {
			t := w.doc.Tokens[i]
			return string(text.Fold(nil, w.doc.Text[t.Start:t.End]))
		}
	}
	return ""
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }
