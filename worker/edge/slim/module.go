package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
)

var errModule = errors.New("not a WebAssembly module as Go writes it")

// section is a part of a module, without its number and length.
type section struct {
	id   byte
	body []byte
}

const preamble = "\x00asm\x01\x00\x00\x00"

// Sections by number (WebAssembly Core Specification 2.0, 5.5.2).
const (
	customSection = 0
	importSection = 2
	memorySection = 5
	globalSection = 6
	exportSection = 7
	codeSection   = 10
	dataSection   = 11
)

// readSections takes a module apart.
func readSections(module []byte) (list []section, err error) {
	in, ok := bytes.CutPrefix(module, []byte(preamble))
	if !ok {
		return nil, errModule
	}
	for len(in) > 0 {
		size, n := binary.Uvarint(in[1:])
		if n <= 0 || size > uint64(len(in)-1-n) {
			return nil, errModule
		}
		end := 1 + n + int(size)
		list = append(list, section{in[0], in[1+n : end]})
		in = in[end:]
	}
	return list, nil
}

// appendSections is the module of which the sections are.
func appendSections(list []section) []byte {
	out := []byte(preamble)
	for _, s := range list {
		out = append(binary.AppendUvarint(append(out, s.id), uint64(len(s.body))), s.body...)
	}
	return out
}

// Instructions and types that globals have.
const (
	i32, i64           = 0x7f, 0x7e
	constI32, constI64 = 0x41, 0x42
	end                = 0x0b
	functionKind       = 0
	globalKind         = 3
)

// A global is a variable of the module, of one of the two integer types.
type global struct {
	kind, mutable byte
	value         int64
}

func readGlobals(b []byte) ([]global, error) {
	count, n := binary.Uvarint(b)
	if n <= 0 {
		return nil, errModule
	}
	b = b[n:]
	var list []global
	for range count {
		if len(b) < 4 || !(b[0] == i32 && b[2] == constI32 || b[0] == i64 && b[2] == constI64) {
			return nil, fmt.Errorf("%w: a global of another type", errModule)
		}
		value, n := varint(b[3:])
		if n == 0 || len(b) < 4+n || b[3+n] != end {
			return nil, errModule
		}
		list = append(list, global{b[0], b[1], value})
		b = b[4+n:]
	}
	return list, nil
}

// setGlobals is a section of globals with other values, decimal.
func setGlobals(body []byte, values []string) ([]byte, error) {
	list, err := readGlobals(body)
	if err != nil {
		return nil, err
	}
	if len(list) != len(values) {
		return nil, fmt.Errorf("%d values for %d globals", len(values), len(list))
	}
	out := binary.AppendUvarint(nil, uint64(len(list)))
	for i, g := range list {
		if g.value, err = strconv.ParseInt(values[i], 10, 64); err != nil {
			return nil, err
		}
		constant := byte(constI32)
		if g.kind == i64 {
			constant = constI64
		}
		out = append(appendVarint(append(out, g.kind, g.mutable, constant), g.value), end)
	}
	return out, nil
}

// Exports of a program: where it starts, and what it does instead when it has been
// started: see package started.
const runExport, reseedExport = "run", "postil_reseed"

// replaceRun is a section of exports in which run is what was postil_reseed.
func replaceRun(body []byte) ([]byte, error) {
	type export struct {
		name  string
		kind  byte
		index uint64
	}
	r := reader{b: body}
	var list []export
	var reseed *export
	for range r.uint() {
		x := export{string(r.bytes()), r.byte(), r.uint()}
		if x.name == reseedExport {
			reseed = &x
		} else if r.err == nil {
			list = append(list, x)
		}
	}
	if r.err != nil || reseed == nil {
		return nil, fmt.Errorf("%w: does it import package started?", errModule)
	}
	out := binary.AppendUvarint(nil, uint64(len(list)))
	for _, x := range list {
		if x.name == runExport {
			x.index = reseed.index
		}
		out = append(binary.AppendUvarint(out, uint64(len(x.name))), x.name...)
		out = binary.AppendUvarint(append(out, x.kind), x.index)
	}
	return out, nil
}

// exportGlobals is the module with its globals among what it exports, by the
// names global0 and so on.
func exportGlobals(in []section) (out []section, n int, err error) {
	for _, s := range in {
		switch s.id {
		case globalSection:
			list, err := readGlobals(s.body)
			if err != nil {
				return nil, 0, err
			}
			n = len(list)
		case exportSection:
			count, size := binary.Uvarint(s.body)
			if size <= 0 {
				return nil, 0, errModule
			}
			body := binary.AppendUvarint(nil, count+uint64(n))
			body = append(body, s.body[size:]...)
			for i := range n {
				name := "global" + strconv.Itoa(i)
				body = append(binary.AppendUvarint(body, uint64(len(name))), name...)
				body = binary.AppendUvarint(append(body, globalKind), uint64(i))
			}
			s.body = body
		}
		out = append(out, s)
	}
	return slices.Clip(out), n, nil
}
