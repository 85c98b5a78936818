package main

import (
	"encoding/binary"
	"fmt"

	"postil/worker/edge/slim/flow"
)

// structure gives the functions of a module their loops and branches back. The
// module has names of functions.
func structure(sections []section) error {
	deferreturn, err := numberOf("runtime.deferreturn", sections)
	if err != nil {
		return err
	}
	for i := range sections {
		if s := &sections[i]; s.id == codeSection {
			s.body, err = replaceBodies(s.body, func(_ uint64, body []byte) []byte {
				if b := flow.Structure(body, deferreturn); b != nil {
					return b
				}
				return body
			})
		}
	}
	return err
}

// numberOf is the number of the function with a name.
func numberOf(function string, sections []section) (uint64, error) {
	_, names, err := functions(sections)
	if err != nil {
		return 0, err
	}
	for i, name := range names {
		if name == function {
			return i, nil
		}
	}
	return 0, fmt.Errorf("%w: it has no function named %s", errModule, function)
}

// functions are how many functions a module imports and the names of all.
func functions(sections []section) (imported uint64, names map[uint64]string, err error) {
	for _, s := range sections {
		switch {
		case s.id == importSection:
			imported, err = countImports(s.body)
		case isNames(s):
			names, err = functionNames(s.body[len(namesPrefix):])
		}
		if err != nil {
			return 0, nil, err
		}
	}
	return imported, names, nil
}

// replaceBodies is a section of code with other bodies of the functions.
func replaceBodies(b []byte, change func(i uint64, body []byte) []byte) ([]byte, error) {
	r := reader{b: b}
	n := r.uint()
	out := binary.AppendUvarint(nil, n)
	for i := range n {
		body := change(i, r.bytes())
		out = append(binary.AppendUvarint(out, uint64(len(body))), body...)
	}
	return out, r.err
}
