package live

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"slices"
	"time"

	"postil"
	"postil/internal/store"
)

// A Check decides whether an article may be changed, which is nil if there is
// none. What it returns is the error of the change.
type Check func(now *postil.StoredArticle) error

// Put writes an article in place of the one with its id, if there is one, and
// returns the view that has it. When it returns without an error all who read the
// store from now on find the article; with one it may have been written all the
// same if the store failed, and not if the error is that of check or wraps
// ErrFull, or ErrBusy. An article that cannot be indexed gives an error of
// Annotator.Segment.
func (a *Archive) Put(ctx context.Context, article postil.Article, check Check) (v View, created bool, err error) {
	data, err := a.annotator.Segment(article)
	if err != nil {
		return View{}, false, err
	}
	s, created, err := a.write(ctx, article.ID, data, check)
	if err != nil {
		return View{}, false, err
	}
	return a.view(s), created, nil
}

// Delete removes an article, if check lets it. See Put for errors.
func (a *Archive) Delete(ctx context.Context, id string, check Check) error {
	_, _, err := a.write(ctx, id, nil, func(now *postil.StoredArticle) error {
		if err := check(now); err != nil || now != nil {
			return err
		}
		return fmt.Errorf("%w: %q", postil.ErrNoArticle, id)
	})
	return err
}

// tries is how often a change is made again because another one came first: each
// time one of those who try succeeds.
const tries = 16

// write adds a segment that replaces an article; without data it removes it.
func (a *Archive) write(ctx context.Context, id string, data []byte, check Check) (s *state, created bool, err error) {
	e := entry{Name: newName(), Size: int64(len(data)), Removes: []string{id}}
	var stored time.Time
	failed := false
	for try := range tries {
		if s, err = a.read(ctx); err != nil {
			return nil, false, err
		}
		if s.manifest.names(e.Name) {
			return s, created, nil // it was written, although the store said otherwise, and perhaps merged since
		}
		var now *postil.StoredArticle
		if now, err = s.article(id); err != nil {
			return nil, false, err
		}
		if err = check(now); err != nil {
			return nil, false, err
		}
		if s.manifest.size()+e.Size > a.o.MaxBytes {
			return nil, false, fmt.Errorf("%w: they take %d bytes of %d", ErrFull, s.manifest.size(), a.o.MaxBytes)
		}
		if stored.IsZero() {
			if stored, err = a.upload(ctx, e.Name, data); err != nil {
				return nil, false, err
			}
		}
		created = now == nil
		m := s.manifest.follow(append(slices.Clip(s.manifest.Segments), e))
		if s, err = a.replace(ctx, s, m, e.Name, data, stored); err == nil {
			return s, created, nil
		}
		if !errors.Is(err, store.ErrConflict) {
			if failed {
				return nil, false, err
			}
			failed = true // or written: to read the manifest tells
		}
		if err = a.o.Pause(ctx, backOff(try)); err != nil {
			return nil, false, err
		}
	}
	return nil, false, fmt.Errorf("%w: others came first %d times", ErrBusy, tries)
}

// upload stores a segment, if there is one, and returns when that was.
func (a *Archive) upload(ctx context.Context, name string, data []byte) (time.Time, error) {
	now := a.o.Now()
	if len(data) == 0 {
		return now, nil
	}
	if _, err := a.o.Store.Put(ctx, a.o.Prefix+segmentKey(name), data, store.Condition{}); err != nil {
		return now, fmt.Errorf("write %s: %w", segmentKey(name), err)
	}
	return now, nil
}

// errSlow is for a segment that might have been removed as one that nobody named.
var errSlow = errors.New("it took too long")

// replace writes the manifest that follows that of s, and perhaps names a segment
// that was stored at some time.
func (a *Archive) replace(ctx context.Context, s *state, m *manifest, name string, data []byte, stored time.Time) (*state, error) {
	if len(data) > 0 && a.o.Now().Sub(stored) > underWay/2 {
		return nil, fmt.Errorf("name a segment of articles: %w", errSlow)
	}
	text, err := m.encode()
	if err != nil {
		return nil, err
	}
	version, err := a.o.Store.Put(ctx, a.o.Prefix+manifestKey, text, store.Condition{Absent: s.version == "", Match: s.version})
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", manifestKey, err)
	}
	return a.with(s, m, version, name, data)
}

// article returns an article of a state, nil if there is none.
func (s *state) article(id string) (*postil.StoredArticle, error) {
	found, err := s.Article(id)
	if errors.Is(err, postil.ErrNoArticle) {
		return nil, nil
	}
	return &found, err
}

// newName is a name that nothing else has.
func newName() string { return rand.Text() }

const (
	shortest = 10 * time.Millisecond
	longest  = 400 * time.Millisecond
)

// backOff is how long to wait after a try: a random time whose bound doubles, so
// that those who collided do not again.
func backOff(try int) time.Duration {
	bound := min(shortest<<min(try, 10), longest)
	return time.Duration(mathrand.Int64N(int64(bound)))
}
