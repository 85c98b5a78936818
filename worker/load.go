package worker

import (
	"sync/atomic"
	"time"
)

// small is what a request that waits for its client counts at least, in bytes.
const small = 16 << 10

// DefaultMaxHeld is how many bytes are held of requests that wait for their clients
// unless Options.MaxHeld says otherwise.
const DefaultMaxHeld = 256 << 20

// A load is what a process has taken on: requests that are being answered, batches that
// are streamed, and bytes of those that wait for their clients, who send bodies or take
// answers. Each has a bound of its own, so that who is slow takes no place from others.
type load struct {
	mostRunning, mostBatches int64
	grace                    time.Duration // before a batch may be too slow

	running, batches atomic.Int64
	bodies, answers  room
}

func newLoad(running int, held int64) *load {
	return &load{
		mostRunning: int64(running), mostBatches: max(1, int64(running)/4), grace: patience,
		bodies: room{most: held}, answers: room{most: held},
	}
}

// enter counts a request that is answered from now on until leave. It reports
// whether there was a place.
func (l *load) enter() bool { return l.running.Add(1) <= l.mostRunning }

func (l *load) leave() { l.running.Add(-1) }

// A room is for bytes. Its last quarter is for those who have few.
type room struct {
	most int64
	held atomic.Int64
}

// take takes n more bytes for who has some already, and reports whether there was
// room.
func (r *room) take(n, already int64) bool {
	most := r.most
	if already+n > small {
		most -= most / 4
	}
	if r.held.Add(n) > most {
		r.held.Add(-n)
		return false
	}
	return true
}

func (r *room) give(n int64) { r.held.Add(-n) }

// beginBatch counts a batch that is streamed, for as long as its client likes. It
// reports whether there was a place.
func (l *load) beginBatch() bool {
	if l.batches.Add(1) > l.mostBatches {
		l.batches.Add(-1)
		return false
	}
	return true
}

// isFull reports whether another batch would find no place.
func (l *load) isFull() bool { return l.batches.Load() >= l.mostBatches }
