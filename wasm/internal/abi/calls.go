package abi

import (
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"

	"postil"
	"postil/internal/ask"
)

const (
	// maxText is the length of the longest text, in bytes.
	maxText = 64 << 20
	// garbageAllowance is how much garbage may lie about between calls. A page has
	// less memory to spare than a server, and little is live beside the index, so
	// that collecting is cheap.
	garbageAllowance = 6 << 20
)

// A call is one of the functions that are all asked in the same way. It gets the
// index, what the options say, and the text.
type call struct {
	options func(*request) []ask.Option
	run     func(a *postil.Annotator, q *request, text string) ([]byte, error)
	// short is how many times as long a result would be as JSON, by which the
	// garbage that it leaves is guessed; 0 if it is JSON.
	short int
}

// Compile makes a call of none.
func (p *Program) Compile(handle, at, options, text uint32) Code {
	if handle != 0 {
		return p.answer(nil, &Error{Code: BadCall, Detail: "an index is given to a call that takes none"})
	}
	return p.call(p.compile(), nil, at, options, text)
}

// Do makes a call of an open index.
func (p *Program) Do(c call, handle, at, options, text uint32) Code {
	x := p.open[handle]
	if x == nil {
		return p.answer(nil, errHandle)
	}
	return p.call(c, x.annotator, at, options, text)
}

func (p *Program) call(c call, a *postil.Annotator, at, options, text uint32) (code Code) {
	defer func() {
		if fault := recover(); fault != nil {
			code = p.answer(nil, fmt.Errorf("%v", fault))
		}
	}()
	in, err := p.input(at, options, text)
	if err != nil {
		return p.answer(nil, err)
	}
	q, err := read(in[:options], c.options)
	if err != nil {
		return p.answer(nil, err)
	}
	p.result = nil // of no use any longer, and perhaps large
	result, err := c.run(a, q, string(in[options:]))
	p.collector.Allowance = garbageAllowance
	p.collector.After(len(in) + len(result)*max(c.short, 1))
	return p.answer(result, err)
}

// input returns options and text of a call.
func (p *Program) input(at, options, text uint32) ([]byte, error) {
	if uint64(options)+uint64(text) > maxBuffer {
		return nil, errLength
	}
	in, err := p.buffers.view(at, options+text)
	switch {
	case err != nil:
		return nil, err
	case text > maxText:
		return nil, &Error{Code: BadText, Detail: fmt.Sprintf("the text is longer than %d bytes", maxText)}
	}
	return in, nil
}

func annotate() call {
	return call{options: annotateOptions, run: func(a *postil.Annotator, q *request, text string) ([]byte, error) {
		return found(a.Annotate(text, q.annotate))
	}}
}

func annotateNumbers() call {
	return call{options: annotateOptions, short: 8, run: func(a *postil.Annotator, q *request, text string) ([]byte, error) {
		r, err := a.Annotate(text, q.annotate)
		if err != nil {
			return nil, err
		}
		return r.AppendNumbers(nil), nil
	}}
}

func cards() call {
	return call{run: func(a *postil.Annotator, _ *request, text string) ([]byte, error) {
		var numbers []uint32
		for s := range strings.SplitSeq(text, ",") {
			n, err := strconv.ParseUint(s, 10, 32)
			if err != nil {
				return nil, &Error{Code: BadText, Detail: fmt.Sprintf("%q is no number of a term: want decimal numbers with commas between them", s)}
			}
			numbers = append(numbers, uint32(n))
		}
		return a.AppendCardsJSON(nil, numbers)
	}}
}

func annotateHTML() call {
	return call{options: annotateOptions, run: func(a *postil.Annotator, q *request, text string) ([]byte, error) {
		return found(a.AnnotateHTML(text, q.annotate))
	}}
}

func markHTML() call {
	return call{options: annotateOptions, run: func(a *postil.Annotator, q *request, text string) ([]byte, error) {
		marked, _, err := a.MarkHTML(make([]byte, 0, len(text)+len(text)/4), text, q.annotate)
		return marked, err
	}}
}

// found encodes an answer.
func found[T interface{ AppendJSON([]byte) []byte }](r T, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	return r.AppendJSON(nil), nil
}

func term() call {
	return call{run: func(a *postil.Annotator, _ *request, id string) ([]byte, error) {
		return a.AppendTermJSON(nil, id)
	}}
}

func terms() call {
	return call{options: termOptions, run: func(a *postil.Annotator, q *request, _ string) ([]byte, error) {
		return a.AppendTermsJSON(nil, q.terms)
	}}
}

func info() call {
	return call{run: func(a *postil.Annotator, _ *request, _ string) ([]byte, error) { return describe(a), nil }}
}

func verify() call {
	return call{run: func(a *postil.Annotator, _ *request, _ string) ([]byte, error) { return nil, a.Verify() }}
}

// limitMemory tells the runtime near what size it is to collect garbage on its
// own: what indexes occupy, and room for calls.
func (p *Program) limitMemory() {
	const room = 64 << 20
	limit := int64(room)
	for _, x := range p.open {
		limit += int64(x.size)
	}
	debug.SetMemoryLimit(limit)
}
