//go:build searchless

package abi

import "postil"

// A module that only annotates is half as large. Its other calls say so.

func search() call               { return leftOut() }
func suggest() call              { return leftOut() }
func mentions() call             { return leftOut() }
func related() call              { return leftOut() }
func article() call              { return leftOut() }
func (p *Program) compile() call { return leftOut() }

func leftOut() call {
	return call{run: func(*postil.Annotator, *request, string) ([]byte, error) {
		return nil, &Error{Code: Unsupported, Detail: "this build of the module only annotates: take postil.wasm"}
	}}
}
