// Command measure makes calls.txt of a profile of processor time: the calls by
// functions of this module, but for those of the runtime, and only those that the
// compiler would take for hot.
//
//	go run ./worker/edge/slim/calls/measure PROFILE > worker/edge/slim/calls/calls.txt
package main

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/google/pprof/profile"

	"postil/worker/edge/slim/calls"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("want a profile")
	}
	f, err := os.Open(args[0])
	if err != nil {
		return err
	}
	defer f.Close()
	p, err := profile.Parse(f)
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	for _, c := range hot(p) {
		fmt.Println(c.Caller, c.Line, c.Callee, c.Weight)
	}
	return nil
}

// share is how much of the time calls in a profile are hot. With the .99 that the
// compiler takes, programs are 27 KB of gzip larger and no faster.
const share = 0.98

// compiles reports whether a frame makes an index, as a benchmark does before it
// begins and nobody does often.
func compiles(f profile.Line) bool {
	return f.Function.Name == "postil.compile" || f.Function.Name == "postil_test.scaleIndex"
}

// hot are the hottest calls that have so much of the time of all, by their names.
// Weights are in thousandths of a percent.
func hot(p *profile.Profile) []calls.Call {
	weights := map[calls.Call]int64{}
	total := int64(0)
	for _, s := range p.Sample {
		frames := framesOf(s)
		if slices.ContainsFunc(frames, compiles) {
			continue
		}
		for i := 1; i < len(frames); i++ {
			callee, caller := frames[i-1], frames[i]
			weights[calls.Call{Caller: caller.Function.Name, Line: int(caller.Line - caller.Function.StartLine), Callee: callee.Function.Name}] += s.Value[0]
			total += s.Value[0]
		}
	}
	var list []calls.Call
	for c, n := range weights {
		c.Weight = n
		list = append(list, c)
	}
	slices.SortFunc(list, func(a, b calls.Call) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Caller, b.Caller), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Callee, b.Callee))
	})
	sum := int64(0)
	for i, c := range list {
		if sum += c.Weight; float64(sum) > share*float64(total) {
			list = list[:i]
			break
		}
	}
	list = slices.DeleteFunc(list, func(c calls.Call) bool {
		// Of a function with parameters of types the name is no single one; a name without
		// a package is the runtime's too.
		return !strings.HasPrefix(c.Caller, "postil") || strings.HasPrefix(c.Callee, "runtime.") || !strings.Contains(c.Callee, ".") || strings.ContainsAny(c.Caller+c.Callee, "[ ")
	})
	for i := range list {
		list[i].Weight = max(1, list[i].Weight*100_000/total)
	}
	slices.SortFunc(list, func(a, b calls.Call) int {
		return cmp.Or(cmp.Compare(a.Caller, b.Caller), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Callee, b.Callee))
	})
	return list
}

// framesOf are the functions of a sample, the innermost first.
func framesOf(s *profile.Sample) (list []profile.Line) {
	for _, l := range s.Location {
		list = append(list, l.Line...)
	}
	return list
}
