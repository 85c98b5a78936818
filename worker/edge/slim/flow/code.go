package flow

// Instructions (WebAssembly Core Specification 2.0, 5.4).
const (
	opUnreachable  = 0x00
	opBlock        = 0x02
	opLoop         = 0x03
	opIf           = 0x04
	opElse         = 0x05
	opEnd          = 0x0b
	opBr           = 0x0c
	opBrIf         = 0x0d
	opBrTable      = 0x0e
	opReturn       = 0x0f
	opCall         = 0x10
	opCallIndirect = 0x11
	opLocalGet     = 0x20
	opLocalSet     = 0x21
	opLocalTee     = 0x22
	opGlobalGet    = 0x23
	opGlobalSet    = 0x24
	opI32Load      = 0x28
	opI64Store32   = 0x3e
	opMemorySize   = 0x3f
	opMemoryGrow   = 0x40
	opI32Const     = 0x41
	opI64Const     = 0x42
	opF32Const     = 0x43
	opF64Const     = 0x44
	opI64Extend32  = 0xc4
	opPrefix       = 0xfc

	emptyType = 0x40
)

// Instructions after opPrefix.
const (
	truncSatLast = 7
	memoryCopy   = 10
	memoryFill   = 11
)

// A node is an instruction; block, loop and if have those that they contain.
type node struct {
	op   byte
	code []byte // as it is written, of a construct up to its type
	arg  uint64 // of an instruction with one number, unless negative

	body      []node
	otherwise []node // of an if
	hasElse   bool
	to        []label // of branches
}

// A label is what a branch can lead to: a construct of the function as it was, by
// its number, or where a vertex of the graph begins.
type label struct {
	construct int // 1 + its number
	vertex    int
	loop      bool
}

// parser reads an expression; after an error all is over.
type parser struct {
	b          []byte
	bad        bool
	enclosing  []label
	constructs int
}

func (p *parser) byte() byte {
	if len(p.b) == 0 {
		p.bad = true
		return opEnd
	}
	c := p.b[0]
	p.b = p.b[1:]
	return c
}

func (p *parser) skip(n int) {
	if n > len(p.b) {
		p.bad, n = true, len(p.b)
	}
	p.b = p.b[n:]
}

// number reads an LEB128 number; a signed one is right if it is not negative.
func (p *parser) number() (x uint64) {
	for shift := 0; ; shift += 7 {
		c := p.byte()
		x |= uint64(c&0x7f) << shift
		if c < 0x80 || shift > 63 {
			return x
		}
	}
}

// sequence reads instructions up to an end or else, which it returns.
func (p *parser) sequence() (list []node, last byte) {
	for !p.bad {
		start := p.b
		n := node{op: p.byte()}
		if n.op == opEnd || n.op == opElse {
			return list, n.op
		}
		p.operands(&n)
		if n.code == nil {
			n.code = start[:len(start)-len(p.b)]
		}
		list = append(list, n)
	}
	return list, opEnd
}

func (p *parser) operands(n *node) {
	switch op := n.op; {
	case op == opBlock || op == opLoop || op == opIf:
		p.construct(n)
	case op == opBr || op == opBrIf:
		n.to = []label{p.target()}
	case op == opBrTable:
		for range p.number() {
			if n.to = append(n.to, p.target()); p.bad {
				return
			}
		}
		n.to = append(n.to, p.target())
	case op == opCall || op >= opLocalGet && op <= opGlobalSet || op == opI32Const || op == opI64Const:
		n.arg = p.number()
	case op == opCallIndirect || op >= opI32Load && op <= opI64Store32:
		p.number()
		p.number()
	case op == opMemorySize || op == opMemoryGrow:
		p.skip(1)
	case op == opF32Const:
		p.skip(4)
	case op == opF64Const:
		p.skip(8)
	case op == opPrefix:
		p.prefixed()
	case op <= 0x01 || op == opReturn || op == 0x1a || op == 0x1b || op > opF64Const && op <= opI64Extend32:
		// They have no operands.
	default:
		p.bad = true
	}
}

func (p *parser) prefixed() {
	switch n := p.number(); {
	case n <= truncSatLast:
	case n == memoryCopy:
		p.skip(2)
	case n == memoryFill:
		p.skip(1)
	default:
		p.bad = true
	}
}

func (p *parser) construct(n *node) {
	kind := p.byte()
	n.code = []byte{n.op, kind}
	if kind < emptyType { // a type by its number, which Go does not write
		p.bad = true
	}
	p.constructs++
	n.arg = uint64(p.constructs)
	p.enclosing = append(p.enclosing, label{construct: p.constructs})
	var last byte
	n.body, last = p.sequence()
	if last == opElse {
		n.hasElse = true
		if n.otherwise, last = p.sequence(); last != opEnd {
			p.bad = true
		}
	}
	p.enclosing = p.enclosing[:len(p.enclosing)-1]
}

// target reads where a branch leads.
func (p *parser) target() label {
	i := len(p.enclosing) - 1 - int(p.number())
	if i < 0 {
		p.bad = true // the function itself, which Go leaves by return
		return label{}
	}
	return p.enclosing[i]
}

// anyOf reports whether one of the nodes, or of those that they contain, is so.
func anyOf(list []node, is func(*node) bool) bool {
	for i := range list {
		if n := &list[i]; is(n) || anyOf(n.body, is) || anyOf(n.otherwise, is) {
			return true
		}
	}
	return false
}
