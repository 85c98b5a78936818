package live

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"postil/internal/store"
)

// sweep removes segments that were replaced some time ago and those whose writers
// did not come to name them. A retired one is removed before the manifest forgets
// it, so that none is left behind.
func (a *Archive) sweep(ctx context.Context) error {
	// The list comes first: what it has and the manifest lacks was forgotten, or is
	// not named yet and young.
	old, err := a.uploads(ctx)
	if err != nil {
		return fmt.Errorf("list segments of articles: %w", err)
	}
	s, err := a.read(ctx)
	if err != nil {
		return err
	}
	before := a.o.Now().Add(-store.UnderWay)
	gone := slices.DeleteFunc(old, s.manifest.names)
	m := s.manifest.follow(s.manifest.Segments)
	m.Retired = nil
	for _, r := range s.manifest.Retired {
		if r.At.Before(before) {
			gone = append(gone, r.Name)
		} else {
			m.Retired = append(m.Retired, r)
		}
	}
	if err := a.remove(ctx, gone); err != nil {
		return err
	}
	if len(m.Retired) == len(s.manifest.Retired) {
		return nil
	}
	if _, err := a.replace(ctx, s, m, "", nil, a.o.Now()); !errors.Is(err, store.ErrConflict) {
		return err
	}
	return nil // next time
}

// uploads lists the names of segments that were stored long enough ago to be named
// by now.
func (a *Archive) uploads(ctx context.Context) (names []string, err error) {
	prefix := a.o.Prefix + segments
	keys, err := store.Uploads(ctx, a.o.Store, prefix, a.o.Now().Add(-store.UnderWay))
	for _, key := range keys {
		if name, ok := strings.CutSuffix(strings.TrimPrefix(key, prefix), suffix); ok {
			names = append(names, name)
		}
	}
	return names, err
}

func (a *Archive) remove(ctx context.Context, names []string) error {
	keys := make([]string, len(names))
	for i, name := range names {
		keys[i] = a.o.Prefix + segmentKey(name)
	}
	if err := store.Remove(ctx, a.o.Store, keys); err != nil {
		return fmt.Errorf("remove segments of articles: %w", err)
	}
	return nil
}
