//go:build !(started && js && wasm)

// Package started is for programs that are started when they are built. This one
// is not.
package started
