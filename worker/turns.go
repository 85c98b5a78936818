package worker

import (
	"context"
	"sync"
	"time"
)

// DefaultMaxWait is how long a request may wait for its turn unless Options.MaxWait
// says otherwise.
const DefaultMaxWait = time.Second

// weight is how much one request counts for what the next is expected to take.
const weight = 0.1

// turns lets a few requests compute at a time, in the order in which they came. One
// that would have to wait too long is refused at once: by Little's law the wait is
// the number of those before, times what each takes, over those that run at a time.
// One that waits too long all the same is refused then. Bodies are read before:
// a slow client takes no turn from others.
type turns struct {
	slots chan struct{}
	most  time.Duration

	mu      sync.Mutex
	waiting int
	takes   float64 // what one takes on average, in seconds
}

// newTurns lets n compute at a time; 0 means any number.
func newTurns(n int, most time.Duration) *turns {
	if n == 0 {
		return nil
	}
	return &turns{slots: make(chan struct{}, n), most: most}
}

// take waits for a turn. The caller calls done when it is over.
func (t *turns) take(ctx context.Context) (done func(), err error) {
	if t == nil {
		return func() {}, nil
	}
	if !t.enter() {
		return nil, crowded
	}
	err = t.wait(ctx)
	t.mu.Lock()
	t.waiting--
	t.mu.Unlock()
	if err != nil {
		return nil, err
	}
	start := time.Now()
	return func() { t.leave(time.Since(start)) }, nil
}

// join computes a part of what has been admitted, and waits for that for as long
// as it has to.
func (t *turns) join(ctx context.Context, compute func()) error {
	if t != nil {
		select {
		case t.slots <- struct{}{}:
			defer func() { <-t.slots }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	compute()
	return nil
}

func (t *turns) wait(ctx context.Context) error {
	select {
	case t.slots <- struct{}{}:
		return nil
	default:
	}
	late := time.NewTimer(t.most)
	defer late.Stop()
	select {
	case t.slots <- struct{}{}:
		return nil
	case <-late.C:
		return crowded
	case <-ctx.Done():
		return ctx.Err()
	}
}

// enter reports whether one more may wait.
func (t *turns) enter() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	expected := float64(t.waiting) * t.takes / float64(cap(t.slots))
	if expected > t.most.Seconds() {
		return false
	}
	t.waiting++
	return true
}

func (t *turns) leave(took time.Duration) {
	<-t.slots
	t.mu.Lock()
	defer t.mu.Unlock()
	t.takes += weight * (took.Seconds() - t.takes)
}
