// Package garbage decides when a program that only runs when it is called, as one
// under WebAssembly does, collects garbage. Left to itself the runtime begins a
// collection in one call and, as it marks in the background and a call leaves it
// no time in which it is idle, never ends it. So the runtime is told to collect
// only near a limit on its own (a percentage of -1 and a limit of memory), and a Collector does
// so otherwise between two calls, in one go.
package garbage

import (
	"cmp"
	"runtime"
)

const (
	glance = 512 << 10 // of traffic between two looks at the heap
	usual  = 16 << 20
	least  = 32 << 10 // what a call counts at least: a search of few bytes makes half a megabyte of garbage
)

// Collector collects when objects occupy Allowance bytes more than after the last
// collection. The zero value is ready for use.
type Collector struct {
	// Allowance is how much garbage may lie about, in bytes; 0 means 16 MiB. Less
	// takes less memory, which never shrinks, and more time.
	Allowance uint64

	traffic int    // bytes exchanged since the heap was looked at
	live    uint64 // bytes that objects occupied after the last collection
}

// After is called after a call that exchanged n bytes.
func (c *Collector) After(n int) { c.Add(max(n, least)) }

// Add counts n bytes that were exchanged otherwise.
func (c *Collector) Add(n int) {
	if c.traffic += n; c.traffic < glance {
		return
	}
	c.traffic = 0
	if occupied() >= c.live+cmp.Or(c.Allowance, usual) {
		c.Collect()
	}
}

// Collect collects now.
func (c *Collector) Collect() {
	runtime.GC()
	c.live = occupied()
}

// occupied is what all objects occupy, live or not.
func occupied() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
