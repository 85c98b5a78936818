package site

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"postil/internal/store"
)

// underWay is how long an upload may take that is not named yet.
const underWay = time.Hour

// Sweep removes indexes that were uploaded for the site and are not named: their
// upload was interrupted, or their removal.
func (s Site) Sweep(ctx context.Context, now time.Time) error {
	// The list comes first: what it has and the history lacks was dropped, or is
	// not named yet and young.
	old, err := s.uploads(ctx, now.Add(-underWay))
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
	if len(old) == 0 {
		return nil
	}
	return s.Store.Delete(ctx, old...)
}

func (s Site) uploads(ctx context.Context, before time.Time) (keys []string, err error) {
	for after := ""; ; {
		page, more, err := s.Store.List(ctx, s.Prefix()+"versions/", after)
		if err != nil {
			return nil, err
		}
		for _, e := range page {
			if e.Uploaded.Before(before) {
				keys = append(keys, e.Key)
			}
		}
		if more == "" {
			return keys, nil
		}
		after = more
	}
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
