package flow

import (
	"maps"
	"slices"
)

// addResumes adds where goroutines go on, and orders the vertices anew.
//
// A goroutine goes on behind a call. All that can be reached from the function's
// head without passing a loop's is branched to there, by a table; to what is in a
// loop a branch leads from a vertex before its head, the gate, to which all go that
// go to the head. A gate of an inner loop is reached by those of the loops around
// it. Behind a call PC_B is set to 0, so that all gates are passed. Of several copies
// of a call a goroutine may go on behind any, since they do the same.
func (g *graph) addResumes(table []int) bool {
	var points []dispatch
	for pc, block := range table[:len(table)-1] { // the last is for all greater numbers
		if to := g.resume(block); to != nowhere {
			points = append(points, dispatch{pc, to})
		}
	}
	if len(points) == 0 {
		return true
	}
	gates := g.addGates(points)
	// By the innermost loop in which they are, nowhere for none.
	targets := map[int][]dispatch{}
	for _, p := range points {
		loop := g.vertices[p.to].loop
		targets[loop] = append(targets[loop], p)
		for loop != nowhere {
			outer := g.vertices[loop].outer
			targets[outer] = append(targets[outer], dispatch{p.pc, gates[loop]})
			loop = outer
		}
	}
	for i := range g.vertices {
		v := &g.vertices[i]
		v.clear = len(gates) > 0 && v.block != nowhere && g.blocks[v.block].resume
	}
	first := g.root
	if gate, ok := gates[first]; ok {
		first = gate
	}
	g.root = g.add(vertex{block: nowhere, next: first})
	g.lead(g.root, targets[nowhere])
	for _, loop := range slices.Sorted(maps.Keys(gates)) {
		g.lead(gates[loop], targets[loop])
	}
	return g.order()
}

// resume is a vertex of a basic block, if a goroutine can go on there.
func (g *graph) resume(block int) int {
	if g.blocks[block].resume {
		for i := range g.vertices {
			if v := &g.vertices[i]; v.block == block && v.rank != unranked {
				return i
			}
		}
	}
	return nowhere
}

// addGates puts a gate before each head of a loop in which one of the points is; it
// returns the gates by head.
func (g *graph) addGates(points []dispatch) map[int]int {
	gates := map[int]int{}
	vertices := len(g.vertices)
	for _, p := range points {
		for loop := g.vertices[p.to].loop; loop != nowhere; loop = g.vertices[loop].outer {
			if _, ok := gates[loop]; ok {
				break
			}
			gates[loop] = g.add(vertex{block: nowhere, next: loop})
		}
	}
	for i := range g.vertices[:vertices] {
		g.vertices[i].redirect(gates)
	}
	return gates
}

func (g *graph) add(v vertex) int {
	g.vertices = append(g.vertices, v)
	return len(g.vertices) - 1
}

// lead makes a vertex one that leads to other places than its next if PC_B is not 0.
func (g *graph) lead(from int, targets []dispatch) {
	to := targets[0].to
	for _, t := range targets {
		if t.to != to {
			to = g.add(vertex{block: nowhere, next: nowhere, table: targets})
			break
		}
	}
	g.vertices[from].steps = []step{{[]node{get(pcB)}, to}}
}
