//go:build js && wasm

// Command stock serves Postil's handler as syumai/workers is commonly used: its
// own worker.mjs starts a program for every request.
package main

import (
	"log"
	"syscall/js"

	"github.com/syumai/workers"

	"postil"
	"postil/worker"
)

func main() {
	source := js.Global().Get("context").Get("index")
	index := make([]byte, source.Length())
	js.CopyBytesToGo(index, source)
	a, err := postil.Open(index)
	if err != nil {
		log.Fatal(err)
	}
	workers.Serve(worker.New(a, worker.Options{}))
}
