package store_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"postil/internal/store"
	"postil/internal/store/storetest"
)

// TestRetry: a change is made again when others came first, and for nothing else.
func TestRetry(t *testing.T) {
	other := errors.New("other")
	conflict := fmt.Errorf("write x: %w", store.ErrConflict)
	for name, c := range map[string]struct {
		errs  []error // of the tries; the last goes on
		made  int
		waits int
		want  error
	}{
		"at once":     {[]error{nil}, 1, 0, nil},
		"third":       {[]error{conflict, conflict, nil}, 3, 2, nil},
		"other error": {[]error{conflict, other}, 2, 1, other},
		"never":       {[]error{conflict}, 16, 15, store.ErrConflict},
	} {
		made, waits := 0, 0
		pause := store.Pause(func(_ context.Context, d time.Duration) error {
			if waits++; d < 0 || d > time.Second {
				t.Errorf("%s: waits %s", name, d)
			}
			return nil
		})
		err := pause.Retry(context.Background(), func() error {
			made++
			return c.errs[min(made, len(c.errs))-1]
		})
		if !errors.Is(err, c.want) || made != c.made || waits != c.waits {
			t.Errorf("%s: %d tries, %d waits, %v; want %d, %d, %v", name, made, waits, err, c.made, c.waits, c.want)
		}
	}
	done, cancel := context.WithCancel(context.Background())
	cancel()
	if err := store.Pause(nil).Retry(done, func() error { return store.ErrConflict }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// fewAtOnce is a store that takes no more in a call than R2 does.
type fewAtOnce struct{ storetest.Memory }

func (s *fewAtOnce) Delete(ctx context.Context, keys ...string) error {
	if len(keys) > 1000 {
		return errors.New("too many at once")
	}
	return s.Memory.Delete(ctx, keys...)
}

// TestRemoveUploads removes what was stored before some time, however much it is.
func TestRemoveUploads(t *testing.T) {
	ctx, at := context.Background(), time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	s := &fewAtOnce{}
	put := func(key string, when time.Time) {
		s.Now = func() time.Time { return when }
		if _, err := s.Put(ctx, key, nil, store.Condition{}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 2500 {
		put(fmt.Sprintf("a/%d", i), at.Add(-time.Hour))
	}
	put("a/young", at)
	put("b/old", at.Add(-time.Hour))
	old, err := store.Uploads(ctx, s, "a/", at)
	if err != nil || len(old) != 2500 {
		t.Fatalf("%d uploads, %v", len(old), err)
	}
	if err := store.Remove(ctx, s, old); err != nil {
		t.Fatal(err)
	}
	left, _, err := s.List(ctx, "", "")
	if err != nil || len(left) != 2 {
		t.Errorf("left are %v, %v", left, err)
	}
}
