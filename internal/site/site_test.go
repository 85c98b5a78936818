package site_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"postil/internal/site"
	"postil/internal/store"
	"postil/internal/store/storetest"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 1, 31, 12, 0, 0, 5, time.UTC)
)

func digests(h site.History) string {
	var all []string
	for _, v := range h {
		all = append(all, v.Digest)
	}
	return strings.Join(all, " ")
}

func publish(t *testing.T, s site.Site, digest string) site.History {
	t.Helper()
	h, err := s.Publish(ctx, digest, []byte("index "+digest), now)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// TestHistory publishes and rolls back: the version in use comes first, then
// those in use before it.
func TestHistory(t *testing.T) {
	s := site.Site{Store: &storetest.Memory{}, Name: "a"}
	if _, _, err := s.Read(ctx, ""); !errors.Is(err, site.ErrUnknown) {
		t.Errorf("error %v before the first version", err)
	}
	if _, err := s.Rollback(ctx, ""); !errors.Is(err, site.ErrUnknown) {
		t.Errorf("error %v of a rollback before the first version", err)
	}
	for _, step := range []struct{ do, want string }{
		{"A", "A"}, {"A", "A"}, {"back", "no such version"}, {"B", "B A"}, {"C", "C B A"},
		{"back", "B C A"}, {"back", "C B A"}, {"back A", "A C B"}, {"back A", "A C B"}, {"back X", "no such version"},
		{"D", "D A C B"}, {"back", "A D C B"}, {"C", "C A D B"},
	} {
		var h site.History
		var err error
		if to, back := strings.CutPrefix(step.do, "back"); back {
			h, err = s.Rollback(ctx, strings.TrimSpace(to))
		} else {
			h, err = s.Publish(ctx, step.do, []byte("index "+step.do), now)
		}
		got := digests(h)
		if err != nil {
			got = err.Error()
		}
		if got != step.want {
			t.Fatalf("%s: %s, want %s", step.do, got, step.want)
		}
		again, _, err := s.Read(ctx, "")
		if err != nil || !strings.HasPrefix(got, "no") && !slices.Equal(again, h) {
			t.Fatalf("%s: read %v, %v", step.do, again, err)
		}
		data, err := s.Load(ctx, again[0])
		if string(data) != "index "+again[0].Digest || again[0].Size != int64(len(data)) || err != nil {
			t.Fatalf("%s: loaded %q, %v", step.do, data, err)
		}
	}
}

// TestHistoryIsBounded publishes more versions than are kept.
func TestHistoryIsBounded(t *testing.T) {
	st := &storetest.Memory{}
	s := site.Site{Store: st, Name: "a"}
	for i := range site.MaxHistory + 5 {
		publish(t, s, fmt.Sprint(i))
	}
	h, _, err := s.Read(ctx, "")
	if err != nil || len(h) != site.MaxHistory || h[0].Digest != "14" {
		t.Errorf("%s, %v", digests(h), err)
	}
	if page, _, err := st.List(ctx, s.Prefix(), ""); err != nil || len(page) != site.MaxHistory+1 {
		t.Errorf("%d objects are left, want %d indexes and site.json: %v", len(page), site.MaxHistory, err)
	}
}

// TestPublishersAtOnce lets several publish to one site: all of it is there.
func TestPublishersAtOnce(t *testing.T) {
	s := site.Site{Store: &storetest.Memory{}, Name: "a"}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() { publish(t, s, fmt.Sprint(i)) })
	}
	wg.Wait()
	h, _, err := s.Read(ctx, "")
	if err != nil || len(h) != 8 {
		t.Errorf("%s, %v", digests(h), err)
	}
	for _, v := range h {
		if data, err := s.Load(ctx, v); err != nil || string(data) != "index "+v.Digest {
			t.Errorf("%s: %q, %v", v.Digest, data, err)
		}
	}
}

// TestInterrupted has every call fail in turn, with and without effect: what the
// site names is there, and doing it again brings about what was wanted.
func TestInterrupted(t *testing.T) {
	for _, lost := range []bool{false, true} {
		for n, done := int64(1), false; !done; n++ {
			faulty := &storetest.Faulty{Store: &storetest.Memory{Now: func() time.Time { return now.Add(-2 * time.Hour) }}}
			s := site.Site{Store: faulty, Name: "a"}
			publish(t, s, "A")
			faulty.Fail, faulty.After = faulty.Calls()+n, lost
			if _, err := s.Publish(ctx, "B", []byte("index B"), now); err != nil && !errors.Is(err, storetest.ErrFault) {
				t.Fatal(err)
			}
			done, faulty.Fail = faulty.Calls() < faulty.Fail, 0
			if h, _, err := s.Read(ctx, ""); err != nil {
				t.Fatal(err)
			} else if data, err := s.Load(ctx, h[0]); err != nil || string(data) != "index "+h[0].Digest {
				t.Fatalf("call %d failed: %s names what is not there: %v", n, digests(h), err)
			}
			if h := publish(t, s, "B"); digests(h) != "B A" {
				t.Fatalf("call %d failed: %s", n, digests(h))
			}
			if err := s.Sweep(ctx, now); err != nil {
				t.Fatal(err)
			}
			if page, _, _ := faulty.List(ctx, s.Prefix(), ""); len(page) != 3 {
				t.Fatalf("call %d failed: %v are left", n, page)
			}
		}
	}
}

// TestSweepIsInterrupted has every call of it fail in turn.
func TestSweepIsInterrupted(t *testing.T) {
	for n, done := int64(1), false; !done; n++ {
		faulty := &storetest.Faulty{Store: &storetest.Memory{Now: func() time.Time { return now.Add(-2 * time.Hour) }}}
		s := site.Site{Store: faulty, Name: "a"}
		publish(t, s, "A")
		if _, err := faulty.Put(ctx, s.Prefix()+"versions/left.postil", nil, store.Condition{}); err != nil {
			t.Fatal(err)
		}
		faulty.Fail = faulty.Calls() + n
		if err := s.Sweep(ctx, now); err != nil && !errors.Is(err, storetest.ErrFault) {
			t.Fatal(err)
		}
		done, faulty.Fail = faulty.Calls() < faulty.Fail, 0
		if err := s.Sweep(ctx, now); err != nil {
			t.Fatal(err)
		}
		if page, _, _ := faulty.List(ctx, s.Prefix(), ""); len(page) != 2 {
			t.Fatalf("call %d failed: %v are left", n, page)
		}
	}
}

// TestYoungIsLeft sweeps while an upload is under way.
func TestYoungIsLeft(t *testing.T) {
	st := &storetest.Memory{Now: func() time.Time { return now.Add(-time.Minute) }}
	s := site.Site{Store: st, Name: "a"}
	if _, err := st.Put(ctx, s.Prefix()+"versions/young.postil", nil, store.Condition{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Sweep(ctx, now); err != nil {
		t.Fatal(err)
	}
	if _, err := st.Get(ctx, s.Prefix()+"versions/young.postil", ""); err != nil {
		t.Error(err)
	}
}

// TestDamagedManifest reads what is none.
func TestDamagedManifest(t *testing.T) {
	for _, data := range []string{"", "{", "[]", "{}", `{"versions":[]}`, `{"versions":[{"published":1}]}`} {
		st := &storetest.Memory{}
		if _, err := st.Put(ctx, "sites/a/site.json", []byte(data), store.Condition{}); err != nil {
			t.Fatal(err)
		}
		h, _, err := (site.Site{Store: st, Name: "a"}).Read(ctx, "")
		if err == nil || !strings.Contains(err.Error(), "sites/a/site.json is damaged") {
			t.Errorf("%s: %v, %v", data, h, err)
		}
		if empty := strings.HasSuffix(data, "}") && !strings.Contains(data, "published"); err != nil && strings.Contains(err.Error(), "no versions") != empty {
			t.Errorf("%s: %v", data, err)
		}
	}
}

func TestNames(t *testing.T) {
	st := &storetest.Memory{Page: 2}
	want := []string{"a", "a-1", "a0", "b", "z"}
	for _, name := range want {
		for i := range 3 {
			if _, err := st.Put(ctx, fmt.Sprintf("sites/%s/versions/%d.postil", name, i), nil, store.Condition{}); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, other := range []string{"articles/x", "sites/file", "sitesx/y/z"} {
		if _, err := st.Put(ctx, other, nil, store.Condition{}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := site.Names(ctx, st)
	slices.Sort(got)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v, want %v", got, err, want)
	}
}

func TestValidName(t *testing.T) {
	for name, want := range map[string]bool{
		"a": true, "a-b": true, "0": true, strings.Repeat("x", 63): true,
		"": false, "-a": false, "a-": false, "A": false, "a_b": false, "a/b": false, "é": false, "..": false, strings.Repeat("x", 64): false,
	} {
		if got := site.ValidName(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}
