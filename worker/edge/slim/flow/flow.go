// Package flow gives functions that Go compiled to WebAssembly their loops and
// branches back.
//
// WebAssembly has no jumps. What Go's compiler writes for one is a loop around the
// whole function, at whose head a table leads to the basic block of which a local
// variable, PC_B, has the number; so that a goroutine can go on in the middle of a
// function as well, whose number then comes as the argument. To an engine that
// compiles it, every jump is one to anywhere: it keeps no value in a register
// across one and sees no loop (golang.org/issue/65440, crbug.com/v8/11237).
//
// Here the basic blocks are found again and put in order with block, loop and if,
// by the recursion over the dominator tree of Norman Ramsey, "Beyond Relooper",
// ICFP 2022. A goroutine can go on behind a call only. From the function's head a
// branch leads there that is not taken otherwise; behind calls that are in a loop
// it leads through the loop's head, so that loops keep one entry. What a function
// does, the numbers that it leaves on the stack and the tables of the runtime stay
// as they were.
//
// A function that is not of the form that Go's compiler writes or that defers calls
// stays as it is, and so does one where most would have to be copied to give each
// loop one entry: see split.go.
package flow

// Structure returns the code of a function, its locals and its expression, with
// structure, or nil if it stays as it is. Deferreturn is the number of
// runtime.deferreturn, which can be called by a panic that has been recovered
// from, and so in the middle of a function.
func Structure(code []byte, deferreturn uint64) []byte {
	f, ok := parse(code)
	if !ok || f.calls(deferreturn) {
		return nil
	}
	blocks, ok := f.blocks()
	if !ok {
		return nil
	}
	g := newGraph(blocks)
	for room := len(code); !g.order(); {
		if !g.split(&room) {
			return nil
		}
	}
	if !g.addResumes(f.table) {
		return nil
	}
	g.tree()
	return g.emit(f)
}
