package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// A snapshot is a program that has started already. Go's runtime and the
// packages take as long to initialize as an article to annotate, at every start
// the same; most of it is V8 compiling functions that run only once. A Go program
// that waits keeps nothing on WebAssembly's stack: all that it has come to is in
// its memory, in the module's globals and in what wasm_exec.js knows of
// JavaScript's objects. capture.mjs runs the program up to there; here its memory
// becomes the module's data, in which restore.mjs reads about the objects. A host
// starts it as any program of Go's, and has to restore the objects only if the
// program uses them.

// What restore.mjs reads stands, after its length, below the data of Go's linker,
// where wasm_exec.js puts the arguments of a program. These take some bytes from
// 4096 on. (A section of its own would be lost where modules are stripped.)
const (
	knownAt   = 8192
	leastData = 4096 + 8192 // wasmMinDataAddr
)

// captured is what capture.mjs writes before the memory.
type captured struct {
	Globals []string        `json:"globals"` // decimal, in the order of the module
	Objects json.RawMessage `json:"objects"` // what restore.mjs needs, as it is
}

// snapshot makes of a program one that has started; the program has names of
// functions. A module to take its memory from is written to a file, and removed.
func snapshot(root, file string, sections []section) ([]section, error) {
	exported, err := exportGlobals(sections)
	if err != nil {
		return nil, err
	}
	defer os.Remove(file)
	if err := os.WriteFile(file, appendSections(exported), 0o666); err != nil {
		return nil, err
	}
	state, memory, err := capture(root, file)
	if err != nil {
		return nil, err
	}
	if sections, err = started(sections, state, memory); err != nil {
		return nil, err
	}
	return dropInitializers(sections)
}

// capture runs a program until it waits.
func capture(root, file string) (state captured, memory []byte, err error) {
	cmd := exec.Command("node", filepath.Join(root, "worker/edge/slim/capture.mjs"), file)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return state, nil, fmt.Errorf("starting the program to take its memory: %w", err)
	}
	head, memory, found := bytes.Cut(out, []byte("\n"))
	if !found {
		return state, nil, fmt.Errorf("capture.mjs wrote no memory")
	}
	return state, memory, json.Unmarshal(head, &state)
}

// started is the module with what its program has come to.
func started(in []section, state captured, memory []byte) (out []section, err error) {
	if len(state.Objects) > leastData-knownAt-4 || len(memory) < leastData {
		return nil, fmt.Errorf("%d bytes about objects have no place in a memory of %d", len(state.Objects), len(memory))
	}
	binary.LittleEndian.PutUint32(memory[knownAt:], uint32(len(state.Objects)))
	copy(memory[knownAt+4:], state.Objects)
	for _, s := range in {
		switch s.id {
		case memorySection:
			s.body = appendMemory(len(memory) / pageSize)
		case exportSection:
			if s.body, err = replaceRun(s.body); err != nil {
				return nil, err
			}
		case globalSection:
			if s.body, err = setGlobals(s.body, state.Globals); err != nil {
				return nil, err
			}
		case dataSection:
			s.body = appendSegments(nil, segmentsOf(memory))
		}
		out = append(out, s)
	}
	return out, nil
}

const pageSize = 64 << 10

// appendMemory is a memory section of one memory with so many pages at first.
func appendMemory(pages int) []byte { return binary.AppendUvarint([]byte{1, 0}, uint64(pages)) }
