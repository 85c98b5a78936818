package abbrev

import "testing"

// TestMost checks what the alignment relies on to give up early: how much letters
// and starts can give at most, and that words without a match give nothing.
func TestMost(t *testing.T) {
	for _, w := range []*weights{&fitted, &strict} {
		best := func(of ...weight) (v int32) { // or none of them
			for _, k := range of {
				v = max(v, w[k])
			}
			return v
		}
		start := best(firstInit, firstHead, firstPart, stepPart, dropDigit, dropPlural, dropLetter) +
			best(smallContent, smallStop) + best(bothCapital) + best(apartStart) + best(numeral)
		inner := best(firstSyllable, firstCluster, firstVowel, stepNext, stepPlural, stepSyllable, stepCluster, stepVowel,
			dropDigit, dropPlural, dropLetter) + best(largeInner) + best(innerOfTwo) + best(apartInner) + best(numeral)
		before := best(startAfterStop, startAfterComma, startClause) + best(startStop) + best(startSmallStop) + best(startPart) +
			best(startAfterCapital) + best(startBeforeCapital) + best(oneWord) + best(oneShortWord)
		if start > mostStart || inner > mostInner || before > mostBefore {
			t.Errorf("at most %d, %d, %d; the constants are %d, %d, %d", start, inner, before, mostStart, mostInner, mostBefore)
		}
		for _, kind := range []wordKind{wordContent, wordStop, wordNumber, wordGroup} {
			for _, capital := range []bool{false, true} {
				wd := word{kind: kind, capital: capital}
				if skip := max(wd.skip(w), w[skipFurtherStop]); skip > 0 || wd.skip(w)+wd.trail(w) > 0 || w[comma] > 0 {
					t.Errorf("a word of kind %d without a match gives more than none", kind)
				}
			}
		}
	}
}
