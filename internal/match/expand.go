package match

import "postil/internal/text"

// maxBefore is how many tokens before a short form a name may begin in which
// the short form stands.
const maxBefore = 3

// FindExpanded appends the matches in which token at of doc stands for several
// words, whose classes are given: the document has defined it so. They are
// longer than that token, and of forms that accept any writing. Find must have
// been called on doc.
func (d *Dictionary) FindExpanded(dst []Match, doc *Document, at int, long []uint32) []Match {
	for first := at; first >= 0 && at-first <= maxBefore; first-- {
		if first < at && doc.gap(first+1) != text.Loose {
			break
		}
		node := uint32(0)
		for i := first; i < at; i++ {
			if node = d.step(node, doc.Tokens[i].Class()); node == 0 {
				break
			}
		}
		if first < at && node == 0 {
			continue
		}
		for _, class := range long {
			if node = d.step(node, class); node == 0 {
				break
			}
		}
		if node != 0 {
			dst = d.expanded(dst, doc, first, at, node)
		}
	}
	return dst
}

// step is the child of a node for a class, 0 if the class is unknown.
func (d *Dictionary) step(node, class uint32) uint32 {
	if class == 0 {
		return 0
	}
	return d.trie.child(d.trie.node(node), class)
}

// expanded goes on from the node of an expanded token.
func (d *Dictionary) expanded(dst []Match, doc *Document, first, at int, node uint32) []Match {
	for last := at; ; {
		if last > first {
			dst = d.anyWriting(dst, doc, first, last, node)
		}
		last++
		if last == len(doc.Tokens) || doc.gap(last) != text.Loose {
			return dst
		}
		if node = d.step(node, doc.Tokens[last].Class()); node == 0 {
			return dst
		}
	}
}

// anyWriting appends the forms of a node that ask nothing of the writing.
func (d *Dictionary) anyWriting(dst []Match, doc *Document, first, last int, node uint32) []Match {
	const demands = flagExact | flagStrict | flagWeak
	n := d.trie.node(node)
	for f := n.form; f < n.lastForm; f++ {
		form, ok := d.forms.get(f)
		if !ok || form.flags&demands != 0 || form.plural|form.singular != 0 || possessiveWithin(doc, first, last) {
			continue
		}
		m := Match{First: uint32(first), Last: uint32(last), Start: doc.Start(first), End: doc.End(last), Term: form.term, Form: f, Flags: form.flags}
		if standsAlone(doc.Text, int(m.Start), int(m.End)) {
			dst = append(dst, m)
		}
	}
	return dst
}
