package flow

import "slices"

// A vertex is a basic block, or a branch to where a goroutine goes on: see
// resume.go.
type vertex struct {
	block int // the basic block; nowhere if it is none
	steps []step
	next  int
	table []dispatch // instead of next: by PC_B
	clear bool       // PC_B is set to 0 before all else

	preds     []int
	rank      int // in reverse postorder from the root; unranked if it cannot be reached
	dominator int // the immediate one
	loop      int // the head of the innermost loop around it, itself if it is one; nowhere
	head      bool
	outer     int // of a head: that of the loop around it; nowhere
	merge     bool
	children  []int // merges of which it is the immediate dominator, by rank
}

// A dispatch is a value of PC_B and where it leads.
type dispatch struct{ pc, to int }

const unranked = -1

// A graph is a function's flow of control. Vertices are known by number; the
// basic blocks come first.
type graph struct {
	vertices []vertex
	root     int
	ranked   []int // vertices by rank
	blocks   []block
}

func newGraph(blocks []block) *graph {
	g := &graph{vertices: make([]vertex, len(blocks)), blocks: blocks}
	for i, b := range blocks {
		g.vertices[i] = vertex{block: i, steps: b.steps, next: b.next}
	}
	return g
}

// successors calls yield for each edge, in the order in which code tries them.
func (v *vertex) successors(yield func(to int)) {
	for _, s := range v.steps {
		if s.to != nowhere {
			yield(s.to)
		}
	}
	for _, d := range v.table {
		yield(d.to)
	}
	if v.next != nowhere {
		yield(v.next)
	}
}

// redirect makes edges lead elsewhere: those to the keys, to their values. No
// vertex has a table yet.
func (v *vertex) redirect(moved map[int]int) {
	if to, ok := moved[v.next]; ok {
		v.next = to
	}
	for i := range v.steps {
		if to, ok := moved[v.steps[i].to]; ok {
			v.steps[i].to = to
		}
	}
}

// order ranks the vertices that can be reached, and finds dominators and loops;
// it reports whether all loops have one entry.
func (g *graph) order() bool {
	for i := range g.vertices {
		v := &g.vertices[i]
		v.preds, v.children, v.rank, v.dominator, v.loop, v.outer, v.head, v.merge = nil, nil, unranked, nowhere, nowhere, nowhere, false, false
	}
	g.ranked = g.ranked[:0]
	g.visit(g.root, make([]bool, len(g.vertices)))
	slices.Reverse(g.ranked)
	for rank, i := range g.ranked {
		g.vertices[i].rank = rank
	}
	for _, i := range g.ranked {
		g.vertices[i].successors(func(to int) { g.vertices[to].preds = append(g.vertices[to].preds, i) })
	}
	g.dominators()
	return g.loops()
}

// visit appends the vertices to ranked in postorder.
func (g *graph) visit(i int, seen []bool) {
	if seen[i] {
		return
	}
	seen[i] = true
	g.vertices[i].successors(func(to int) { g.visit(to, seen) })
	g.ranked = append(g.ranked, i)
}

// dominators finds them as Keith Cooper, Timothy Harvey and Ken Kennedy do in "A
// Simple, Fast Dominance Algorithm", 2001.
func (g *graph) dominators() {
	g.vertices[g.root].dominator = g.root
	for changed := true; changed; {
		changed = false
		for _, i := range g.ranked[1:] {
			v := &g.vertices[i]
			best := nowhere
			for _, p := range v.preds {
				switch {
				case g.vertices[p].dominator == nowhere:
				case best == nowhere:
					best = p
				default:
					best = g.common(best, p)
				}
			}
			if v.dominator != best {
				v.dominator, changed = best, true
			}
		}
	}
}

// common is the nearest vertex that dominates two.
func (g *graph) common(a, b int) int {
	for a != b {
		if g.vertices[a].rank > g.vertices[b].rank {
			a = g.vertices[a].dominator
		} else {
			b = g.vertices[b].dominator
		}
	}
	return a
}

func (g *graph) dominates(a, b int) bool { return g.common(a, b) == a }

// loops finds the loops, innermost first, and reports whether all have one entry:
// a branch back to a vertex that dominates where it comes from.
func (g *graph) loops() bool {
	for _, i := range g.ranked {
		for _, p := range g.vertices[i].preds {
			if g.vertices[p].rank >= g.vertices[i].rank && !g.dominates(i, p) {
				return false
			}
		}
	}
	for _, head := range slices.Backward(g.ranked) {
		h := &g.vertices[head]
		var todo []int
		for _, p := range h.preds {
			if g.vertices[p].rank >= h.rank {
				h.head = true
				todo = append(todo, p)
			}
		}
		if h.head {
			h.loop = head
			g.fill(head, todo)
		}
	}
	return true
}

// fill puts into a loop what leads to its ends, which are given: vertices that are
// in no loop yet, and the outermost of the loops in which the others are.
func (g *graph) fill(head int, todo []int) {
	for len(todo) > 0 {
		i := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		v := &g.vertices[i]
		if v.loop == nowhere {
			v.loop = head
			todo = append(todo, v.preds...)
			continue
		}
		inner := v.loop
		for inner != head && g.vertices[inner].outer != nowhere {
			inner = g.vertices[inner].outer
		}
		if inner != head {
			g.vertices[inner].outer = head
			todo = append(todo, g.vertices[inner].preds...)
		}
	}
}

// tree finds merges, to which several branches lead forward or a table, and
// their dominators.
func (g *graph) tree() {
	for _, i := range g.ranked {
		for _, d := range g.vertices[i].table {
			g.vertices[d.to].merge = true
		}
	}
	for _, i := range g.ranked {
		v := &g.vertices[i]
		forward := 0
		for _, p := range v.preds {
			if g.vertices[p].rank < v.rank {
				forward++
			}
		}
		if v.merge = v.merge || forward > 1; v.merge {
			d := &g.vertices[v.dominator]
			d.children = append(d.children, i)
		}
	}
}
