package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"

	"postil/bench/rivals"
)

// analyzer returns bleve's analyzer, which needs no dictionary.
func analyzer(b []byte) (*contender, error) {
	english, err := rivals.English()
	if err != nil {
		return nil, err
	}
	return &contender{name: "bleve_en", run: func() (int, error) { return len(english.Analyze(b)), nil }}, nil
}

// memoryLimit makes the collector work harder before linear memory ends, at
// four gigabytes: the automata of a large dictionary together take half of it.
const memoryLimit = 3 << 30

// libraries returns the Aho–Corasick libraries that can hold the forms. They
// search the text in lower case, made before the clock starts: two of them
// could not fold it themselves.
func libraries(forms []string, b []byte) ([]*contender, error) {
	debug.SetMemoryLimit(memoryLimit)
	lower := rivals.Lower(b)
	want := naive(forms, lower)
	var out []*contender
	for _, l := range rivals.Libraries() {
		if len(forms) > l.Most {
			continue
		}
		before := occupied()
		finder, err := l.Build(forms)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", l.Name, err)
		}
		c := &contender{name: l.Name, heap: max(occupied(), before) - before}
		spans := finder.Find(nil, lower)
		if !slices.Equal(spans, want) {
			return nil, fmt.Errorf("%s finds %d, where %d are right", l.Name, len(spans), len(want))
		}
		c.run = func() (int, error) {
			spans = finder.Find(spans[:0], lower)
			return len(spans), nil
		}
		out = append(out, c)
	}
	return out, nil
}

// naive returns the right answer, and leaves nothing else behind.
func naive(forms []string, text []byte) []rivals.Span {
	return rivals.NewNaive(forms).Find(nil, text)
}

// occupied is what live objects occupy, in bytes.
func occupied() uint64 {
	runtime.GC()
	runtime.GC() // what pools hold outlives one
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
