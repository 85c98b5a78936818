package storetest

import (
	"context"
	"errors"
	"sync/atomic"

	"postil/internal/store"
)

// ErrFault is what a Faulty store fails with.
var ErrFault = errors.New("the store failed, as the test asked for")

// Faulty fails in one of its calls, counted from 1: before it, or After it has
// taken place.
type Faulty struct {
	store.Store
	Fail  int64
	After bool
	calls atomic.Int64
}

// Calls is how many calls were made.
func (f *Faulty) Calls() int64 { return f.calls.Load() }

// fault makes a call, unless it is the one that fails before.
func (f *Faulty) fault(call func() error) error {
	failing := f.calls.Add(1) == f.Fail
	if failing && !f.After {
		return ErrFault
	}
	err := call()
	if failing {
		return ErrFault
	}
	return err
}

// Get implements store.Store.
func (f *Faulty) Get(ctx context.Context, key string, unless store.Version) (o store.Object, err error) {
	err = f.fault(func() error { o, err = f.Store.Get(ctx, key, unless); return err })
	return o, err
}

// Put implements store.Store.
func (f *Faulty) Put(ctx context.Context, key string, data []byte, when store.Condition) (v store.Version, err error) {
	err = f.fault(func() error { v, err = f.Store.Put(ctx, key, data, when); return err })
	return v, err
}

// Delete implements store.Store.
func (f *Faulty) Delete(ctx context.Context, keys ...string) error {
	return f.fault(func() error { return f.Store.Delete(ctx, keys...) })
}

// List implements store.Store.
func (f *Faulty) List(ctx context.Context, prefix, after string) (page []store.Entry, more string, err error) {
	err = f.fault(func() error { page, more, err = f.Store.List(ctx, prefix, after); return err })
	return page, more, err
}
