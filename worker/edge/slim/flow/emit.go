package flow

import (
	"encoding/binary"
	"slices"
)

func get(local uint64) node {
	return node{op: opLocalGet, arg: local, code: binary.AppendUvarint([]byte{opLocalGet}, local)}
}

// emitter writes an expression.
type emitter struct {
	g      *graph
	out    []byte
	failed bool // a branch led out of what can be branched out of
	// What encloses the place that is written, by where a branch out of it leads.
	enclosing []label
}

// emit writes the function, or nil if it has a branch that Go does not write.
func (g *graph) emit(f *function) []byte {
	e := emitter{g: g, out: slices.Clone(f.locals)}
	e.nodes(f.head)
	if f.exit != nil {
		e.open(f.exit.code, label{construct: int(f.exit.arg)})
	}
	e.tree(g.root)
	e.out = append(e.out, opUnreachable)
	if f.exit != nil {
		e.close()
	}
	e.nodes(f.tail)
	if e.failed {
		return nil
	}
	return append(e.out, opEnd)
}

func (e *emitter) open(code []byte, l label) {
	e.out = append(e.out, code...)
	e.enclosing = append(e.enclosing, l)
}

func (e *emitter) close() {
	e.out = append(e.out, opEnd)
	e.enclosing = e.enclosing[:len(e.enclosing)-1]
}

// tree writes a vertex with all that it dominates.
func (e *emitter) tree(i int) {
	v := &e.g.vertices[i]
	if v.head {
		e.open([]byte{opLoop, emptyType}, label{vertex: i, loop: true})
	}
	e.within(i, v.children)
	if v.head {
		e.close()
	}
}

// within writes a vertex and those that it dominates, with blocks around it at
// whose ends the merges among these, by rank, begin.
func (e *emitter) within(i int, merges []int) {
	if len(merges) == 0 {
		e.vertex(i)
		return
	}
	last := merges[len(merges)-1]
	e.open([]byte{opBlock, emptyType}, label{vertex: last})
	e.within(i, merges[:len(merges)-1])
	e.close()
	e.tree(last)
}

func (e *emitter) vertex(i int) {
	v := &e.g.vertices[i]
	if v.clear {
		e.out = append(e.out, opI32Const, 0, opLocalSet, pcB)
	}
	for _, s := range v.steps {
		e.nodes(s.code)
		switch {
		case s.to == nowhere:
		case e.placed(i, s.to):
			e.branch(opBrIf, e.labelOf(i, s.to))
		default:
			e.open([]byte{opIf, emptyType}, label{})
			e.tree(s.to)
			e.close()
		}
	}
	switch {
	case len(v.table) > 0:
		e.dispatch(i)
	case v.next == nowhere:
	case e.placed(i, v.next):
		l := e.labelOf(i, v.next)
		if l.loop || e.enclosing[len(e.enclosing)-1] != l { // else it is where the block ends
			e.branch(opBr, l)
		}
	default:
		e.tree(v.next)
	}
}

// placed reports whether an edge leads to a vertex by a branch: the others are
// written where the edge is.
func (e *emitter) placed(from, to int) bool {
	return e.g.vertices[to].merge || e.back(from, to)
}

func (e *emitter) back(from, to int) bool { return e.g.vertices[to].rank <= e.g.vertices[from].rank }

func (e *emitter) labelOf(from, to int) label { return label{vertex: to, loop: e.back(from, to)} }

func (e *emitter) branch(op byte, l label) {
	e.out = binary.AppendUvarint(append(e.out, op), uint64(e.depth(l)))
}

// depth counts how many constructs lie between here and the one of a label.
func (e *emitter) depth(l label) int {
	for d := range e.enclosing {
		if e.enclosing[len(e.enclosing)-1-d] == l {
			return d
		}
	}
	e.failed = true
	return 0
}

// dispatch writes the table of a vertex. No goroutine has a number that is not
// in it.
func (e *emitter) dispatch(i int) {
	v := &e.g.vertices[i]
	least, most := v.table[0].pc, v.table[0].pc
	to := map[int]int{}
	for _, d := range v.table {
		least, most = min(least, d.pc), max(most, d.pc)
		to[d.pc] = d.to
	}
	trap := label{vertex: nowhere}
	e.open([]byte{opBlock, emptyType}, trap)
	e.nodes([]node{get(pcB)})
	if least > 0 {
		e.out = append(appendSigned(append(e.out, opI32Const), least), 0x6b) // i32.sub
	}
	e.out = binary.AppendUvarint(append(e.out, opBrTable), uint64(most-least+1))
	for pc := least; pc <= most; pc++ {
		l := trap
		if t, ok := to[pc]; ok {
			l = e.labelOf(i, t)
		}
		e.out = binary.AppendUvarint(e.out, uint64(e.depth(l)))
	}
	e.out = binary.AppendUvarint(e.out, uint64(e.depth(trap)))
	e.close()
	e.out = append(e.out, opUnreachable)
}

// appendSigned appends a number that is not negative as a signed LEB128 number.
func appendSigned(b []byte, x int) []byte {
	for ; x > 0x3f; x >>= 7 {
		b = append(b, byte(x&0x7f|0x80))
	}
	return append(b, byte(x))
}

// nodes writes instructions as they are, but for the distances of branches.
func (e *emitter) nodes(list []node) {
	for i := range list {
		n := &list[i]
		switch n.op {
		case opBlock, opLoop, opIf:
			e.open(n.code, label{construct: int(n.arg)})
			e.nodes(n.body)
			if n.hasElse {
				e.out = append(e.out, opElse)
				e.nodes(n.otherwise)
			}
			e.close()
		case opBr, opBrIf:
			e.branch(n.op, n.to[0])
		case opBrTable:
			e.out = binary.AppendUvarint(append(e.out, opBrTable), uint64(len(n.to)-1))
			for _, l := range n.to {
				e.out = binary.AppendUvarint(e.out, uint64(e.depth(l)))
			}
		default:
			e.out = append(e.out, n.code...)
		}
	}
}
