package live_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"postil"
	"postil/internal/live"
	"postil/internal/store"
	"postil/internal/store/storetest"
)

// annotator has two terms and three articles: built-0, built-1 and built-2.
func annotator(t testing.TB) *postil.Annotator {
	t.Helper()
	terms := []postil.Term{
		{ID: "cma", Label: "Competition and Markets Authority", Abbreviations: []string{"CMA"}},
		{ID: "agi", Label: "Artificial general intelligence", Abbreviations: []string{"AGI"}},
	}
	var articles []postil.Article
	for i := range 3 {
		articles = append(articles, article(fmt.Sprintf("built-%d", i), "built"))
	}
	data, err := postil.Compile(terms, postil.CompileOptions{Articles: articles})
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.Open(data)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// article has a word of its own, by which it is found.
func article(id, word string) postil.Article {
	return postil.Article{ID: id, Title: "On the CMA", Text: "The CMA looked at AGI once more. Word: " + word + ".", Published: "2026-01-02"}
}

func always(*postil.StoredArticle) error { return nil }

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func open(a *postil.Annotator, st store.Store) *live.Archive {
	return live.New(a, live.Options{Store: st, Prefix: "sites/x/", Log: quiet(), Pause: func(context.Context, time.Duration) error { return nil }})
}

func put(t testing.TB, x *live.Archive, id, word string) live.View {
	t.Helper()
	v, _, err := x.Put(t.Context(), article(id, word), always)
	if err != nil {
		t.Fatalf("put %s: %v", id, err)
	}
	return v
}

// words are the articles by id, each with its word, as a search finds them.
func words(t testing.TB, v live.View) map[string]string {
	t.Helper()
	r, err := v.Search(postil.SearchQuery{Text: "+terms:cma", Scope: postil.ScopeArticles, Limit: postil.MaxHits})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, h := range r.Articles {
		s, err := v.Article(h.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, word, _ := strings.Cut(s.Text, "Word: ")
		found[h.ID] = strings.TrimSuffix(word, ".")
	}
	if n, err := v.Count(); err != nil || n != len(found) {
		t.Errorf("%d articles, of which %d are found: %v", n, len(found), err)
	}
	return found
}

func view(t testing.TB, x *live.Archive) live.View {
	t.Helper()
	v, err := x.View(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func expect(t testing.TB, what string, v live.View, want map[string]string) {
	t.Helper()
	if got := words(t, v); !maps.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
	if len(v.Broken) > 0 {
		t.Errorf("%s: broken segments %v", what, v.Broken)
	}
}

func builtWords() map[string]string {
	return map[string]string{"built-0": "built", "built-1": "built", "built-2": "built"}
}

func TestPutAndDelete(t *testing.T) {
	a, st := annotator(t), &storetest.Memory{}
	x, other := open(a, st), open(a, st)
	want := builtWords()
	expect(t, "at first", view(t, x), want)
	v, created, err := x.Put(t.Context(), article("new", "one"), always)
	if err != nil || !created {
		t.Fatal(created, err)
	}
	want["new"] = "one"
	expect(t, "in its own view", v, want)
	expect(t, "for another", view(t, other), want)
	if _, created, err = other.Put(t.Context(), article("built-1", "two"), always); err != nil || created {
		t.Fatal(created, err)
	}
	want["built-1"] = "two"
	if err := x.Delete(t.Context(), "built-0", always); err != nil {
		t.Fatal(err)
	}
	delete(want, "built-0")
	if err := x.Delete(t.Context(), "built-0", always); !errors.Is(err, postil.ErrNoArticle) {
		t.Errorf("deleted twice: %v", err)
	}
	for range 2 {
		expect(t, "in the end", view(t, other), want)
		if err := x.Compact(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	expect(t, "when opened again", view(t, open(a, st)), want)
	r, err := view(t, x).Mentions(postil.MentionQuery{Term: "cma"})
	if err != nil || r.Total != len(want) {
		t.Errorf("mentions: %+v %v", r, err)
	}
}

func TestChecks(t *testing.T) {
	a := annotator(t)
	x := open(a, &storetest.Memory{})
	stale := errors.New("stale")
	if _, _, err := x.Put(t.Context(), article("built-0", "x"), func(now *postil.StoredArticle) error {
		if now == nil || now.ID != "built-0" {
			t.Errorf("asked about %v", now)
		}
		return stale
	}); !errors.Is(err, stale) {
		t.Error(err)
	}
	if _, _, err := x.Put(t.Context(), postil.Article{ID: "bad\x00id"}, always); err == nil {
		t.Error("an id with a control character")
	}
	expect(t, "unchanged", view(t, x), builtWords())
	st := &storetest.Memory{}
	put(t, open(a, st), "large", "x")
	small := live.New(a, live.Options{Store: st, Prefix: "sites/x/", MaxBytes: 100})
	if _, _, err := small.Put(t.Context(), article("larger", "x"), always); !errors.Is(err, live.ErrFull) {
		t.Error(err)
	}
	if err := small.Delete(t.Context(), "large", always); err != nil {
		t.Error("there is no room to delete:", err)
	}
}

// TestBusy has somebody else come first every time.
func TestBusy(t *testing.T) {
	a, st := annotator(t), &storetest.Memory{}
	other := open(a, st)
	n := 0
	x := open(a, st)
	_, _, err := x.Put(t.Context(), article("late", "x"), func(*postil.StoredArticle) error {
		n++
		put(t, other, "first", fmt.Sprint(n))
		return nil
	})
	if !errors.Is(err, live.ErrBusy) || n < 10 {
		t.Errorf("after %d tries: %v", n, err)
	}
}

// TestLostAnswer has a change written whose answer is lost and, before it is tried
// again, another one of the same article, and a merge of both. The first must not
// be written over the second, nor name a segment that is about to be removed.
func TestLostAnswer(t *testing.T) {
	a, memory, now := annotator(t), &storetest.Memory{}, time.Unix(1e9, 0)
	clock := func() time.Time { return now }
	memory.Now = clock
	other := live.New(a, live.Options{Store: memory, Prefix: "sites/x/", Log: quiet(), Now: clock})
	paused := 0
	x := live.New(a, live.Options{
		Store:  &storetest.Faulty{Store: memory, Fail: 3, After: true}, // manifest read, segment and manifest written
		Prefix: "sites/x/", Log: quiet(), Now: clock,
		Pause: func(context.Context, time.Duration) error {
			paused++
			put(t, other, "new", "two")
			put(t, other, "more", "x") // what makes it worth to merge
			return other.Compact(t.Context())
		},
	})
	put(t, x, "new", "one")
	if paused != 1 {
		t.Fatalf("paused %d times", paused)
	}
	want := builtWords()
	want["new"], want["more"] = "two", "x"
	expect(t, "after the second try", view(t, open(a, memory)), want)
	for range 2 {
		now = now.Add(2 * time.Hour)
		if err := other.Compact(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	expect(t, "when old segments are gone", view(t, open(a, memory)), want)
}

// TestLostAnswerToDelete is the same with an article that is deleted and written
// again.
func TestLostAnswerToDelete(t *testing.T) {
	a, memory := annotator(t), &storetest.Memory{}
	other := open(a, memory)
	paused := 0
	x := live.New(a, live.Options{
		Store:  &storetest.Faulty{Store: memory, Fail: 2, After: true}, // manifest read and written
		Prefix: "sites/x/", Log: quiet(),
		Pause: func(context.Context, time.Duration) error {
			paused++
			put(t, other, "built-0", "two")
			put(t, other, "more", "x")
			return other.Compact(t.Context())
		},
	})
	if err := x.Delete(t.Context(), "built-0", always); err != nil || paused != 1 {
		t.Fatalf("paused %d times: %v", paused, err)
	}
	want := builtWords()
	want["built-0"], want["more"] = "two", "x"
	expect(t, "after the second try", view(t, open(a, memory)), want)
}

// TestRefresh counts what reading costs.
func TestRefresh(t *testing.T) {
	a, memory := annotator(t), &storetest.Memory{}
	now := time.Unix(1e9, 0)
	counted := &storetest.Faulty{Store: memory}
	x := live.New(a, live.Options{Store: counted, Prefix: "sites/x/", Refresh: time.Minute, Now: func() time.Time { return now }})
	put(t, open(a, memory), "new", "one")
	first := view(t, x)
	calls := counted.Calls()
	now = now.Add(59 * time.Second)
	put(t, open(a, memory), "new", "two")
	if v := view(t, x); v.Generation != first.Generation || counted.Calls() != calls {
		t.Errorf("asked before its time: %d calls", counted.Calls()-calls)
	}
	now = now.Add(2 * time.Second)
	if got := words(t, view(t, x))["new"]; got != "two" || counted.Calls() != calls+2 {
		t.Errorf("%q after %d calls", got, counted.Calls()-calls)
	}
	now = now.Add(2 * time.Minute)
	view(t, x)
	if counted.Calls() != calls+3 {
		t.Errorf("what has not changed costs %d calls", counted.Calls()-calls-2)
	}
}

// TestUnreachable fails every call to the store.
func TestUnreachable(t *testing.T) {
	a, memory := annotator(t), &storetest.Memory{}
	put(t, open(a, memory), "new", "one")
	down := &switched{Store: memory}
	x := open(a, down)
	down.err = storetest.ErrFault
	if _, err := x.View(t.Context()); !errors.Is(err, storetest.ErrFault) {
		t.Errorf("what was never read: %v", err)
	}
	down.err = nil
	before := view(t, x)
	down.err = storetest.ErrFault
	if v := view(t, x); v.Generation != before.Generation {
		t.Error("another state without a store")
	}
	if _, _, err := x.Put(t.Context(), article("new", "two"), always); !errors.Is(err, storetest.ErrFault) {
		t.Errorf("put: %v", err)
	}
	down.err = store.ErrWait
	if _, err := x.View(t.Context()); !errors.Is(err, store.ErrWait) {
		t.Errorf("where nothing may be waited for: %v", err)
	}
	if _, _, err := x.Put(t.Context(), article("new", "two"), always); !errors.Is(err, store.ErrWait) {
		t.Errorf("put where nothing may be waited for: %v", err)
	}
	down.err = nil
	if got := words(t, view(t, x))["new"]; got != "one" {
		t.Errorf("in the end %q", got)
	}
}

// switched fails in all calls while it has an error.
type switched struct {
	store.Store
	err error
}

func (s *switched) Get(ctx context.Context, key string, unless store.Version) (store.Object, error) {
	if s.err != nil {
		return store.Object{}, s.err
	}
	return s.Store.Get(ctx, key, unless)
}

// TestWriters has several processes write at once, while others compact and read.
func TestWriters(t *testing.T) {
	a, st := annotator(t), &storetest.Memory{}
	const writers, each = 4, 12
	var writing, others sync.WaitGroup
	want := builtWords()
	done := make(chan struct{})
	for w := range writers {
		writing.Go(func() {
			x := live.New(a, live.Options{Store: st, Prefix: "sites/x/", Log: quiet()}) // which waits between tries
			for i := range each {
				id := fmt.Sprintf("w%d-%d", w, i)
				put(t, x, id, "first")
				put(t, x, id, "last")
				if i%3 == 0 {
					if err := x.Delete(t.Context(), id, always); err != nil {
						t.Error(err)
					}
				}
			}
		})
		for i := range each {
			if i%3 != 0 {
				want[fmt.Sprintf("w%d-%d", w, i)] = "last"
			}
		}
	}
	for _, work := range []func(*live.Archive) error{
		func(x *live.Archive) error { return x.Compact(t.Context()) },
		func(x *live.Archive) error {
			v, err := x.View(t.Context())
			if err == nil && len(words(t, v)) < 3 {
				t.Error("articles are missing")
			}
			return err
		},
	} {
		others.Go(func() {
			x := open(a, st)
			for {
				select {
				case <-done:
					return
				default:
					runtime.Gosched() // under WebAssembly nobody else would have a turn
				}
				if err := work(x); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	writing.Wait()
	close(done)
	others.Wait()
	expect(t, "in the end", view(t, open(a, st)), want)
}

// TestDamage damages one segment and removes another.
func TestDamage(t *testing.T) {
	a, st := annotator(t), &storetest.Memory{}
	x := open(a, st)
	for i := range 4 {
		put(t, x, fmt.Sprintf("new-%d", i), "x")
	}
	put(t, x, "built-0", "newer")
	keys := segments(t, st)
	object, err := st.Get(t.Context(), keys[0], "")
	if err != nil {
		t.Fatal(err)
	}
	object.Data[len(object.Data)/2] ^= 1
	if _, err := st.Put(t.Context(), keys[0], object.Data, store.Condition{}); err != nil {
		t.Fatal(err)
	}
	if err := st.Delete(t.Context(), keys[1]); err != nil {
		t.Fatal(err)
	}
	v := view(t, open(a, st))
	if len(v.Broken) != 2 {
		t.Errorf("broken: %v", v.Broken)
	}
	got := words(t, v)
	if got["built-0"] == "built" {
		t.Error("an article is there again that was replaced")
	}
	if n := len(got); n != 3+5-2 && n != 3+5-3 {
		t.Errorf("%d articles: %v", n, got)
	}
	y := open(a, st)
	put(t, y, "after", "x")
	if err := y.Compact(t.Context()); err != nil {
		t.Error(err)
	}
	if words(t, view(t, open(a, st)))["after"] != "x" {
		t.Error("nothing can be written any more")
	}
}

func segments(t testing.TB, st store.Store) (keys []string) {
	t.Helper()
	list, _, err := st.List(t.Context(), "sites/x/articles/segments/", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		keys = append(keys, e.Key)
	}
	slices.Sort(keys)
	return keys
}

func TestManifestOfAnotherFormat(t *testing.T) {
	for _, text := range []string{"", "{}", `{"format":2}`, `{"format":1`, `[]`} {
		st := &storetest.Memory{}
		if _, err := st.Put(t.Context(), "sites/x/articles/manifest.json", []byte(text), store.Condition{}); err != nil {
			t.Fatal(err)
		}
		x := open(annotator(t), st)
		if _, err := x.View(t.Context()); !errors.Is(err, live.ErrManifest) {
			t.Errorf("%s: %v", text, err)
		}
		if _, _, err := x.Put(t.Context(), article("new", "x"), always); !errors.Is(err, live.ErrManifest) {
			t.Errorf("%s: written over: %v", text, err)
		}
	}
}
