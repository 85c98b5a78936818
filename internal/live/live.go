// Package live keeps the articles that are indexed while the service runs, in a
// store:
//
//	articles/manifest.json      which segments there are, in their order
//	articles/segments/NAME.zap  articles made searchable
//
// An article is written by storing a segment of it under a name of its own and
// then the manifest that names it, on the condition that nobody else has written
// one since: of many writers, in whatever processes, one is first and the others
// try again. So a manifest names what is there, readers see one manifest or the
// next, and what no manifest names does not count. The same order makes
// compaction safe, which merges many small segments into one: wherever it is
// interrupted, one of the two manifests holds.
//
// Everybody reads for himself: no call waits for another call's input or output,
// and nothing goes on when a call has returned.
package live

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"postil"
	"postil/internal/store"
)

// Options says where the articles are and how they are kept. Store must be set.
type Options struct {
	Store store.Store
	// Prefix begins all keys: "" or a path that ends with a slash.
	Prefix string
	// Refresh is how long what was read of the manifest holds; 0 means always to
	// ask.
	Refresh time.Duration
	// MaxBytes bounds what all segments have together, since all are held in memory;
	// 0 means DefaultMaxBytes.
	MaxBytes int64
	// Log is told what goes wrong without an error; nil means slog.Default().
	Log *slog.Logger
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Pause waits; nil means to do so with a timer.
	Pause store.Pause
}

// DefaultMaxBytes bounds the segments of an archive unless Options says otherwise.
const DefaultMaxBytes = 24 << 20

var (
	// ErrBusy is for a change that others came before again and again.
	ErrBusy = errors.New("too many changes at once")
	// ErrFull is for an article for which there is no room.
	ErrFull = errors.New("no room for more articles")
	// ErrManifest is for a manifest that cannot be understood.
	ErrManifest = errors.New("the manifest of articles is damaged")
)

// An Archive is the articles of an index together with those in a store. It is
// safe for concurrent use.
type Archive struct {
	annotator *postil.Annotator
	o         Options
	state     atomic.Pointer[state]
	// When the manifest was last asked for, and when that last failed, in nanoseconds.
	begun, failed atomic.Int64
}

// New returns an archive. It reads nothing yet.
func New(a *postil.Annotator, o Options) *Archive {
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultMaxBytes
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Archive{annotator: a, o: o}
}

// A View is the articles as they were at one moment.
type View struct {
	*postil.Library
	// Generation counts the changes: two views of an archive with the same one have
	// the same articles.
	Generation int64
	// Broken names the segments that cannot be used, whose articles are missing.
	Broken []string
	// Until is when the store is to be asked again, and so past if it was asked in vain.
	Until time.Time
}

// View returns the articles, as they are or were not longer than Options.Refresh
// ago, or twice that while another call asks for them. When the store cannot be
// read they are as they were, and it is asked again after Options.Refresh; the
// error is the store's if nothing was read yet, or store.ErrWait if it has to be
// asked and cannot be here.
func (a *Archive) View(ctx context.Context) (View, error) {
	s, now := a.state.Load(), a.o.Now()
	if s != nil && now.Sub(s.read) < a.o.Refresh {
		return a.view(s), nil
	}
	begun, refresh := a.begun.Load(), int64(a.o.Refresh)
	isAsked := now.UnixNano()-begun < refresh || !a.begun.CompareAndSwap(begun, now.UnixNano())
	if s != nil && isAsked && (now.Sub(s.read) < 2*a.o.Refresh || now.UnixNano()-a.failed.Load() < refresh) {
		return a.view(s), nil
	}
	next, err := a.read(ctx)
	switch {
	case errors.Is(err, store.ErrWait):
		a.begun.CompareAndSwap(now.UnixNano(), begun)
		return View{}, err
	case err != nil && s == nil:
		return View{}, err
	case err != nil:
		a.failed.Store(a.o.Now().UnixNano())
		a.o.Log.Error("the articles are as they were before", "since", s.read, "error", err)
		return a.view(s), nil
	}
	return a.view(next), nil
}

func (a *Archive) view(s *state) View {
	v := s.View
	v.Until = s.read.Add(a.o.Refresh)
	return v
}

// Size is how many bytes of segments are held in memory.
func (a *Archive) Size() (n int64) {
	if s := a.state.Load(); s != nil {
		for _, d := range s.data {
			n += int64(len(d.bytes))
		}
	}
	return n
}

// Any reports whether a store has segments of articles.
func Any(ctx context.Context, st store.Store, prefix string) (bool, error) {
	page, _, err := st.List(ctx, prefix+segments, "")
	return len(page) > 0, err
}
