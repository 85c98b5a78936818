package main

// A program that is started when it is built has drawn its random numbers then:
// all its instances would draw the same ones after, and the keys of its hash
// functions are known to whoever has the program. So the runtime gets two things.
//
// It can be given new seeds, which happens before an instance does anything else.
// They are also what a new map's hash function starts from.
//
// The keys stay, as maps are laid out by them. Who knows one could choose texts
// that make the multiplication of runtime/hash64.go one by zero, by which the
// map's own seed is lost, and fill a map with texts of one hash. So each key has a
// byte that no text in UTF-8 has.
var hashKeys = edit{"runtime/alg.go", "hashkey[i] = uintptr(bootstrapRand())\n", "hashkey[i] = uintptr(bootstrapRand() | 0xff)\n", 1}

var reseed = edit{file: "runtime/reseed_js.go", new: `package runtime

import _ "unsafe"

//go:linkname reseed postil/internal/started.reseed
func reseed() {
	var seed [32]byte
	if readRandom(seed[:]) != len(seed) {
		throw("no random numbers to start from")
	}
	lock(&globalRand.lock)
	globalRand.state.Init(seed)
	unlock(&globalRand.lock)
	mrandinit(getg().m)
}
`}
