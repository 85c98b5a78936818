package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"time"
)

// What those share who keep an object that names others: it is written last, on
// the condition that nobody else has written it since it was read, and what it
// does not name is removed some time later.

// A Pause waits. Nil waits with a timer.
type Pause func(context.Context, time.Duration) error

// tries is how often Retry makes a change: each time one of those who try succeeds.
const tries = 16

// Retry makes a change, and makes it again as long as its error wraps ErrConflict:
// others came first. The error after the last time is that one.
func (p Pause) Retry(ctx context.Context, change func() error) (err error) {
	for try := range tries {
		if try > 0 {
			if err := p.wait(ctx, backOff(try)); err != nil {
				return err
			}
		}
		if err = change(); !errors.Is(err, ErrConflict) {
			return err
		}
	}
	return err
}

const (
	shortest = 10 * time.Millisecond
	longest  = 400 * time.Millisecond
)

// backOff is how long to wait before a try: a random time whose bound doubles, so
// that those who collided do not again.
func backOff(try int) time.Duration { return rand.N(min(shortest<<min(try-1, 10), longest)) }

func (p Pause) wait(ctx context.Context, d time.Duration) error {
	if p != nil {
		return p(ctx, d)
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// UnderWay is how long after its upload an object may still come to be named, and
// how long readers may still want one that is named no longer.
const UnderWay = time.Hour

// Uploads lists the keys that begin with prefix and were stored before some time.
func Uploads(ctx context.Context, s Store, prefix string, before time.Time) (keys []string, err error) {
	for after := ""; ; {
		page, more, err := s.List(ctx, prefix, after)
		if err != nil {
			return nil, err
		}
		for _, e := range page {
			if e.Uploaded.Before(before) {
				keys = append(keys, e.Key)
			}
		}
		if after = more; more == "" {
			return keys, nil
		}
	}
}

// atOnce is how many objects are removed in one call: what R2 takes.
const atOnce = 1000

// Remove deletes any number of objects.
func Remove(ctx context.Context, s Store, keys []string) error {
	for part := range slices.Chunk(keys, atOnce) {
		if err := s.Delete(ctx, part...); err != nil {
			return err
		}
	}
	return nil
}
