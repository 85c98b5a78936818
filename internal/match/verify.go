package match

import "errors"

// Verify reads all nodes and forms, and reports what no Builder writes. What is
// so in an index that nobody has verified makes wrong matches, or many.
func (d *Dictionary) Verify() error {
	before := d.trie.node(0)
	for i := uint32(0); i < d.trie.n; i++ {
		n := d.trie.node(i)
		switch {
		case n.child < before.child || n.child > n.lastChild || n.lastChild < n.child || n.child <= i && n.child < n.lastChild:
			return errors.New("a node has children of another")
		case n.form < before.form || n.form > n.lastForm || n.lastForm > d.forms.n:
			return errors.New("a node has forms of another")
		}
		before = n
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
