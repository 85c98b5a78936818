package worker

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"
)

// TestTurns: no more compute at a time than may, and all that wait come to their turn.
func TestTurns(t *testing.T) {
	const slots, all = 3, 50
	turns := newTurns(slots, time.Hour)
	var mu sync.Mutex
	var now, most, done int
	var group sync.WaitGroup
	for i := range all {
		group.Go(func() {
			compute := func() {
				mu.Lock()
				now++
				most = max(most, now)
				mu.Unlock()
				mu.Lock()
				now--
				done++
				mu.Unlock()
			}
			if i%2 == 0 {
				if err := turns.join(context.Background(), compute); err != nil {
					t.Error(err)
				}
				return
			}
			end, err := turns.take(context.Background())
			if err != nil {
				t.Error(err)
				return
			}
			compute()
			end()
		})
	}
	group.Wait()
	if most > slots || done != all || len(turns.slots) != 0 || turns.waiting != 0 {
		t.Errorf("%d at a time, %d done, %d in their turn, %d waiting", most, done, len(turns.slots), turns.waiting)
	}
}

// TestTurnsRefuse: who would wait too long is refused, and so is who does.
func TestTurnsRefuse(t *testing.T) {
	turns := newTurns(2, time.Minute)
	turns.takes = 10
	turns.waiting = 12 // for a minute
	if !turns.enter() || turns.enter() {
		t.Error("13 that take 10 s on two slots are more than a minute")
	}
	turns = newTurns(1, time.Nanosecond)
	end, err := turns.take(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := turns.take(context.Background()); err != crowded {
		t.Errorf("with the only slot taken: %v", err)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	turns.most = time.Hour
	if _, err := turns.take(gone); !errors.Is(err, context.Canceled) {
		t.Errorf("a client that is gone: %v", err)
	}
	end()
	if end, err = turns.take(context.Background()); err != nil {
		t.Fatal(err)
	}
	end()
	if turns.waiting != 0 || turns.takes <= 0 {
		t.Errorf("%d wait, one takes %v s", turns.waiting, turns.takes)
	}
}

// TestNoTurns: where nobody counts, everybody computes.
func TestNoTurns(t *testing.T) {
	for range 3 {
		if _, err := newTurns(0, time.Nanosecond).take(context.Background()); err != nil {
			t.Error(err)
		}
	}
}
