package match

import "errors"

// Verify reads all nodes and forms, and reports what no Builder writes. What is
// so in an index that nobody has verified makes wrong matches, or many.
func (d *Dictionary) Verify() error {
	for i := uint32(0); i < d.trie.n; i++ {
		n := d.trie.node(i) // which ends where the next one begins
		switch {
		case n.child > n.lastChild || n.child <= i && n.child < n.lastChild:
			return errors.New("a node has children of another")
		case n.form > n.lastForm || n.lastForm > d.forms.n:
			return errors.New("a node has forms of another")
		}
	}
	for i := range d.forms.n {
		f, _ := d.forms.get(i)
		if err := d.verifyForm(&f); err != nil {
			return err
		}
	}
	return nil
}

func (d *Dictionary) verifyForm(f *form) error {
	switch {
	case f.tokens() == 0 || f.tokens() > MaxTokens:
		return errors.New("a form has no words, or too many")
	case f.flags&flagEdges != 0 && f.flags&flagStrict == 0:
		return errors.New("a form has signs around it that are not asked for")
	case d.forms.written(f) == "":
		return errors.New("a form is written nowhere")
	}
	return nil
}
