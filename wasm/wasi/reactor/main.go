//go:build wasip1

// Command reactor is the module for WASI hosts: a library that does nothing until
// it is called. Package abi says how.
package main

import (
	"postil/language/french"
	"postil/language/german"
	"postil/language/spanish"
	"postil/wasm/internal/abi"
)

// A reactor's main is never called: what a host calls first, _initialize, runs
// only this.
func init() { abi.Start(german.Language(), french.Language(), spanish.Language()) }

func main() {}
