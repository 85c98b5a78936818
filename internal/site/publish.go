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
func (s Site) change(ctx context.Context, f func(History) (History, error)) (kept History, err error) {
	var dropped History
	err = s.Pause.Retry(ctx, func() error {
		dropped = nil
		h, was, err := s.Read(ctx, "")
		if err != nil && !errors.Is(err, ErrUnknown) {
			return err
		}
		next, err := f(h)
		if err != nil || slices.Equal(h, next) {
			kept = h
			return err
		}
		kept = next[:min(len(next), MaxHistory)]
		dropped = next[len(kept):]
		data, err := json.Marshal(manifest{kept})
		if err != nil {
			return err
		}
		_, err = s.Store.Put(ctx, s.manifest(), data, store.Condition{Absent: was == "", Match: was})
		return err
	})
	if errors.Is(err, store.ErrConflict) {
		err = fmt.Errorf("%s: too many changes at once: %w", s.manifest(), err)
	}
	if err != nil {
		return nil, err
	}
	// If this fails, Sweep does it.
	_ = s.remove(ctx, dropped)
	return kept, nil
}

func (s Site) remove(ctx context.Context, versions []Version) error {
	keys := make([]string, len(versions))
	for i, v := range versions {
		keys[i] = s.Prefix() + v.Object
	}
	return store.Remove(ctx, s.Store, keys)
}
