package main

import (
	"bufio"
	"fmt"
	"io"
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

// measure runs each contender once to warm up and to learn its count, and then a
// round for each line of in, which it answers with an empty line on out.
func measure(contenders []*contender, in io.Reader, out io.Writer, budget time.Duration) error {
	for _, c := range contenders {
		n, err := c.run()
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		if c.matches = n; n == 0 {
			return fmt.Errorf("%s finds nothing", c.name)
		}
	}
	fmt.Fprintln(out)
	rounds := bufio.NewScanner(in)
	for rounds.Scan() {
		for _, c := range contenders {
			if err := c.round(budget); err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
		}
		fmt.Fprintln(out)
	}
	return rounds.Err()
}

// round runs a contender until the time is used up, at least once. A first run is
// not counted, of none, since others have used the caches.
func (c *contender) round(budget time.Duration) error {
	if err := c.once(); err != nil {
		return err
	}
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
