//go:build js && wasm

// Command js is the module for JavaScript hosts. It does nothing but wait to be
// called; package abi says how.
package main

import (
	_ "postil/internal/started"
	"postil/language/french"
	"postil/language/german"
	"postil/language/spanish"
	"postil/wasm/internal/abi"
)

func main() {
	abi.Start(german.Language(), french.Language(), spanish.Language())
	select {}
}
