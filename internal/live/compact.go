package live

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"postil"
	"postil/internal/fulltext"
	"postil/internal/store"
)

const (
	// maxMerged is the size of the largest segment that Compact makes, in bytes. To
	// merge takes some three times that in memory.
	maxMerged = 8 << 20
	// maxMerges bounds what one Compact does.
	maxMerges = 8
	// least is what a segment counts at least, in bytes: even one that only removes
	// costs every search something.
	least = 2 << 10
)

// Compact merges small segments that follow each other, so that each article is
// merged about as often as the number of articles has doubled, and then removes
// from the store what no manifest names any more. It may be interrupted at any
// point, and run while others write.
func (a *Archive) Compact(ctx context.Context) error {
	var problems []error
	for range maxMerges {
		more, err := a.merge(ctx)
		if err != nil {
			problems = append(problems, err)
		}
		if err != nil || !more {
			break
		}
	}
	return errors.Join(append(problems, a.sweep(ctx))...)
}

// merge merges one run of segments and reports whether there was one.
func (a *Archive) merge(ctx context.Context) (bool, error) {
	s, err := a.read(ctx)
	if err != nil {
		return false, err
	}
	i, j := s.run()
	if j-i < 2 {
		return false, nil
	}
	run := s.manifest.Segments[i:j]
	merged, data, err := a.mergeRun(s, i, j)
	if err != nil {
		return false, fmt.Errorf("merge %d segments of articles: %w", len(run), err)
	}
	stored, err := a.upload(ctx, merged.Name, data)
	if err != nil {
		return false, err
	}
	return true, a.substitute(ctx, run, merged, data, stored)
}

// run is the first run of segments that are worth to be merged: together they are
// at least twice the largest of them, and not too large.
func (s *state) run() (from, to int) {
	list := s.manifest.Segments
	weight := func(e entry) int64 { return max(e.Size, least) }
	for i := range list {
		var sum, largest int64
		best := i
		for j := i; j < len(list) && !slices.Contains(s.Broken, list[j].Name) && sum+weight(list[j]) <= maxMerged; j++ {
			sum, largest = sum+weight(list[j]), max(largest, weight(list[j]))
			if sum >= 2*largest {
				best = j + 1
			}
		}
		if best-i >= 2 {
			return i, best
		}
	}
	return 0, 0
}

// mergeRun makes one segment of the segments from i to before j. What they remove
// of those before them it removes too. Without data it only removes.
func (a *Archive) mergeRun(s *state, i, j int) (entry, []byte, error) {
	list := make([]fulltext.Segment, 0, j-i)
	ids := map[string]bool{}
	for _, e := range s.manifest.Segments[i:j] {
		list = append(list, fulltext.Segment{ID: e.Name, Data: s.data[e.Name].bytes, Removes: e.Removes, Verified: true})
		for _, id := range e.Removes {
			ids[id] = true
		}
	}
	x, err := fulltext.Open(list, fulltext.Options{}) // merging analyses nothing
	if err != nil {
		return entry{}, nil, err
	}
	data, err := x.Merge()
	if err != nil {
		return entry{}, nil, err
	}
	before, err := a.before(s, i)
	if err != nil {
		return entry{}, nil, err
	}
	e := entry{Name: newName(), Size: int64(len(data))}
	for _, id := range slices.Sorted(maps.Keys(ids)) {
		// What is in neither needs no removal any more. If it comes back with another
		// index, that is what its publisher did last.
		has := false
		for _, in := range []interface{ Has(string) (bool, error) }{x, before} {
			if has, err = in.Has(id); has || err != nil {
				break
			}
		}
		if err != nil {
			return entry{}, nil, err
		}
		if has {
			e.Removes = append(e.Removes, id)
		}
	}
	return e, data, nil
}

// before is the library of the index and the first segments of s.
func (a *Archive) before(s *state, n int) (*postil.Library, error) {
	var list []postil.Segment
	for _, e := range s.manifest.Segments[:n] {
		list = append(list, postil.Segment{Name: e.Name, Data: s.data[e.Name].bytes, Removes: e.Removes, Checked: true})
	}
	lib, err := a.annotator.Library(list...)
	if lib != nil {
		err = nil // the broken ones have been named already
	}
	return lib, err
}

// substitute puts a merged segment where the run is in the manifest. If the run is
// not there any more, somebody else has merged it.
func (a *Archive) substitute(ctx context.Context, run []entry, merged entry, data []byte, stored time.Time) error {
	err := a.o.Pause.Retry(ctx, func() error {
		s, err := a.read(ctx)
		if err != nil {
			return err
		}
		i := s.manifest.index(run[0].Name)
		if s.manifest.index(merged.Name) >= 0 || i < 0 || !sameNames(s.manifest.Segments[i:], run) {
			return nil
		}
		list := slices.Clone(s.manifest.Segments[:i])
		if merged.Size > 0 || len(merged.Removes) > 0 {
			list = append(list, merged)
		}
		m := s.manifest.follow(append(list, s.manifest.Segments[i+len(run):]...))
		for _, e := range run { // also those that only removed: by its name a writer knows its change again
			m.Retired = append(m.Retired, retired{e.Name, a.o.Now()})
		}
		_, err = a.replace(ctx, s, m, merged.Name, data, stored)
		return err
	})
	if errors.Is(err, store.ErrConflict) {
		return nil // the articles change too often now; they are as they were
	}
	return err
}

// sameNames reports whether list begins with the segments of run.
func sameNames(list, run []entry) bool {
	return len(list) >= len(run) && slices.EqualFunc(list[:len(run)], run, func(a, b entry) bool { return a.Name == b.Name })
}
