package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
)

// To find the function that an address belongs to, the runtime has a table with
// an entry for each 4,096 bytes of code. Under WebAssembly an address is the
// function's number and 16 bits more, so that 16 entries in a row say what the
// address says itself: two megabytes, a sixth of a program, to be copied at every
// start. The runtime gets a findfunc that asks the address, and the table goes.
const (
	findFile = "runtime/symtab.go"

	findByTable = `	x := uintptr(pcOff) + datap.text - datap.minpc // TODO: are datap.text and datap.minpc always equal?
	if GOARCH == "wasm" {
		// On Wasm, pcOff is the function index, whereas
		// the "PC" is function index << 16 + block index.
		x = uintptr(pcOff)<<16 + datap.text - datap.minpc
	}
	b := x / abi.FuncTabBucketSize
	i := x % abi.FuncTabBucketSize / (abi.FuncTabBucketSize / nsub)

	ffb := (*findfuncbucket)(add(unsafe.Pointer(datap.findfunctab), b*unsafe.Sizeof(findfuncbucket{})))
	idx := ffb.idx + uint32(ffb.subbuckets[i])
`
	findByNumber = "\tidx := uint32((uintptr(pcOff)<<16 + datap.text - datap.minpc) >> 16)\n"
)

// writeFindfunc puts such a function in the place of Go's.
func writeFindfunc(work, goroot string, replace map[string]string) error {
	original := filepath.Join(goroot, "src", findFile)
	src, err := os.ReadFile(original)
	if err != nil {
		return err
	}
	edited, err := apply([]edit{{findFile, findByTable, findByNumber, 1}}, findFile, src)
	if err != nil {
		return err
	}
	replace[original] = filepath.Join(work, findFile)
	return write(filepath.Join(work, findFile), edited)
}

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
