package main

import (
	"bytes"
	"regexp"
	"slices"
)

// In a program that has started, what initializes the packages never runs again.
// The linker calls it after the package, "path_of.init", with a number for each
// function of that name and for each variable that is a map.
var initializer = regexp.MustCompile(`(^|_)[a-z0-9]+\.(map\.)?init(\.[0-9]+)?$`)

// unreachable is a function that traps.
var unreachable = []byte{0, 0x00, end}

// dropInitializers makes those functions trap. The module has names of functions.
func dropInitializers(in []section) (out []section, err error) {
	imported, names, err := functions(in)
	if err != nil {
		return nil, err
	}
	for _, s := range in {
		if s.id == codeSection {
			s.body, err = replaceBodies(s.body, func(i uint64, body []byte) []byte {
				if initializer.MatchString(names[i+imported]) {
					return unreachable
				}
				return body
			})
			if err != nil {
				return nil, err
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// namesPrefix is how a section of names begins (Core Specification, 7.4.1).
var namesPrefix = []byte("\x04name")

func isNames(s section) bool { return s.id == customSection && bytes.HasPrefix(s.body, namesPrefix) }

// withoutNames is a module without names of functions.
func withoutNames(sections []section) []section { return slices.DeleteFunc(sections, isNames) }

// functionNames reads the names of functions by number, which come before all
// others.
func functionNames(b []byte) (map[uint64]string, error) {
	const functions = 1
	r := reader{b: b}
	if r.byte() != functions {
		return nil, errModule
	}
	r = reader{b: r.bytes()}
	names := map[uint64]string{}
	for range r.uint() {
		i := r.uint()
		names[i] = string(r.bytes())
	}
	return names, r.err
}

// countImports is how many functions a module imports, which have the first
// numbers. Go's modules import nothing else.
func countImports(b []byte) (uint64, error) {
	r := reader{b: b}
	n := r.uint()
	for range n {
		r.bytes()
		r.bytes()
		if r.byte() != functionKind {
			return 0, errModule
		}
		r.uint()
	}
	return n, r.err
}
