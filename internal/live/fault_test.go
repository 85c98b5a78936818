package live_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"postil"
	"postil/internal/live"
	"postil/internal/store/storetest"
)

// A model is what must be found: for each article the words that it may have, ""
// if it may be missing.
type model map[string][]string

// script writes, deletes and compacts, and stops at no error. What was not
// acknowledged may have happened or not.
func script(t *testing.T, x *live.Archive, m model) {
	change := func(id, word string, run func() error) {
		if err := run(); err != nil {
			if !errors.Is(err, storetest.ErrFault) {
				t.Errorf("%s: %v", id, err)
			}
			if m[id] == nil {
				m[id] = []string{""}
			}
			m[id] = append(m[id], word)
			return
		}
		m[id] = []string{word}
	}
	write := func(id, word string) {
		change(id, word, func() error {
			_, _, err := x.Put(t.Context(), article(id, word), always)
			return err
		})
	}
	remove := func(id string) {
		change(id, "", func() error {
			err := x.Delete(t.Context(), id, always)
			if errors.Is(err, postil.ErrNoArticle) {
				return nil // the one before had removed it, or not written it
			}
			return err
		})
	}
	compact := func() {
		if err := x.Compact(t.Context()); err != nil && !errors.Is(err, storetest.ErrFault) {
			t.Errorf("compact: %v", err)
		}
	}
	for i := range 4 {
		write(fmt.Sprintf("new-%d", i), "one")
	}
	remove("built-0")
	compact()
	write("new-1", "two")
	write("built-1", "two")
	remove("new-2")
	compact()
}

// TestFaults fails each single call of the script, before it takes place and
// after. What was acknowledged must be there, and nothing half written; and once
// all is well again nothing is left over.
func TestFaults(t *testing.T) {
	a := annotator(t)
	calls := run(t, a, 0, false)
	if calls < 30 {
		t.Fatalf("the script makes only %d calls", calls)
	}
	for n := int64(1); n <= calls; n++ {
		for _, after := range []bool{false, true} {
			run(t, a, n, after)
		}
	}
}

func run(t *testing.T, a *postil.Annotator, fail int64, after bool) (calls int64) {
	now := time.Unix(1e9, 0)
	clock := func() time.Time { return now }
	memory := &storetest.Memory{Now: clock, Page: 3}
	faulty := &storetest.Faulty{Store: memory, Fail: fail, After: after}
	o := live.Options{Store: faulty, Prefix: "sites/x/", Log: quiet(), Now: clock, Pause: func(context.Context, time.Duration) error { return nil }}
	m := model{"built-0": {"built"}, "built-1": {"built"}, "built-2": {"built"}}
	script(t, live.New(a, o), m)

	what := fmt.Sprintf("call %d failed, after=%v", fail, after)
	o.Store = memory
	x := live.New(a, o)
	found := words(t, view(t, x))
	m.check(t, what, found)
	now = now.Add(2 * time.Hour)
	for range 2 { // the first one retires, the second removes
		if err := x.Compact(t.Context()); err != nil {
			t.Errorf("%s: compact: %v", what, err)
		}
		now = now.Add(2 * time.Hour)
	}
	if again := words(t, view(t, live.New(a, o))); !maps.Equal(again, found) {
		t.Errorf("%s: compaction makes %v of %v", what, again, found)
	}
	if left := segments(t, memory); len(left) > 2 {
		t.Errorf("%s: %d segments are left: %v", what, len(left), left)
	}
	return faulty.Calls()
}

func (m model) check(t *testing.T, what string, found map[string]string) {
	t.Helper()
	for id, may := range m {
		if word := found[id]; !slices.Contains(may, word) {
			t.Errorf("%s: %s is %q, want one of %q", what, id, word, may)
		}
	}
	for id := range found {
		if m[id] == nil {
			t.Errorf("%s: %s was never written", what, id)
		}
	}
}
