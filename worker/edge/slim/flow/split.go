package flow

import "slices"

// split makes one loop that has several entries have one: it copies what lies
// between the others and the entry for whose sake it has to copy least. Go's
// compiler makes such loops when it knows of the first round how a branch goes. It
// reports whether there was one, and little enough to copy; room is how many bytes
// of code may be.
func (g *graph) split(room *int) bool {
	inside, entries := g.entangled(g.ranked)
	if inside == nil {
		return false
	}
	var least []int
	size := *room + 1
	for _, head := range entries {
		copied := g.without(head, entries, inside)
		if n := g.size(copied); n < size {
			least, size = copied, n
		}
	}
	if *room -= size; *room < 0 {
		return false
	}
	g.copy(least, inside)
	return true
}

// entangled is what is inside a loop within part that can be entered at several
// vertices, and these; nil if there is none.
func (g *graph) entangled(part []int) (inside map[int]bool, entries []int) {
	for _, loop := range g.components(part) {
		inside := make(map[int]bool, len(loop))
		for _, i := range loop {
			inside[i] = true
		}
		var entries []int
		for _, i := range loop {
			if i == g.root || slices.ContainsFunc(g.vertices[i].preds, func(p int) bool { return !inside[p] }) {
				entries = append(entries, i)
			}
		}
		if len(entries) > 1 {
			return inside, entries
		}
		rest := slices.DeleteFunc(loop, func(i int) bool { return i == entries[0] })
		if inside, entries := g.entangled(rest); inside != nil {
			return inside, entries
		}
	}
	return nil, nil
}

// components are the strongly connected components of part that have several
// vertices, as Robert Tarjan finds them in "Depth-First Search and Linear Graph
// Algorithms", 1972.
func (g *graph) components(part []int) (list [][]int) {
	const done = -1
	number := map[int]int{} // by vertex: 0 if it belongs to part and has not been seen
	for _, i := range part {
		number[i] = 0
	}
	var stack []int
	var visit func(i int) (low int)
	visit = func(i int) int {
		stack = append(stack, i)
		at, low := len(stack), len(stack)
		number[i] = at
		g.vertices[i].successors(func(to int) {
			switch n, ok := number[to]; {
			case !ok || n == done:
			case n == 0:
				low = min(low, visit(to))
			default:
				low = min(low, n)
			}
		})
		if low == at {
			component := slices.Clone(stack[at-1:])
			stack = stack[:at-1]
			for _, j := range component {
				number[j] = done
			}
			if len(component) > 1 {
				list = append(list, component)
			}
		}
		return low
	}
	for _, i := range part {
		if number[i] == 0 {
			visit(i)
		}
	}
	return list
}

// without is what can be reached inside a loop from its entries but for one,
// without passing that.
func (g *graph) without(head int, entries []int, inside map[int]bool) []int {
	seen := map[int]bool{head: true}
	var list []int
	var visit func(i int)
	visit = func(i int) {
		if seen[i] || !inside[i] {
			return
		}
		seen[i] = true
		list = append(list, i)
		g.vertices[i].successors(visit)
	}
	for _, e := range entries {
		visit(e)
	}
	return list
}

// size is how many bytes of code vertices have.
func (g *graph) size(list []int) (n int) {
	for _, i := range list {
		for _, s := range g.vertices[i].steps {
			n += codeSize(s.code) + 2 // for the branch
		}
	}
	return n
}

func codeSize(list []node) (n int) {
	for i := range list {
		n += len(list[i].code) + codeSize(list[i].body) + codeSize(list[i].otherwise)
	}
	return n
}

// copy adds copies of vertices, to which all edges lead that come from outside the
// loop or from copies.
func (g *graph) copy(list []int, inside map[int]bool) {
	copies := make(map[int]int, len(list))
	for _, i := range list {
		v := &g.vertices[i]
		copies[i] = g.add(vertex{block: v.block, steps: slices.Clone(v.steps), next: v.next})
	}
	for i := range g.vertices {
		if !inside[i] {
			g.vertices[i].redirect(copies)
		}
	}
	if c, ok := copies[g.root]; ok {
		g.root = c
	}
}
