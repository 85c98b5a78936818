// Package calls is the list of calls that are worth inlining, calls.txt. Go's
// compiler inlines far more at calls that a profile shows to be hot, and a call costs
// several times as much under WebAssembly as natively: arguments and results go
// through memory. A list of names can be read and compared as a profile cannot, and
// has no word of the machine it was measured on. `make calls` measures anew.
package calls

import (
	_ "embed"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/google/pprof/profile"
)

//go:embed calls.txt
var list string

// A Call is one place where a function calls another.
type Call struct {
	Caller string
	Line   int // after that of the caller's first
	Callee string
	Weight int64 // by time, the more the hotter
}

// List reads calls.txt: lines of caller, line, callee and weight.
func List() (calls []Call, err error) {
	for line := range strings.Lines(list) {
		fields := strings.Fields(line)
		if len(fields) != 4 {
			return nil, fmt.Errorf("calls.txt: %q: want caller, line, callee and weight", line)
		}
		c := Call{Caller: fields[0], Callee: fields[2]}
		if c.Line, err = strconv.Atoi(fields[1]); err == nil {
			c.Weight, err = strconv.ParseInt(fields[3], 10, 64)
		}
		if err != nil {
			return nil, fmt.Errorf("calls.txt: %q: %w", line, err)
		}
		calls = append(calls, c)
	}
	return calls, nil
}

// Write writes calls as a profile for `go build -pgo`: for each a sample of two
// frames.
func Write(w io.Writer, calls []Call) error {
	p := &profile.Profile{
		SampleType: []*profile.ValueType{{Type: "samples", Unit: "count"}, {Type: "cpu", Unit: "nanoseconds"}},
		PeriodType: &profile.ValueType{Type: "cpu", Unit: "nanoseconds"},
		Period:     1,
	}
	functions := map[string]*profile.Function{}
	frame := func(name string, line int) *profile.Location {
		f := functions[name]
		if f == nil {
			f = &profile.Function{ID: uint64(len(p.Function) + 1), Name: name, SystemName: name, StartLine: 1}
			functions[name] = f
			p.Function = append(p.Function, f)
		}
		l := &profile.Location{ID: uint64(len(p.Location) + 1), Line: []profile.Line{{Function: f, Line: f.StartLine + int64(line)}}}
		p.Location = append(p.Location, l)
		return l
	}
	for _, c := range calls {
		p.Sample = append(p.Sample, &profile.Sample{
			Location: []*profile.Location{frame(c.Callee, 0), frame(c.Caller, c.Line)},
			Value:    []int64{c.Weight, c.Weight},
		})
	}
	if err := p.CheckValid(); err != nil {
		return fmt.Errorf("the profile of calls.txt: %w", err)
	}
	return p.Write(w)
}
