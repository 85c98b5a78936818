//go:build started && js && wasm

// Package started is for programs that are started when they are built: see
// worker/edge/slim/snapshot.go. Each instance of such a program begins with the
// same memory. It must not go on with the same random numbers.
package started

// reseed gives the runtime's generators of random numbers new seeds from the
// host. It is in the runtime: see worker/edge/slim/runtime.go.
func reseed()

// The export becomes that by the name of run, which wasm_exec.js calls last.
//
//go:wasmexport postil_reseed
func exportReseed() { reseed() }
