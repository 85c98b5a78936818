package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strconv"
)

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
	r := reader{b: in}
	for len(r.b) > 0 {
		list = append(list, section{r.byte(), r.bytes()})
	}
	return list, r.err
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

// constant is the instruction by which the value of a global of a type begins.
func constant(kind byte) byte {
	if kind == i64 {
		return constI64
	}
	return constI32
}

func readGlobals(b []byte) (list []global, err error) {
	r := reader{b: b}
	for n := r.uint(); n > 0 && r.err == nil; n-- {
		g := global{kind: r.byte(), mutable: r.byte()}
		r.is(constant(g.kind))
		g.value = r.int()
		r.is(end)
		list = append(list, g)
	}
	return list, r.err
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
		out = append(appendVarint(append(out, g.kind, g.mutable, constant(g.kind)), g.value), end)
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
func exportGlobals(in []section) (out []section, err error) {
	var globals []global
	for _, s := range in {
		switch s.id {
		case globalSection:
			if globals, err = readGlobals(s.body); err != nil {
				return nil, err
			}
		case exportSection:
			r := reader{b: s.body}
			body := binary.AppendUvarint(nil, r.uint()+uint64(len(globals)))
			body = append(body, r.b...)
			for i := range globals {
				name := "global" + strconv.Itoa(i)
				body = append(binary.AppendUvarint(body, uint64(len(name))), name...)
				body = binary.AppendUvarint(append(body, globalKind), uint64(i))
			}
			if s.body, err = body, r.err; err != nil {
				return nil, err
			}
		}
		out = append(out, s)
	}
	return out, nil
}
