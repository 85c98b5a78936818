package match

import (
	"encoding/binary"
	"errors"
)

// trie holds the nodes in breadth-first order.
type trie struct {
	nodes []byte
	n     uint32
}

const nodeSize = 12

func (t *trie) open(b []byte) error {
	if len(b) < 8 {
		return errors.New("the header is cut off")
	}
	n := uint64(u32(b, 0))
	if n == 0 || uint64(len(b)) != 8+nodeSize*(n+1) {
		return errors.New("the table has not the size that its header says")
	}
	t.n, t.nodes = uint32(n), b[8:]
	return nil
}

// trieNode are the ranges of a node's children and forms, half-open.
type trieNode struct{ child, lastChild, form, lastForm uint32 }

// node returns the ranges of a node; what is no node has none.
func (t *trie) node(i uint32) trieNode {
	if i >= t.n {
		return trieNode{}
	}
	b := t.nodes[i*nodeSize : i*nodeSize+2*nodeSize]
	le := binary.LittleEndian
	return trieNode{le.Uint32(b[4:]), min(le.Uint32(b[nodeSize+4:]), t.n), le.Uint32(b[8:]), le.Uint32(b[nodeSize+8:])}
}

// child returns the child of a node for class, or 0.
func (t *trie) child(n trieNode, class uint32) uint32 {
	lo, hi := n.child, n.lastChild
	for lo < hi {
		mid := (lo + hi) / 2
		if c := binary.LittleEndian.Uint32(t.nodes[mid*nodeSize:]); c == class {
			return mid
		} else if c < class {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return 0
}
