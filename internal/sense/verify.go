package sense

import "fmt"

// most is more than any number that a Builder writes.
const most = 1e4

// Verify reads all numbers of the section, and reports those that no Builder
// writes, which would make scores that are none.
func (m *Model) Verify() error {
	for _, v := range []*vectors{&m.words, &m.senses} {
		for i := range v.len() {
			if x := v.scale(i); !(abs(x) < most) {
				return fmt.Errorf("%w: a vector is multiplied by %v", ErrFormat, x)
			}
		}
	}
	for _, list := range [][]byte{m.postings, m.candidates} {
		for i := range len(list) / pairSize {
			if _, x := pair(list, i); !(abs(x) < most) {
				return fmt.Errorf("%w: a weight is %v", ErrFormat, x)
			}
		}
	}
	return nil
}
