package match

import "errors"

// trie holds the nodes in breadth-first order.
type trie struct {
	class, children, form []byte
	n                     uint32
}

func (t *trie) open(b []byte) error {
	if len(b) < 8 {
		return errors.New("the header is cut off")
	}
	n := uint64(u32(b, 0))
	if n == 0 || uint64(len(b)) != 8+4*n+8*(n+1) {
		return errors.New("the table has not the size that its header says")
	}
	t.n = uint32(n)
	t.class, t.children, t.form = b[8:8+4*n], b[8+4*n:8+8*n+4], b[8+8*n+4:]
	return nil
}

// child returns the child of node for class, or 0.
func (t *trie) child(node, class uint32) uint32 {
	if node >= t.n {
		return 0
	}
	lo, hi := u32(t.children, int(node)), u32(t.children, int(node)+1)
	hi = min(hi, t.n)
	for lo < hi {
		mid := (lo + hi) / 2
		if c := u32(t.class, int(mid)); c == class {
			return mid
		} else if c < class {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return 0
}

// formsOf returns the range of the forms that end at node.
func (t *trie) formsOf(node uint32) (from, to uint32) {
	if node >= t.n {
		return 0, 0
	}
	return u32(t.form, int(node)), u32(t.form, int(node)+1)
}
