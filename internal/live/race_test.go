package live_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"postil/internal/live"
	"postil/internal/store"
	"postil/internal/store/storetest"
)

// hooked calls functions around calls to a store, each once.
type hooked struct {
	store.Store
	get, put, putDone func() // put and putDone are for the manifest
}

func once(f *func()) {
	if g := *f; g != nil {
		*f = nil
		g()
	}
}

func (h *hooked) Get(ctx context.Context, key string, unless store.Version) (store.Object, error) {
	once(&h.get)
	return h.Store.Get(ctx, key, unless)
}

func (h *hooked) Put(ctx context.Context, key string, data []byte, c store.Condition) (store.Version, error) {
	if !strings.HasSuffix(key, "manifest.json") {
		return h.Store.Put(ctx, key, data, c)
	}
	once(&h.put)
	defer once(&h.putDone)
	return h.Store.Put(ctx, key, data, c)
}

// running returns an archive that reads once an hour, by a clock that goes on with
// every look, and what moves the clock.
func running(t *testing.T, st store.Store) (x *live.Archive, pass func(time.Duration)) {
	t.Helper()
	now := time.Unix(1e9, 0)
	clock := func() time.Time {
		now = now.Add(time.Millisecond)
		return now
	}
	x = live.New(annotator(t), live.Options{Store: st, Refresh: time.Hour, Log: quiet(), Now: clock})
	return x, func(d time.Duration) { now = now.Add(d) }
}

// TestLateAnswer has another article written while the answer to the first is on
// its way.
func TestLateAnswer(t *testing.T) {
	h := &hooked{Store: &storetest.Memory{}}
	x, _ := running(t, h)
	h.putDone = func() { put(t, x, "second", "two") }
	put(t, x, "first", "one")
	want := builtWords()
	want["first"], want["second"] = "one", "two"
	expect(t, "after both", view(t, x), want)
}

// TestReadBeforeWritten has the manifest read between the moment when it begins to
// be written and the one when it is.
func TestReadBeforeWritten(t *testing.T) {
	h := &hooked{Store: &storetest.Memory{}}
	x, pass := running(t, h)
	h.put = func() {
		pass(2 * time.Hour)
		expect(t, "while writing", view(t, x), builtWords())
	}
	put(t, x, "first", "one")
	want := builtWords()
	want["first"] = "one"
	expect(t, "once written", view(t, x), want)
}

// TestEmptied puts an older state back.
func TestEmptied(t *testing.T) {
	h := &hooked{Store: &storetest.Memory{}}
	x, pass := running(t, h)
	put(t, x, "first", "one")
	put(t, x, "second", "two")
	h.Store = &storetest.Memory{}
	pass(2 * time.Hour)
	expect(t, "once it is empty", view(t, x), builtWords())
}

// TestIdle asks twice at once after long silence, and then with the store out of
// reach.
func TestIdle(t *testing.T) {
	memory := &storetest.Memory{}
	counted := &storetest.Faulty{Store: memory}
	h := &hooked{Store: counted}
	x, pass := running(t, h)
	other := live.New(annotator(t), live.Options{Store: memory, Log: quiet()})
	view(t, x)
	put(t, other, "new", "one")
	pass(24 * time.Hour)
	var second string
	h.get = func() { second = words(t, view(t, x))["new"] }
	if first := words(t, view(t, x))["new"]; first != "one" || second != "one" {
		t.Errorf("the first found %q, the second %q", first, second)
	}

	pass(24 * time.Hour)
	h.Store = &switched{Store: counted, err: storetest.ErrFault}
	asked := 0
	for range 3 {
		h.get = func() { asked++ }
		view(t, x)
	}
	if asked != 1 {
		t.Errorf("a store that cannot be reached is asked %d times at once", asked)
	}
	pass(time.Hour)
	view(t, x)
	if asked != 2 {
		t.Errorf("and after Refresh %d times", asked-1)
	}
}
