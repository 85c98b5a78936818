package site

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"postil/internal/store"
)

// attempts is how often a change is made again because another one came first.
const attempts = 20

// Publish takes an index of the given digest into use. One that is in use
// already stays so, and one of an older version is not stored twice, so that it
// may be repeated when it is not known whether it succeeded.
func (s Site) Publish(ctx context.Context, digest string, data []byte, now time.Time) (History, error) {
	added := Version{Digest: digest, Size: int64(len(data)), Published: now.UTC().Truncate(time.Second)}
	return s.change(ctx, func(h History) (History, error) {
		if i := h.index(digest); i >= 0 {
			return h.use(i), nil
		}
		if added.Object == "" {
			object := "versions/" + digest + "-" + strconv.FormatUint(rand.Uint64(), 36) + ".postil"
			if _, err := s.Store.Put(ctx, s.Prefix()+object, data, store.Condition{Absent: true}); err != nil {
				return nil, err
			}
			added.Object = object
		}
		return append(History{added}, h...), nil
	})
}

// Rollback takes a version into use that the site has had: the one before the
// present one if digest is "".
func (s Site) Rollback(ctx context.Context, digest string) (History, error) {
	return s.change(ctx, func(h History) (History, error) {
		i := h.index(digest)
		if digest == "" {
			i = 1
		}
		switch {
		case len(h) == 0:
			return nil, ErrUnknown
		case i < 0 || i >= len(h):
			return nil, ErrNoVersion
		}
		return h.use(i), nil
	})
}

func (h History) index(digest string) int {
	return slices.IndexFunc(h, func(v Version) bool { return v.Digest == digest })
}

// use returns the history with version i first.
func (h History) use(i int) History {
	if i == 0 {
		return h
	}
	return append(History{h[i]}, slices.Delete(slices.Clone(h), i, i+1)...)
}

// change makes a new history of the present one and removes the versions that
// are too many. An empty one is that of a site that does not exist yet.
func (s Site) change(ctx context.Context, f func(History) (History, error)) (History, error) {
	for try := range attempts {
		h, was, err := s.Read(ctx, "")
		if err != nil && !errors.Is(err, ErrUnknown) {
			return nil, err
		}
		next, err := f(h)
		if err != nil {
			return nil, err
		}
		if slices.Equal(h, next) {
			return h, nil
		}
		kept := next[:min(len(next), MaxHistory)]
		data, err := json.Marshal(manifest{kept})
		if err != nil {
			return nil, err
		}
		_, err = s.Store.Put(ctx, s.manifest(), data, store.Condition{Absent: was == "", Match: was})
		if errors.Is(err, store.ErrConflict) {
			if err := s.pause(ctx, rand.N(shortest<<min(try, 5))); err != nil {
				return nil, err
			}
			continue
		}
		if err != nil {
			return nil, err
		}
		// If this fails, Sweep does it.
		_ = s.remove(ctx, next[len(kept):])
		return kept, nil
	}
	return nil, fmt.Errorf("%s: too many changes at once: %w", s.manifest(), store.ErrConflict)
}

// shortest bounds the first wait before a change is made again; the bound doubles
// with the next ones.
const shortest = 20 * time.Millisecond

func (s Site) pause(ctx context.Context, d time.Duration) error {
	if s.Pause != nil {
		return s.Pause(ctx, d)
	}
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s Site) remove(ctx context.Context, versions []Version) error {
	if len(versions) == 0 {
		return nil
	}
	keys := make([]string, len(versions))
	for i, v := range versions {
		keys[i] = s.Prefix() + v.Object
	}
	return s.Store.Delete(ctx, keys...)
}
