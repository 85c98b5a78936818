package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"postil/internal/store"
)

// Conformance tests what every store must do, on one that is empty. Its writers
// are several views of the store, as of several processes.
func Conformance(t *testing.T, writers ...store.Store) {
	st, ctx := writers[0], t.Context()
	put := func(key, data string, when store.Condition) store.Version {
		t.Helper()
		v, err := st.Put(ctx, key, []byte(data), when)
		if err != nil {
			t.Fatalf("put %s: %v", key, err)
		}
		return v
	}
	if _, err := st.Get(ctx, "a/b", ""); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("get what is not there: %v", err)
	}
	first := put("a/b", "one", store.Condition{Absent: true})
	expectConflict(t, st, "a/b", store.Condition{Absent: true})
	expectConflict(t, st, "a/c", store.Condition{Match: first})
	second := put("a/b", "two", store.Condition{Match: first})
	expectConflict(t, st, "a/b", store.Condition{Match: first})
	if _, err := st.Get(ctx, "a/b", second); !errors.Is(err, store.ErrNotModified) {
		t.Errorf("get what is known: %v", err)
	}
	for _, w := range writers {
		o, err := w.Get(ctx, "a/b", first)
		if err != nil || string(o.Data) != "two" || o.Version != second {
			t.Errorf("get: %q %q %v", o.Data, o.Version, err)
		}
	}
	if _, err := st.Get(ctx, "a", ""); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a folder is an object: %v", err)
	}
	put("empty", "", store.Condition{})
	if o, err := st.Get(ctx, "empty", ""); err != nil || len(o.Data) != 0 {
		t.Errorf("an empty object: %q %v", o.Data, err)
	}
	for range 2 {
		if err := st.Delete(ctx, "a/b", "a/not-there", "empty"); err != nil {
			t.Errorf("delete: %v", err)
		}
	}
	if _, err := st.Get(ctx, "a/b", ""); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("get what was deleted: %v", err)
	}
	keys(t, st)
	lists(t, st)
	race(t, writers)
}

func expectConflict(t *testing.T, st store.Store, key string, when store.Condition) {
	t.Helper()
	if _, err := st.Put(t.Context(), key, []byte("not to be seen"), when); !errors.Is(err, store.ErrConflict) {
		t.Errorf("put %s %+v: %v", key, when, err)
	}
}

func keys(t *testing.T, st store.Store) {
	for _, key := range []string{"", "/", "a//b", "a/", "/a", ".", "..", "../a", "a/../b", "a/./b", "a\x00b", "\xff", strings.Repeat("k", store.MaxKey+1)} {
		if _, err := st.Put(t.Context(), key, nil, store.Condition{}); !errors.Is(err, store.ErrKey) {
			t.Errorf("put %.20q: %v", key, err)
		}
		if _, err := st.Get(t.Context(), key, ""); !errors.Is(err, store.ErrKey) {
			t.Errorf("get %.20q: %v", key, err)
		}
	}
}

func lists(t *testing.T, st store.Store) {
	var want []string
	for i := range 1500 {
		key := fmt.Sprintf("l/%d-x", i)
		if i%2 == 0 {
			key = fmt.Sprintf("l/%d/x", i)
		}
		if _, err := st.Put(t.Context(), key, []byte("12345"), store.Condition{}); err != nil {
			t.Fatal(err)
		}
		want = append(want, key)
	}
	slices.Sort(want)
	if got := list(t, st, "l/"); !slices.Equal(got, want) {
		t.Errorf("list has %d of %d keys, or another order", len(got), len(want))
	}
	for prefix, n := range map[string]int{"l/1499": 1, "m/": 0, "l/13": 1 + 10 + 100, "": 1500} {
		if got := list(t, st, prefix); len(got) != n {
			t.Errorf("list %q: %d, want %d", prefix, len(got), n)
		}
	}
	for part := range slices.Chunk(want, 1000) {
		if err := st.Delete(t.Context(), part...); err != nil {
			t.Fatal(err)
		}
	}
}

// list returns all keys with a prefix, of objects of five bytes.
func list(t *testing.T, st store.Store, prefix string) (all []string) {
	for after := ""; ; {
		page, more, err := st.List(t.Context(), prefix, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page {
			if e.Size != 5 || e.Uploaded.IsZero() {
				t.Fatalf("entry %+v", e)
			}
			all = append(all, e.Key)
		}
		if after = more; more == "" {
			return all
		}
	}
}

// race has all writers append to one object, each time on the condition that
// nobody else has: in the end every line is there once.
func race(t *testing.T, writers []store.Store) {
	const each = 30
	var all sync.WaitGroup
	for i, w := range writers {
		all.Go(func() {
			for n := range each {
				if err := appendLine(t.Context(), w, fmt.Sprintf("%d-%d\n", i, n)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	o, err := writers[0].Get(t.Context(), "race/log", "")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range bytes.Lines(o.Data) {
		if seen[string(line)] {
			t.Errorf("twice: %s", line)
		}
		seen[string(line)] = true
	}
	if len(seen) != each*len(writers) {
		t.Errorf("%d lines of %d", len(seen), each*len(writers))
	}
}

func appendLine(ctx context.Context, st store.Store, line string) error {
	for {
		o, err := st.Get(ctx, "race/log", "")
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		_, err = st.Put(ctx, "race/log", append(o.Data, line...), store.Condition{Absent: o.Version == "", Match: o.Version})
		if !errors.Is(err, store.ErrConflict) {
			return err
		}
	}
}
