package site

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"postil/internal/store"
)

// Sweep removes indexes that were uploaded for the site and are not named: their
// upload was interrupted, or their removal.
func (s Site) Sweep(ctx context.Context, now time.Time) error {
	// The list comes first: what it has and the history lacks was dropped, or is
	// not named yet and young.
	old, err := store.Uploads(ctx, s.Store, s.Prefix()+"versions/", now.Add(-store.UnderWay))
	if err != nil || len(old) == 0 {
		return err
	}
	h, _, err := s.Read(ctx, "")
	if err != nil && !errors.Is(err, ErrUnknown) {
		return err
	}
	old = slices.DeleteFunc(old, func(key string) bool {
		return slices.ContainsFunc(h, func(v Version) bool { return s.Prefix()+v.Object == key })
	})
	return store.Remove(ctx, s.Store, old)
}

// Names lists the sites of a store.
func Names(ctx context.Context, st store.Store) (names []string, err error) {
	for after := ""; ; {
		page, _, err := st.List(ctx, Root, after)
		if err != nil {
			return nil, err
		}
		last := after
		for _, e := range page {
			if e.Key <= after {
				continue // of a site that has been seen
			}
			name, _, ok := strings.Cut(strings.TrimPrefix(e.Key, Root), "/")
			if !ok {
				after = e.Key
				continue
			}
			names = append(names, name)
			after = Root + name + "/" + lastRune
		}
		if after == last {
			return names, nil
		}
	}
}

// lastRune comes after what is in a key.
const lastRune = "\U0010ffff"
