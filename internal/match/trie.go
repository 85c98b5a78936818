package match

import (
	"encoding/binary"
	"errors"
)

// trie holds the nodes in breadth-first order.
type trie struct {
	nodes []byte
	n     uint32
	// A Bloom filter with one hash of the pairs of classes on edges that follow
	// each other; its length is a power of two.
	pairs []byte
}

const nodeSize = 12

func (t *trie) open(b []byte) error {
	if len(b) < 8 {
		return errors.New("the header is cut off")
	}
	n, pairs := uint64(u32(b, 0)), uint64(u32(b, 1))
	if n == 0 || pairs == 0 || pairs&(pairs-1) != 0 || uint64(len(b)) != 8+nodeSize*(n+1)+pairs {
		return errors.New("the table has not the size that its header says")
	}
	t.n, t.nodes, t.pairs = uint32(n), b[8:8+nodeSize*(n+1)], b[8+nodeSize*(n+1):]
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

// MayFollow reports whether a form may have a token of class b after one of
// class a; it errs on the side of yes.
func (d *Dictionary) MayFollow(a, b uint32) bool {
	at := pairHash(a, b) & uint32(8*len(d.trie.pairs)-1)
	return d.trie.pairs[at>>3]>>(at&7)&1 != 0
}

func pairHash(a, b uint32) uint32 {
	x := uint64(a)<<32 | uint64(b)
	return uint32(x * 0x9E3779B97F4A7C15 >> 32)
}
