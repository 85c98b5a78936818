// Package storetest has what tests of stores and of their users need: what every
// store must do, a store in memory, and one that fails.
package storetest

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"postil/internal/store"
)

// Memory is a store that is gone with its process. The zero value is empty.
type Memory struct {
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Page is how many objects List returns at a time; 0 means all.
	Page int

	mu      sync.Mutex
	objects map[string]object
	last    int
}

type object struct {
	store.Object
	uploaded time.Time
}

// Get implements store.Store.
func (m *Memory) Get(ctx context.Context, key string, unless store.Version) (store.Object, error) {
	if err := cmp.Or(store.CheckKey(key), ctx.Err()); err != nil {
		return store.Object{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.objects[key]
	switch {
	case !ok:
		return store.Object{}, store.ErrNotFound
	case o.Version == unless:
		return store.Object{}, store.ErrNotModified
	}
	return store.Object{Data: bytes.Clone(o.Data), Version: o.Version}, nil
}

// Put implements store.Store.
func (m *Memory) Put(ctx context.Context, key string, data []byte, when store.Condition) (store.Version, error) {
	if err := cmp.Or(store.CheckKey(key), ctx.Err()); err != nil {
		return "", err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.objects[key]
	if when.Absent && ok || when.Match != "" && when.Match != o.Version {
		return "", store.ErrConflict
	}
	if m.objects == nil {
		m.objects = map[string]object{}
	}
	m.last++
	v := store.Version(strconv.Itoa(m.last))
	m.objects[key] = object{store.Object{Data: bytes.Clone(data), Version: v}, m.now()}
	return v, nil
}

func (m *Memory) now() time.Time {
	if m.Now == nil {
		return time.Now()
	}
	return m.Now()
}

// Delete implements store.Store.
func (m *Memory) Delete(ctx context.Context, keys ...string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, key := range keys {
		if err := cmp.Or(store.CheckKey(key), ctx.Err()); err != nil {
			return err
		}
		delete(m.objects, key)
	}
	return nil
}

// List implements store.Store.
func (m *Memory) List(ctx context.Context, prefix, after string) ([]store.Entry, string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var all []store.Entry
	for key, o := range m.objects {
		if strings.HasPrefix(key, prefix) && key > after {
			all = append(all, store.Entry{Key: key, Size: int64(len(o.Data)), Uploaded: o.uploaded})
		}
	}
	slices.SortFunc(all, func(a, b store.Entry) int { return strings.Compare(a.Key, b.Key) })
	if m.Page == 0 || len(all) <= m.Page {
		return all, "", ctx.Err()
	}
	return all[:m.Page], all[m.Page-1].Key, ctx.Err()
}
