//go:build 386 || amd64 || arm || arm64 || loong64 || mips64le || mipsle || ppc64le || riscv64 || wasm

package abbrev

import "unsafe"

// load64 reads the eight bytes of s from i on as a little-endian number, in one
// instruction, aligned or not. There must be that many.
func load64(s string, i int) uint64 {
	_ = s[i+7]
	return *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(s)), i))
}
