//go:build js && wasm

package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// A collector decides when garbage is collected. Left to itself the runtime
// begins a collection in one exchange and, as it marks in the background and an
// exchange leaves it no time in which it is idle, never ends it. So it collects
// only near memoryLimit on its own, and otherwise between two exchanges, in one
// go, when the last collection is allowance bytes ago.
type collector struct {
	sample [1]metrics.Sample // the bytes that objects occupy, live or not
	live   uint64            // the same after the last collection
}

const (
	allowance   = 16 << 20
	memoryLimit = 100 << 20
)

func (c *collector) start() {
	c.sample[0].Name = "/memory/classes/heap/objects:bytes"
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(memoryLimit)
	runtime.GC()
	c.live = c.occupied()
}

func (c *collector) collect() {
	if c.occupied() < c.live+allowance {
		return
	}
	runtime.GC()
	c.live = c.occupied()
}

func (c *collector) occupied() uint64 {
	metrics.Read(c.sample[:])
	return c.sample[0].Value.Uint64()
}
