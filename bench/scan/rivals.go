package main

import (
	"fmt"
	"runtime"
	"slices"

	"postil/bench/rivals"
)

// independent returns what does not depend on the dictionary: parts of Postil,
// and bleve's analyzer.
func independent(b []byte) ([]*contender, error) {
	english, err := rivals.English()
	if err != nil {
		return nil, err
	}
	bleve := &contender{name: "bleve_en", run: func() (int, error) { return len(english.Analyze(b)), nil }}
	return append(parts(string(b)), bleve), nil
}

// libraries returns the Aho–Corasick libraries that can hold the forms. They
// search the text in lower case, made before the clock starts: two of them
// could not fold it themselves.
func libraries(forms []string, b []byte) ([]*contender, error) {
	lower := rivals.Lower(b)
	want := rivals.NewNaive(forms).Find(nil, lower)
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
		c := &contender{name: l.Name, heap: occupied() - before}
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

// occupied is what live objects occupy, in bytes.
func occupied() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
