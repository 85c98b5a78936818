package postil_test

import (
	"flag"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"postil"
)

var steadyCalls = flag.Int("calls", 20_000, "how many calls TestSteady makes")

// TestSteady makes many calls: what the process keeps does not grow once the
// first have been made, and little of it is left when the annotator is gone.
func TestSteady(t *testing.T) {
	occupied := func() uint64 {
		runtime.GC()
		runtime.GC() // what a pool holds goes in the second
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := occupied()
	terms := []postil.Term{{ID: "agi", Label: "AGI"}, {ID: "cma", Label: "CMA"}}
	for i := range 5000 {
		terms = append(terms, postil.Term{ID: fmt.Sprint(i), Label: fmt.Sprintf("Thing of number %d", i), Definition: strings.Repeat("word ", 20)})
	}
	a := open(t, terms...)
	terms = nil
	text := "An AGI, the CMA and term number 77 (TN)."
	var start, tenth, end uint64
	for i := range *steadyCalls {
		switch i {
		case 100:
			start = occupied()
		case max(*steadyCalls/10, 101):
			tenth = occupied()
		}
		if r, err := a.Annotate(text, postil.Options{}); err != nil || len(r.Annotations) != 2 {
			t.Fatal(i, err)
		}
	}
	end = occupied()
	runtime.KeepAlive(a)
	a = nil
	after := occupied()
	t.Logf(`steady {"calls":%d,"start":%d,"tenth":%d,"end":%d,"disposed":%d}`, *steadyCalls, start-before, tenth-before, end-before, max(after, before)-before)
	if slack := uint64(256 << 10); end > tenth+slack || after > before+slack {
		t.Errorf("%d bytes at a tenth, %d at the end, %d afterwards, %d before", tenth, end, after, before)
	}
}
