package live

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"postil"
	"postil/internal/store"
)

// A state is what was read of a store. It does not change.
type state struct {
	View
	manifest *manifest
	version  store.Version // of the manifest; "" if there is none
	data     map[string]segment
	// When reading or writing the manifest began and had ended: it was so at some
	// moment between.
	read, done time.Time
}

// A segment is the bytes of one, and whether they have been opened without an
// error.
type segment struct {
	bytes []byte
	good  bool
}

// rereads is how often the manifest is read again because a segment that it names
// has gone: it was merged meanwhile.
const rereads = 3

// read asks the store for the articles as they are now.
func (a *Archive) read(ctx context.Context) (*state, error) {
	for try := 0; ; try++ {
		was, began := a.state.Load(), a.o.Now()
		known := &state{manifest: &manifest{Format: format}}
		if was != nil {
			known = was
		}
		o, err := a.o.Store.Get(ctx, a.o.Prefix+manifestKey, known.version)
		next := &state{manifest: known.manifest, version: o.Version, read: began, done: a.o.Now()}
		switch {
		case errors.Is(err, store.ErrNotModified):
			again := *known
			again.read, again.done = began, next.done
			return a.use(&again), nil
		case errors.Is(err, store.ErrNotFound):
			next.manifest = &manifest{Format: format}
		case err != nil:
			return nil, fmt.Errorf("read %s: %w", manifestKey, err)
		default:
			if next.manifest, err = parseManifest(o.Data); err != nil {
				return nil, err
			}
		}
		err = a.load(ctx, next, known.data)
		if errors.Is(err, store.ErrNotFound) && try < rereads {
			continue
		}
		if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
		if err := a.open(next); err != nil {
			return nil, err
		}
		return a.use(next), nil
	}
}

// load reads the segments of a manifest that are not known. One that is not there
// is left out, and the error then wraps store.ErrNotFound.
func (a *Archive) load(ctx context.Context, s *state, known map[string]segment) error {
	var missing error
	s.data = map[string]segment{}
	for _, e := range s.manifest.Segments {
		if e.Size == 0 {
			continue
		}
		if d, ok := known[e.Name]; ok {
			s.data[e.Name] = d
			continue
		}
		o, err := a.o.Store.Get(ctx, a.o.Prefix+segmentKey(e.Name), "")
		switch {
		case errors.Is(err, store.ErrNotFound):
			missing = err
		case err != nil:
			return fmt.Errorf("read %s: %w", segmentKey(e.Name), err)
		case int64(len(o.Data)) == e.Size: // or else it is another one
			s.data[e.Name] = segment{bytes: o.Data}
		}
	}
	return missing
}

// open makes the library of a state. Segments that cannot be used are named as
// broken; they are read again with the next manifest.
func (a *Archive) open(s *state) error {
	list := make([]postil.Segment, 0, len(s.manifest.Segments))
	s.Generation = s.manifest.Generation
	for _, e := range s.manifest.Segments {
		d, ok := s.data[e.Name]
		if e.Size > 0 && !ok {
			s.Broken = append(s.Broken, e.Name)
		}
		list = append(list, postil.Segment{Name: e.Name, Data: d.bytes, Removes: e.Removes, Checked: d.good})
	}
	lib, err := a.annotator.Library(list...)
	if lib == nil {
		return err
	}
	s.Library = lib
	for _, e := range segmentErrors(err) {
		s.Broken = append(s.Broken, e.ID)
		delete(s.data, e.ID)
	}
	for name, d := range s.data {
		s.data[name] = segment{d.bytes, true}
	}
	if len(s.Broken) > 0 {
		a.o.Log.Error("articles are missing: their segments are damaged", "segments", s.Broken, "error", err)
	}
	return nil
}

func segmentErrors(err error) (all []*postil.SegmentError) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			all = append(all, segmentErrors(e)...)
		}
		return all
	}
	if e := (*postil.SegmentError)(nil); errors.As(err, &e) {
		all = append(all, e)
	}
	return all
}

// use makes a state the one to answer from, unless there is a later one meanwhile,
// and returns the one in use.
func (a *Archive) use(next *state) *state {
	for {
		now := a.state.Load()
		if now != nil && now.isAfter(next) {
			return now
		}
		if a.state.CompareAndSwap(now, next) {
			return next
		}
	}
}

// isAfter reports whether the store was in state s later than in state t. Of two
// that were read or written at the same time the generations tell; otherwise they
// do not count, since a store may be emptied or put back.
func (s *state) isAfter(t *state) bool {
	switch {
	case s.read.After(t.done):
		return true
	case t.read.After(s.done):
		return false
	case s.Generation != t.Generation:
		return s.Generation > t.Generation
	default:
		return s.read.After(t.read)
	}
}

// with returns the state after a change of this process, which began at some time
// and whose new segment need not be read.
func (a *Archive) with(was *state, began time.Time, m *manifest, version store.Version, name string, data []byte) (*state, error) {
	next := &state{manifest: m, version: version, read: began, done: a.o.Now(), data: maps.Clone(was.data)}
	maps.DeleteFunc(next.data, func(name string, _ segment) bool {
		return !slices.ContainsFunc(m.Segments, func(e entry) bool { return e.Name == name })
	})
	if data != nil {
		next.data[name] = segment{bytes: data}
	}
	if err := a.open(next); err != nil {
		return nil, err
	}
	return a.use(next), nil
}
