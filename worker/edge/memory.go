//go:build js && wasm

package main

import "runtime"

// A collector decides when garbage is collected. Left to itself the runtime
// begins a collection in one exchange and, as it marks in the background and an
// exchange leaves it no time in which it is idle, never ends it. So instance.mjs
// tells it to collect only near a limit on its own, and it collects otherwise
// between two exchanges, in one go, when objects occupy allowance bytes more
// than after the last collection.
type collector struct {
	traffic int    // bytes exchanged since the heap was looked at
	live    uint64 // bytes that objects occupied after the last collection
}

const (
	glance    = 512 << 10 // of traffic between two looks at the heap
	allowance = 16 << 20
	least     = 32 << 10 // what an exchange counts at least: a search of few bytes makes half a megabyte of garbage
)

// collect is called after an exchange of n bytes.
func (c *collector) collect(n int) { c.add(max(n, least)) }

// add counts n bytes of traffic.
func (c *collector) add(n int) {
	if c.traffic += n; c.traffic < glance {
		return
	}
	c.traffic = 0
	if occupied() < c.live+allowance {
		return
	}
	runtime.GC()
	c.live = occupied()
}

// occupied is what all objects occupy, live or not.
func occupied() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
