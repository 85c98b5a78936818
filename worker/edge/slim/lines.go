package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"iter"
	"math"
)

// The runtime can say of which line of which file an instruction is, and of which
// function that was inlined there. That is a seventh of a program as it is sent, and
// only what a crash prints needs it. There, names of functions stay, with the distance of
// the instruction from the function's beginning, by which a build that has the lines
// says the rest.
//
// All tables by instruction lie in one, pctab, and each is written once. Those that
// the runtime needs, of the stack's height and of live pointers, move together; those
// of lines, files and what is inlined go, and so do the lists of files, the lines at
// which functions begin, the names that only what is inlined has, and the trees of it.
// So does the table of where a signal may stop a goroutine: there are no signals.
// A wrapper keeps its tree: by it recover counts the functions that it is called by.

var errLines = errors.New("the runtime's tables by instruction are not as they were")

// headerMagic begins runtime.pcHeader: a number for Go since 1.20, two zeros, the
// size of the smallest instruction and of a pointer.
const headerMagic = "\xf1\xff\xff\xff\x00\x00\x01\x08"

// Bytes of runtime.pcHeader, runtime._func, runtime.moduledata and runtime.inlinedCall.
const (
	headerFuncs                                                = 8
	headerNames, headerUnits, headerFiles, headerTab, headerPC = 32, 40, 48, 56, 64
	headerSize                                                 = 72

	funcName, funcStack, funcFile, funcLine, funcTables, funcUnit, funcStart, funcID, funcData = 4, 16, 20, 24, 28, 32, 36, 40, 43
	funcSize                                                                                   = 44

	wrapper                                = 23   // abi.FuncIDWrapper
	unsafeTable                            = 0    // abi.PCDATA_UnsafePoint
	inlinedTable, inlinedTree              = 2, 3 // abi.PCDATA_InlTreeIndex, abi.FUNCDATA_InlTree
	inlinedName, inlinedStart, inlinedSize = 4, 12, 16

	moduleData = 40 * 8 // moduledata.gofunc
)

// runtimeTables are the runtime's tables in a program's memory.
type runtimeTables struct {
	memory []byte
	header uint64 // where they begin
	gofunc uint64
	pctab  []byte // as the linker wrote it
	err    error
}

// clearLines takes lines and files away from a program's memory, in place.
func clearLines(memory []byte) error {
	t, err := findTables(memory)
	if err != nil {
		return err
	}
	t.clearInlined()
	compact, moved := []byte{0}, map[uint32]uint32{0: 0}
	move := func(at uint64) {
		from := t.uint32(at)
		if _, ok := moved[from]; !ok {
			table, _ := t.table(from)
			moved[from] = uint32(len(compact))
			compact = append(compact, table...)
		}
		t.set(at, moved[from])
	}
	for f := range t.functions() {
		for _, field := range []uint64{funcFile, funcLine, funcUnit, funcStart} {
			t.set(f+field, 0)
		}
		tables := uint64(t.uint32(f + funcTables))
		if tables > unsafeTable {
			t.set(f+funcSize+4*unsafeTable, 0)
		}
		move(f + funcStack)
		for n := range tables {
			if move(f + funcSize + 4*n); t.err != nil {
				break
			}
		}
	}
	clear(t.between(headerUnits, headerTab))
	pctab := t.between(headerTab, headerPC)
	clear(pctab[copy(pctab, compact):])
	return t.err
}

// functions are the addresses of all, until there is an error.
func (t *runtimeTables) functions() iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		start := t.header + t.uint64(t.header+headerPC)
		for i := range t.uint64(t.header + headerFuncs) {
			f := start + uint64(t.uint32(start+8*i+4))
			if t.err != nil || !yield(f) {
				return
			}
		}
	}
}

// findTables finds the tables by their header, of which there must be one.
func findTables(memory []byte) (*runtimeTables, error) {
	at := bytes.Index(memory, []byte(headerMagic))
	if at < 0 || bytes.Contains(memory[at+1:], []byte(headerMagic)) || len(memory) > math.MaxInt32 {
		return nil, errLines
	}
	t := &runtimeTables{memory: memory, header: uint64(at)}
	if t.uint64(t.header+headerNames) != headerSize {
		return nil, errLines
	}
	mark := binary.LittleEndian.AppendUint64(nil, t.header)
	mark = binary.LittleEndian.AppendUint64(mark, t.header+headerSize)
	module := bytes.Index(memory, mark)
	if module < 0 || bytes.Contains(memory[module+1:], mark) {
		return nil, errLines
	}
	t.gofunc = t.uint64(uint64(module) + moduleData)
	t.pctab = bytes.Clone(t.between(headerTab, headerPC))
	return t, t.err
}

// clearInlined takes away what is inlined into which function, with the names, but for
// wrappers. Functions may share a tree.
func (t *runtimeTables) clearInlined() {
	named, kept := map[uint32]bool{}, map[uint32]bool{}
	dropped := map[uint32]uint64{} // how many calls a tree has
	for f := range t.functions() {
		named[t.uint32(f+funcName)] = true
		at, calls := t.inlined(f)
		if calls == 0 {
			continue
		}
		tree := t.uint32(at)
		first := t.gofunc + uint64(tree)
		if t.byte(f+funcID) != wrapper {
			t.set(f+funcSize+4*inlinedTable, 0)
			t.set(at, math.MaxUint32)
			dropped[tree] = calls
			continue
		}
		kept[tree] = true
		for i := range calls {
			named[t.uint32(first+inlinedSize*i+inlinedName)] = true
			t.set(first+inlinedSize*i+inlinedStart, 0)
		}
	}
	for tree, calls := range dropped {
		if !kept[tree] {
			clear(t.at(t.gofunc+uint64(tree), inlinedSize*calls))
		}
	}
	t.clearNames(named)
}

// inlined is where a function has the offset of its tree, and the number of calls in it.
func (t *runtimeTables) inlined(f uint64) (at, calls uint64) {
	tables := uint64(t.uint32(f + funcTables))
	if tables <= inlinedTable || t.byte(f+funcData) <= inlinedTree {
		return 0, 0
	}
	_, calls = t.table(t.uint32(f + funcSize + 4*inlinedTable))
	at = f + funcSize + 4*tables + 4*inlinedTree
	if t.uint32(at) == math.MaxUint32 {
		return 0, 0
	}
	names := t.uint64(t.header+headerUnits) - headerSize
	for i := range calls {
		if t.err != nil {
			return 0, 0
		}
		if uint64(t.uint32(t.gofunc+uint64(t.uint32(at))+inlinedSize*i+inlinedName)) >= names {
			t.fail()
		}
	}
	return at, calls
}

// clearNames clears the names but those at some offsets; each ends with a zero.
func (t *runtimeTables) clearNames(named map[uint32]bool) {
	names, found := t.between(headerNames, headerUnits), 0
	for at := 0; at < len(names); {
		size := bytes.IndexByte(names[at:], 0) + 1
		switch {
		case size == 0:
			size = len(names) - at
		case named[uint32(at)]:
			found++
		default:
			clear(names[at : at+size])
		}
		at += size
	}
	if found != len(named) {
		t.fail()
	}
}

// table is the table at an offset in pctab, and how many values from 0 on it may have:
// pairs of how much the value and the address differ from the last, to a zero.
func (t *runtimeTables) table(at uint32) (table []byte, values uint64) {
	if at == 0 {
		return nil, 0 // there is none
	}
	if uint64(at) > uint64(len(t.pctab)) {
		t.fail()
		return nil, 0
	}
	r := reader{b: t.pctab[at:]}
	value := int64(-1)
	for first := true; ; first = false {
		x := r.uint()
		if r.err != nil {
			t.fail()
			return nil, 0
		}
		if x == 0 && !first {
			return t.pctab[at : len(t.pctab)-len(r.b)], values
		}
		value += int64(x>>1) ^ -int64(x&1)
		values = uint64(max(int64(values), value+1))
		r.uint()
	}
}

// between is what lies between two tables, whose offsets the header has at from and to.
func (t *runtimeTables) between(from, to uint64) []byte {
	lo, hi := t.header+t.uint64(t.header+from), t.header+t.uint64(t.header+to)
	if lo > hi || hi > uint64(len(t.memory)) {
		t.fail()
		return nil
	}
	return t.memory[lo:hi]
}

func (t *runtimeTables) fail() { t.err = errLines }

// at is memory at an address; n bytes of zeros if it is outside.
func (t *runtimeTables) at(at, n uint64) []byte {
	if size := uint64(len(t.memory)); at > size || n > size-at {
		t.fail()
		return make([]byte, n)
	}
	return t.memory[at : at+n]
}

func (t *runtimeTables) byte(at uint64) byte     { return t.at(at, 1)[0] }
func (t *runtimeTables) uint32(at uint64) uint32 { return binary.LittleEndian.Uint32(t.at(at, 4)) }
func (t *runtimeTables) uint64(at uint64) uint64 { return binary.LittleEndian.Uint64(t.at(at, 8)) }
func (t *runtimeTables) set(at uint64, x uint32) { binary.LittleEndian.PutUint32(t.at(at, 4), x) }
