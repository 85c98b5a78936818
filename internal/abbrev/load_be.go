//go:build !(386 || amd64 || arm || arm64 || loong64 || mips64le || mipsle || ppc64le || riscv64 || wasm)

package abbrev

import "encoding/binary"

// load64 reads the eight bytes of s from i on as a little-endian number. There
// must be that many.
func load64(s string, i int) uint64 { return binary.LittleEndian.Uint64([]byte(s[i : i+8])) }
