package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
)

// The runtime can say of which line of which file an instruction is. That is more
// than a tenth of a program as it is sent, and only what a crash prints needs it.
// There, names of functions stay, with the distance of the instruction from the
// function's beginning, by which a build that has the lines says the rest.
//
// All tables by instruction lie in one, pctab, and each is written once. Those that
// the runtime needs, of the stack's height, of live pointers and of what is inlined,
// move together; those of lines and files go, and so do the lists of files and the
// lines at which functions begin.

var errLines = errors.New("the runtime's tables by instruction are not as they were")

// headerMagic begins runtime.pcHeader: a number for Go since 1.20, two zeros, the
// size of the smallest instruction and of a pointer.
const headerMagic = "\xf1\xff\xff\xff\x00\x00\x01\x08"

// Bytes of runtime.pcHeader, runtime._func, runtime.moduledata and runtime.inlinedCall.
const (
	headerFuncs                                                = 8
	headerNames, headerUnits, headerFiles, headerTab, headerPC = 32, 40, 48, 56, 64
	headerSize                                                 = 72

	funcName, funcStack, funcFile, funcLine, funcTables, funcUnit, funcStart, funcData = 4, 16, 20, 24, 28, 32, 36, 43
	funcSize                                                                           = 44

	inlinedTable, inlinedTree = 2, 3 // abi.PCDATA_InlTreeIndex, abi.FUNCDATA_InlTree
	inlinedSize, inlinedStart = 16, 12

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
	functions := t.uint64(t.header + headerFuncs)
	start := t.header + t.uint64(t.header+headerPC)
	for i := range functions {
		f := start + uint64(t.uint32(start+8*i+4))
		t.clearStarts(f)
		for _, field := range []uint64{funcFile, funcLine, funcUnit, funcStart} {
			t.set(f+field, 0)
		}
		move(f + funcStack)
		for n := range uint64(t.uint32(f + funcTables)) {
			if move(f + funcSize + 4*n); t.err != nil {
				break
			}
		}
		if t.err != nil {
			return t.err
		}
	}
	clear(t.between(headerUnits, headerTab))
	pctab := t.between(headerTab, headerPC)
	clear(pctab[copy(pctab, compact):])
	return t.err
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

// clearStarts clears the lines at which what is inlined into a function begins.
func (t *runtimeTables) clearStarts(f uint64) {
	tables := uint64(t.uint32(f + funcTables))
	if tables <= inlinedTable || t.byte(f+funcData) <= inlinedTree {
		return
	}
	_, calls := t.table(t.uint32(f + funcSize + 4*inlinedTable))
	tree := t.uint32(f + funcSize + 4*tables + 4*inlinedTree)
	names := t.uint64(t.header+headerUnits) - headerSize
	if calls == 0 || tree == math.MaxUint32 {
		return
	}
	for i := range calls {
		call := t.gofunc + uint64(tree) + inlinedSize*i
		if uint64(t.uint32(call+funcName)) >= names {
			t.fail()
		}
		if t.set(call+inlinedStart, 0); t.err != nil {
			return
		}
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
