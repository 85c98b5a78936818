package main

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// To find the function that an address belongs to, the runtime has a table with
// an entry for each 4,096 bytes of code. Under WebAssembly an address is the
// function's number and 16 bits more, so that 16 entries in a row say what the
// address says itself: two megabytes, a sixth of a program, to be copied at every
// start. The runtime gets a findfunc that asks the address, and the table goes.
var findfunc = edit{"runtime/symtab.go", `	b := x / abi.FuncTabBucketSize
	i := x % abi.FuncTabBucketSize / (abi.FuncTabBucketSize / nsub)

	ffb := (*findfuncbucket)(add(unsafe.Pointer(datap.findfunctab), b*unsafe.Sizeof(findfuncbucket{})))
	idx := ffb.idx + uint32(ffb.subbuckets[i])
`, "\tidx := uint32(x >> 16)\n", 1}

const (
	perFunction = 16 // entries of the table
	entrySize   = 4 + 16
)

// functionEntries is what the table has for a function.
func functionEntries(n int) []byte {
	entry := binary.LittleEndian.AppendUint32(nil, uint32(n))
	return bytes.Repeat(append(entry, make([]byte, entrySize-len(entry))...), perFunction)
}

// clearTable fills the table with zeros. It must be there once and say of each
// function what its number says.
func clearTable(memory []byte) error {
	mark := append(functionEntries(1), functionEntries(2)...)
	at := bytes.Index(memory, mark)
	if at < 0 || bytes.Contains(memory[at+1:], mark) {
		return errors.New("the runtime's table of functions is not as it was")
	}
	for n := 1; bytes.HasPrefix(memory[at:], functionEntries(n)); n++ {
		clear(memory[at : at+perFunction*entrySize])
		at += perFunction * entrySize
	}
	return nil
}
