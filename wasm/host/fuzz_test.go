package host

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"testing"

	"postil"
	"postil/wasm/internal/built"
)

// calls are the functions that are all asked in one way.
var calls = []string{
	"annotate", "annotate_numbers", "cards", "annotate_html", "mark_html", "search", "suggest", "mentions", "related", "article", "term", "terms", "info", "verify", "compile",
}

// FuzzInterface calls the module with arguments of any kind: pointers, lengths
// and handles that are good, that are close to good ones, that were good once,
// and any others. Whatever it is called with, it says what is wrong, describes a
// result in its memory, and answers the next good call.
func FuzzInterface(f *testing.F) {
	data, err := postil.Compile([]postil.Term{{ID: "agi", Label: "AGI"}}, postil.CompileOptions{Articles: []postil.Article{{ID: "a", Text: "An AGI."}}})
	if err != nil {
		f.Fatal(err)
	}
	p, err := New(context.Background(), built.Reactor(f), data, Options{Instances: 1, Cache: built.Cache(f)})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { p.Close() })
	for op := range byte(24) { // each call with arguments of each kind
		for kind := range byte(8) {
			f.Add([]byte{0, 40, op, kind, kind, kind, kind, op, kind, 7, 7, 1, op, kind, 1, 2, 3}, []byte(`{"offsets":"utf-8"}An AGI.`))
		}
	}
	f.Add([]byte{0, 40, 3, 1, 4, 1, 1, 4, 1, 5, 1, 1, 1}, data)
	f.Fuzz(func(t *testing.T, script, content []byte) {
		in, err := p.acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		x := &abuse{T: t, in: in, content: content, script: script}
		for len(x.script) > 0 && len(x.handles) < 50 {
			x.step()
		}
		x.tidy()
		answer, err := in.ask(t.Context(), "annotate", in.handle, "", "An AGI.")
		p.release(in, err)
		if err != nil || !json.Valid(answer) {
			t.Errorf("the next good call: %s, %v", answer, err)
		}
	})
}

// abuse makes calls as a script says.
type abuse struct {
	*testing.T
	in      *instance
	content []byte // what is written into buffers
	script  []byte
	buffers []uint32 // all there ever were
	sizes   []uint32
	live    []bool
	handles []uint32
}

func (x *abuse) byte() byte {
	if len(x.script) == 0 {
		return 0
	}
	b := x.script[0]
	x.script = x.script[1:]
	return b
}

func (x *abuse) number() uint32 {
	var b [4]byte
	n := copy(b[:], x.script)
	x.script = x.script[n:]
	return binary.LittleEndian.Uint32(b[:])
}

func (x *abuse) step() {
	switch op := x.byte() % 24; op {
	case 0, 1:
		x.alloc()
	case 2:
		at, _ := x.buffer()
		x.call("postil_free", uint64(at))
		for i, b := range x.buffers {
			x.live[i] = x.live[i] && b != at
		}
	case 3:
		at, size := x.buffer()
		x.handles = append(x.handles, x.call("postil_open", uint64(at), uint64(size)))
		for i, b := range x.buffers {
			x.live[i] = x.live[i] && b != at
		}
	case 4:
		if h := x.handle(); h != x.in.handle {
			x.call("postil_close", uint64(h))
		}
	default:
		at, size := x.buffer()
		options := size
		switch kind := x.byte() % 5; kind {
		case 0:
			options = 0
		case 1:
			options = min(size, uint32(x.byte()))
		case 2:
			options = x.number()
		case 3:
			options = -size // together they are 0, or 1<<32
		}
		x.call("postil_"+calls[int(op-5)%len(calls)], uint64(x.handle()), uint64(at), uint64(options), uint64(size-options))
	}
}

// alloc asks for a buffer and fills it.
func (x *abuse) alloc() {
	size := uint32(x.byte())
	switch x.byte() % 5 {
	case 0:
		size = uint32(len(x.content))
	case 1:
		size = 1<<32 - 1 - size // refused, whatever memory there is
	case 2:
		size <<= 10
	}
	at := x.call("postil_alloc", uint64(size))
	if at == 0 {
		return
	}
	if !x.in.module.Memory().Write(at, make([]byte, size)) {
		x.Fatalf("a buffer of %d bytes at %d is outside of the memory", size, at)
	}
	x.in.module.Memory().Write(at, x.content[:min(len(x.content), int(size))])
	for i, b := range x.buffers {
		if x.live[i] && at < b+x.sizes[i] && b < at+size {
			x.Fatalf("buffers at %d and %d overlap", b, at)
		}
	}
	x.buffers, x.sizes, x.live = append(x.buffers, at), append(x.sizes, size), append(x.live, true)
}

// buffer is an address and a length.
func (x *abuse) buffer() (at, size uint32) {
	if len(x.buffers) > 0 {
		i := int(x.byte()) % len(x.buffers)
		at, size = x.buffers[i], x.sizes[i]
	}
	switch x.byte() % 10 {
	case 0:
		at = 0
	case 1:
		at++
	case 2:
		at -= 8
	case 3:
		at = x.number()
	case 4:
		size++
	case 5:
		size = x.number()
	case 6:
		at = x.in.module.Memory().Size() - 1
	case 7:
		at, size = x.in.buffer, x.in.room // what package host holds
		if x.in.buffer == 0 {
			at = 1
		}
		size++
	}
	if at == x.in.buffer { // it would be freed under the package's feet
		at++
	}
	return at, size
}

func (x *abuse) handle() uint32 {
	switch kind := x.byte() % 5; {
	case kind == 0:
		return 0
	case kind == 1:
		return x.number()
	case kind == 2 && len(x.handles) > 0:
		return x.handles[int(x.byte())%len(x.handles)]
	}
	return x.in.handle
}

// call makes a call, which must return and describe what it did.
func (x *abuse) call(name string, parameters ...uint64) uint32 {
	x.Helper()
	returned, err := x.in.call(x.Context(), name, parameters...)
	if err != nil {
		x.Fatalf("%s%v: %v", name, parameters, err)
	}
	status, result, err := x.in.described()
	var own *Error
	if err != nil || status > 13 || status != 0 && (!errors.As(readError(result), &own)) {
		x.Fatalf("%s%v: status %d, result %.100q, %v", name, parameters, status, result, err)
	}
	return returned
}

// tidy gives back what the script has left.
func (x *abuse) tidy() {
	for i, at := range x.buffers {
		if x.live[i] {
			if status := x.call("postil_free", uint64(at)); status != 0 {
				x.Errorf("a buffer cannot be freed: status %d", status)
			}
		}
	}
	for _, h := range x.handles {
		if h != 0 && h != x.in.handle {
			x.call("postil_close", uint64(h))
		}
	}
}
