package main

import (
	"fmt"
	"runtime"
	"slices"
	"time"
)

// contender is something to be measured.
type contender struct {
	name string
	// run searches the text once and returns the count of what it found.
	run func() (int, error)
	// matches is the count that every run must return.
	matches int
	// heap is what it holds in memory, in bytes, where that was measured.
	heap uint64
	took []time.Duration // of a run, by round
}

// measure runs each contender once to warm up and to learn its count, and then
// in rounds.
func measure(contenders []*contender, rounds int, budget time.Duration) error {
	for _, c := range contenders {
		n, err := c.run()
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		if c.matches = n; n == 0 {
			return fmt.Errorf("%s finds nothing", c.name)
		}
	}
	for range rounds {
		for _, c := range contenders {
			if err := c.round(budget); err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
		}
	}
	return nil
}

// round runs a contender until the time is used up, at least once. A first run is not
// counted, of none, since others have used the caches and memory; the garbage that
// it and others left is collected before the clock starts, so that nobody pays for
// another's heap.
func (c *contender) round(budget time.Duration) error {
	if err := c.once(); err != nil {
		return err
	}
	runtime.GC()
	start := time.Now()
	for n := 1; ; n++ {
		if err := c.once(); err != nil {
			return err
		}
		if took := time.Since(start); took >= budget {
			c.took = append(c.took, took/time.Duration(n))
			return nil
		}
	}
}

// once runs a contender, which must find what it has found before.
func (c *contender) once() error {
	matches, err := c.run()
	if err == nil && matches != c.matches {
		err = fmt.Errorf("finds %d, then %d", c.matches, matches)
	}
	return err
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}
