package postil

import "math"

// A document mostly means one thing by a form (Gale, Church and Yarowsky, One
// Sense Per Discourse, 1992), so that all its mentions are decided together. But
// an article on the training of models may go on to that of electricians. So each
// mention is looked at once more, by the words next to it, and may mean another
// term if these say so plainly.

const (
	// near is how many words before and after a mention are next to it.
	near = 15
	// trust is the share of what the whole document says, in log-odds, when
	// the words next to a mention are heard.
	trust = 0.3
	// plainly is the score from which they are believed.
	plainly = 0.6
	// maxReconsidered is how many mentions of one form are looked at: a longer
	// document does not take more than its share of time for them.
	maxReconsidered = 100
	// leastBelief bounds how sure the whole document can be.
	leastBelief = 1e-6
)

// belief is what a score of the whole document adds to what is next to a mention.
func belief(score float64) float64 { return trust * math.Log(max(score, leastBelief)) }

// reconsider gives those of the mentions another term, or score, that their own words
// speak for.
func (a *Annotator) reconsider(w *work, o *Options, group int, alike []int32) {
	d := &w.decider
	d.whole = append(d.whole[:0], d.ranked...)
	for i := range alike {
		one := alike[i : i+1]
		m := &w.mentions[one[0]]
		a.addContext(w, one, near)
		a.rank(w, m, group, d.whole)
		best, whole := d.ranked[0], d.whole[0]
		switch {
		case best.score >= plainly && (best.term != whole.term || whole.score < DefaultMinScore),
			best.score <= 1-plainly && whole.score >= DefaultMinScore:
			a.assign(w, o, group, one)
		}
	}
}
