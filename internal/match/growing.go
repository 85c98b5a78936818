package match

import (
	"iter"
	"math/bits"
	"slices"
)

// growing is a trie to which forms are added. A glossary of a million forms has
// some millions of nodes, most of them with a single child, so they have no maps
// of their own: all nodes lie in one slice, the root first, all edges in one
// hash table, and all forms in another slice, those of a node linked. The zero
// value is a trie without forms.
type growing struct {
	nodes []newNode
	edges []uint32 // nodes, where their parent and class hash to, or after that; 0 is free
	forms []newForm
}

// newNode is a node of a growing trie.
type newNode struct {
	parent, class uint32
	first, last   uint32 // its forms, counted from 1; 0 if it has none
}

// slot is where the edge from a node is, or where it would be.
func (g *growing) slot(parent, class uint32) int {
	mask := len(g.edges) - 1
	i := bucket(mix(0, uint64(parent)<<32|uint64(class), 0), len(g.edges))
	for g.edges[i] != 0 {
		if n := &g.nodes[g.edges[i]]; n.parent == parent && n.class == class {
			break
		}
		i = (i + 1) & mask
	}
	return i
}

// bucket is the place for a hash in a table whose size is a power of two. Its
// upper bits are the best.
func bucket(hash uint64, size int) int { return int(hash >> (64 - bits.TrailingZeros(uint(size)))) }

// child is the node to which a class leads from another, 0 if there is none.
func (g *growing) child(parent, class uint32) uint32 {
	if len(g.edges) == 0 {
		return 0
	}
	return g.edges[g.slot(parent, class)]
}

// grow is child, but adds the node if there is none.
func (g *growing) grow(parent, class uint32) uint32 {
	if 4*len(g.nodes) >= 3*len(g.edges) {
		g.rehash()
	}
	i := g.slot(parent, class)
	if g.edges[i] == 0 {
		g.edges[i] = uint32(len(g.nodes))
		g.nodes = append(g.nodes, newNode{parent: parent, class: class})
	}
	return g.edges[i]
}

// rehash makes room for twice as many edges.
func (g *growing) rehash() {
	if g.nodes == nil {
		g.nodes = make([]newNode, 1)
	}
	g.edges = make([]uint32, max(16, 2*len(g.edges)))
	for i, n := range g.nodes[1:] {
		g.edges[g.slot(n.parent, n.class)] = uint32(i + 1)
	}
}

// put adds a form at a node, after those that are there.
func (g *growing) put(node uint32, f newForm) {
	g.forms = append(g.forms, f)
	n := &g.nodes[node]
	if n.first == 0 {
		n.first = uint32(len(g.forms))
	} else {
		g.forms[n.last-1].next = uint32(len(g.forms))
	}
	n.last = uint32(len(g.forms))
}

// formsAt are the forms of a node in the order in which they came, valid until
// the next one is put there.
func (g *growing) formsAt(node uint32) iter.Seq[*newForm] {
	return func(yield func(*newForm) bool) {
		for i := g.nodes[node].first; i != 0; i = g.forms[i-1].next {
			if !yield(&g.forms[i-1]) {
				return
			}
		}
	}
}

// pathTo appends the classes that lead to a node from the root.
func (g *growing) pathTo(path []uint32, node uint32) []uint32 {
	for ; node != 0; node = g.nodes[node].parent {
		path = append(path, g.nodes[node].class)
	}
	slices.Reverse(path)
	return path
}

// breadthFirst lists the nodes in breadth-first order, siblings by class.
func (g *growing) breadthFirst() []uint32 {
	if len(g.nodes) == 0 {
		return nil
	}
	end := make([]uint32, len(g.nodes)) // of the children of each node
	for _, n := range g.nodes[1:] {
		end[n.parent]++
	}
	total := uint32(0)
	for i, n := range end {
		end[i], total = total, total+n
	}
	children := make([]uint32, total)
	for i, n := range g.nodes[1:] {
		children[end[n.parent]] = uint32(i + 1)
		end[n.parent]++
	}
	order := make([]uint32, 1, len(g.nodes))
	for i := 0; i < len(order); i++ {
		from := uint32(0)
		if x := order[i]; x > 0 {
			from = end[x-1]
		}
		siblings := children[from:end[order[i]]]
		slices.SortFunc(siblings, func(x, y uint32) int { return int(g.nodes[x].class) - int(g.nodes[y].class) })
		order = append(order, siblings...)
	}
	return order
}
