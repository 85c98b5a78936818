package flow

import "slices"

// pcB is the local variable with the number of the basic block to go on at: the
// argument. Between jumps Go's compiler also keeps other numbers in it for a
// moment, before it calls a function by its number.
const pcB = 0

// A function is one as Go's compiler writes it:
//
//	local SP = global SP
//	block exit                    if it calls any
//	  loop entry
//	    block … block             one more than there are marks
//	      PC_B, br_table          PC_B to blocks
//	    end, first basic block, end, second basic block, …
//	  end
//	  unreachable
//	end
//	i32.const 1
//
// To jump it sets PC_B and branches to entry.
type function struct {
	locals   []byte // as they are declared
	head     []node
	exit     *node // nil if it has none
	entry    label
	table    []int // basic blocks by PC_B
	segments [][]node
	tail     []node
}

// parse reads a function; ok is false if it is not of that form.
func parse(code []byte) (f *function, ok bool) {
	p := parser{b: code}
	for range p.number() {
		p.number()
		if p.skip(1); p.bad {
			return nil, false
		}
	}
	f = &function{locals: code[:len(code)-len(p.b)]}
	list, last := p.sequence()
	if p.bad || last != opEnd || len(p.b) > 0 {
		return nil, false
	}
	i := slices.IndexFunc(list, func(n node) bool { return n.op == opBlock || n.op == opLoop })
	if i < 0 {
		return nil, false
	}
	f.head, list = list[:i], list[i:]
	if list[0].op == opBlock {
		f.exit, f.tail = &list[0], list[1:]
		list = f.exit.body
	}
	if len(list) != 2 || list[0].op != opLoop || list[1].op != opUnreachable {
		return nil, false
	}
	f.entry = label{construct: int(list[0].arg)}
	return f, f.split(list[0].body)
}

// split takes the loop's body apart.
func (f *function) split(body []node) bool {
	var marks []label // of the blocks, outermost first
	for {
		if len(body) == 0 {
			return false
		}
		if body[0].op != opBlock {
			break
		}
		marks = append(marks, label{construct: int(body[0].arg)})
		f.segments = append(f.segments, body[1:])
		body = body[0].body
	}
	if len(marks) == 0 || len(body) != 2 || !body[0].is(opLocalGet, pcB) || body[1].op != opBrTable {
		return false
	}
	slices.Reverse(marks)
	slices.Reverse(f.segments)
	for _, to := range body[1].to {
		i := slices.Index(marks, to)
		if i < 0 {
			return false
		}
		f.table = append(f.table, i)
	}
	return true
}

func (n *node) is(op byte, arg uint64) bool { return n.op == op && n.arg == arg }

// calls reports whether it calls the function of that number.
func (f *function) calls(number uint64) bool {
	return slices.ContainsFunc(f.segments, func(s []node) bool {
		return anyOf(s, func(n *node) bool { return n.is(opCall, number) })
	})
}

// A step is code, and, unless to is nowhere, a condition that it leaves on the
// stack: if that is not 0 it goes on at another block.
type step struct {
	code []node
	to   int
}

const nowhere = -1

// A block is a basic block, but that it can be left in the middle.
type block struct {
	steps  []step
	next   int  // nowhere if it ends by itself
	resume bool // a goroutine can go on here, behind a call
}

// blocks are the segments with their jumps; ok is false if one cannot be told.
func (f *function) blocks() (list []block, ok bool) {
	list = make([]block, len(f.segments))
	for i, s := range f.segments {
		b := &list[i]
		if b.next = i + 1; b.next == len(list) {
			b.next = nowhere
		}
		from := 0
		for j := 0; j < len(s); j++ {
			n := &s[j]
			switch {
			case n.op == opIf && !n.hasElse && len(n.body) == 3 && f.jumps(n.body):
				b.steps = append(b.steps, step{s[from:j], f.target(n.body)})
				from = j + 1
			case n.op == opBr && f.leadsTo(n, f.entry):
				if j < 2 || from > j-2 || !f.jumps(s[j-2:j+1]) || j != len(s)-1 {
					return nil, false
				}
				b.next = f.target(s[j-2:])
				s = s[:j-2]
			case n.op == opBrIf && f.exit != nil && f.leadsTo(n, label{construct: int(f.exit.arg)}):
				if j != len(s)-1 || i+1 == len(list) {
					return nil, false
				}
				list[i+1].resume = true
			case n.op == opReturn || n.op == opUnreachable:
				if j != len(s)-1 {
					return nil, false
				}
				b.next = nowhere
			}
		}
		b.steps = append(b.steps, step{s[from:], nowhere})
		for _, st := range b.steps {
			if anyOf(st.code, func(n *node) bool { return slices.Contains(n.to, f.entry) }) {
				return nil, false
			}
		}
	}
	return list, true
}

func (f *function) leadsTo(n *node, to label) bool { return len(n.to) == 1 && n.to[0] == to }

// jumps reports whether three instructions are a jump.
func (f *function) jumps(s []node) bool {
	return s[0].op == opI32Const && s[0].arg < uint64(len(f.table)) && s[1].is(opLocalSet, pcB) && s[2].op == opBr && f.leadsTo(&s[2], f.entry)
}

// target is the block to which they jump.
func (f *function) target(s []node) int { return f.table[s[0].arg] }
