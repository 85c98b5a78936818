package host

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"postil"
	"postil/wasm/internal/built"
)

var steadyCalls = flag.Int("calls", 20_000, "how many calls TestSteady makes")

func steadyPool(t *testing.T) *Pool {
	t.Helper()
	terms := []postil.Term{{ID: "agi", Label: "AGI"}}
	for i := range 5000 {
		terms = append(terms, postil.Term{ID: fmt.Sprint(i), Label: fmt.Sprintf("Term of number %d", i), Definition: strings.Repeat("word ", 20)})
	}
	data, err := postil.Compile(terms, postil.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	p, err := New(context.Background(), built.Reactor(t), data, Options{Instances: 1, Cache: built.Cache(t)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// memory is the size of the instance's memory.
func (p *Pool) memory() uint32 {
	in := <-p.slots
	defer func() { p.slots <- in }()
	return in.module.Memory().Size()
}

// slack is how much an instance's memory may grow after its first calls: a leak
// of a kilobyte a call would be as much in the shortest run.
const slack = 4 << 20

// TestSteady makes many calls of an instance, some of them long and some wrong:
// its memory grows no more once the first have been made.
func TestSteady(t *testing.T) {
	p := steadyPool(t)
	defer p.Close()
	const first = 10_000 // by then garbage has been collected several times
	text, page := "An AGI and term of number 77.", strings.Repeat("An AGI and term of number 77. ", 1000)
	calls := max(*steadyCalls, 2*first)
	var start, tenth, warm uint32
	for i := range calls {
		switch i {
		case 1:
			start = p.memory()
		case first:
			warm = p.memory()
		}
		if i == calls/10 {
			tenth = p.memory()
		}
		asked, wrong := text, i%100 == 13
		switch {
		case wrong:
			asked = "\xff"
		case i%250 == 14:
			asked = page
		}
		if _, err := p.Annotate(t.Context(), asked, ""); (err != nil) != wrong {
			t.Fatal(i, err)
		}
	}
	end := p.memory()
	t.Logf(`steady {"calls":%d,"start":%d,"tenth":%d,"end":%d}`, calls, start, tenth, end)
	if end > warm+slack {
		t.Errorf("memory grew from %d to %d bytes", warm, end)
	}
}

// TestSwapSteady opens an index in the place of another, many times.
func TestSwapSteady(t *testing.T) {
	p := steadyPool(t)
	defer p.Close()
	var warm uint32
	for i := range 100 {
		if i == 10 {
			warm = p.memory()
		}
		if err := p.Swap(t.Context(), p.index.data); err != nil {
			t.Fatal(err)
		}
	}
	if end := p.memory(); end > warm {
		t.Errorf("memory grew from %d to %d bytes in 90 swaps", warm, end)
	}
}

// TestCloseFrees opens and closes pools: what they occupied is free.
func TestCloseFrees(t *testing.T) {
	occupied := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // what has a finalizer goes in the second
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	var before, open uint64
	for i := range 4 {
		if i == 1 {
			before = occupied()
		}
		p := steadyPool(t)
		if _, err := p.Annotate(t.Context(), "An AGI.", ""); err != nil {
			t.Fatal(err)
		}
		if i == 1 {
			open = occupied()
		}
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
	}
	after := occupied()
	t.Logf("heap %.1f MiB, with a pool %.1f MiB, after three were closed %.1f MiB", mib(before), mib(open), mib(after))
	if open < before+4<<20 {
		t.Error("the measurement sees nothing of a pool")
	}
	if after > before+2<<20 {
		t.Errorf("the heap grew from %d to %d bytes", before, after)
	}
}

func mib[T uint32 | uint64](n T) float64 { return float64(n) / (1 << 20) }
