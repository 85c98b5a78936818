package live

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
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

// write adds a segment that replaces an article; without data it removes it.
func (a *Archive) write(ctx context.Context, id string, data []byte, check Check) (s *state, created bool, err error) {
	w := writing{Archive: a, entry: entry{Name: newName(), Size: int64(len(data)), Removes: []string{id}}, id: id, data: data, check: check}
	err = a.o.Pause.Retry(ctx, func() error { return w.try(ctx) })
	switch {
	case errors.Is(err, store.ErrConflict) && w.unsure != nil:
		return nil, false, w.unsure
	case errors.Is(err, store.ErrConflict):
		return nil, false, fmt.Errorf("%w: others came first again and again", ErrBusy)
	case err != nil:
		return nil, false, err
	}
	return w.state, w.created, nil
}

// writing is a change on its way.
type writing struct {
	*Archive
	entry   entry
	id      string
	data    []byte
	check   Check
	stored  time.Time // zero before the segment is
	failed  bool      // the store has failed to write a manifest
	unsure  error     // of the store, if that was the last try
	state   *state
	created bool
}

func (w *writing) try(ctx context.Context) (err error) {
	w.unsure = nil
	if w.state, err = w.read(ctx); err != nil {
		return err
	}
	m := w.state.manifest
	if m.names(w.entry.Name) {
		return nil // it was written, although the store said otherwise, and perhaps merged since
	}
	now, err := w.state.article(w.id)
	if err != nil {
		return err
	}
	if err := w.check(now); err != nil {
		return err
	}
	if len(w.data) > 0 && m.size()+w.entry.Size > w.o.MaxBytes {
		return fmt.Errorf("%w: they take %d bytes of %d", ErrFull, m.size(), w.o.MaxBytes)
	}
	if w.stored.IsZero() {
		if w.stored, err = w.upload(ctx, w.entry.Name, w.data); err != nil {
			return err
		}
	}
	w.created = now == nil
	m = m.follow(append(slices.Clip(m.Segments), w.entry))
	w.state, err = w.replace(ctx, w.state, m, w.entry.Name, w.data, w.stored)
	if err != nil && !errors.Is(err, store.ErrConflict) && !w.failed {
		w.failed, w.unsure = true, err
		return fmt.Errorf("%w, or this was written: %w", store.ErrConflict, err) // to read the manifest tells
	}
	return err
}

// upload stores a segment, if there is one, and returns when that was.
func (a *Archive) upload(ctx context.Context, name string, data []byte) (time.Time, error) {
	now := a.o.Now()
	if len(data) == 0 {
		return now, nil
	}
	if _, err := a.o.Store.Put(ctx, a.o.Prefix+segmentKey(name), data, store.Condition{}); err != nil {
		return time.Time{}, fmt.Errorf("write %s: %w", segmentKey(name), err)
	}
	return now, nil
}

// errSlow is for a segment that might have been removed as one that nobody named.
var errSlow = errors.New("it took too long")

// replace writes the manifest that follows that of s, and perhaps names a segment
// that was stored at some time.
func (a *Archive) replace(ctx context.Context, s *state, m *manifest, name string, data []byte, stored time.Time) (*state, error) {
	if len(data) > 0 && a.o.Now().Sub(stored) > store.UnderWay/2 {
		return nil, fmt.Errorf("name a segment of articles: %w", errSlow)
	}
	text, err := m.encode()
	if err != nil {
		return nil, err
	}
	began := a.o.Now()
	version, err := a.o.Store.Put(ctx, a.o.Prefix+manifestKey, text, store.Condition{Absent: s.version == "", Match: s.version})
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", manifestKey, err)
	}
	return a.with(s, began, m, version, name, data)
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
