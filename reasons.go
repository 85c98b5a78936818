package postil

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"postil/internal/match"
	"postil/internal/sense"
)

// markNames says of which terms in w.decider.ranked a capital speaks for.
func (a *Annotator) markNames(w *work, alike []int32) {
	list, matches := w.decider.ranked, w.matchesOf(&w.mentions[alike[0]])
	if a.nounsHaveCapitals() || len(list) < 2 || !slices.ContainsFunc(alike, func(i int32) bool { return isName(w.doc.Text, int(w.mentions[i].start)) }) {
		return
	}
	names := 0
	for i := range list {
		list[i].name = slices.ContainsFunc(matches, func(x match.Match) bool { return x.Term == list[i].term && x.Flags.Exact() })
		if list[i].name {
			names++
		}
	}
	for i := range list {
		list[i].name = list[i].name && names < len(list)
	}
}

// besides lists what speaks for a term as the meaning of a form besides prior
// and context.
func (a *Annotator) besides(w *work, c *choice, form string, say func(Reason)) {
	d, term := &w.decider, c.term
	if c.name {
		say(Reason{"form", form, oddsCapital})
	}
	if d.person {
		say(Reason{"form", form, oddsPerson})
	}
	if d.means(form, term) {
		say(Reason{"definition", form, oddsDefined})
	} else if d.settles(form) {
		say(Reason{"definition", form, oddsOther})
	}
	if e := w.terms.find(term); e != nil && e.named {
		say(Reason{"document", "", oddsNamed})
	}
}

// explain lists the reasons for a decision, strongest first.
func (a *Annotator) explain(w *work, group int, c *choice, form string) (out []Reason) {
	d, term := &w.decider, c.term
	a.besides(w, c, form, func(r Reason) {
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
			out = append(out, Reason{kind, strings.Clone(r.Word), float64(r.Weight)})
		})
	}
	slices.SortStableFunc(out, func(x, y Reason) int {
		return cmp.Or(cmp.Compare(math.Abs(y.Weight), math.Abs(x.Weight)), strings.Compare(x.Detail, y.Detail))
	})
	return out
}
