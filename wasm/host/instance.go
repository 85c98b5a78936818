package host

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/tetratelabs/wazero/api"
)

// An instance of the module is used by one call at a time.
type instance struct {
	module    api.Module
	functions map[string]api.Function
	output    *output
	index     *index
	handle    uint32

	buffer, room uint32 // of the module's memory, for what calls say
	result       uint32 // where it describes results
}

// keep is how large a buffer is kept from one call to the next.
const keep = 1 << 20

func (p *Pool) instantiate(ctx context.Context) (*instance, error) {
	in := &instance{output: &output{}, functions: map[string]api.Function{}}
	var err error
	if in.module, err = p.runtime.InstantiateModule(ctx, p.compiled, config(in.output)); err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		crash := &CrashError{err, string(in.output.text)}
		if crash.outOfMemory() {
			return nil, p.tooSmall(crash)
		}
		return nil, fmt.Errorf("%w: %w", ErrModule, crash)
	}
	if err := in.greet(ctx); err != nil {
		in.module.Close(context.Background())
		return nil, err
	}
	return in, nil
}

// greet asks for the version of the interface and where results are described. A
// program that ends there was not made to be asked.
func (in *instance) greet(ctx context.Context) error {
	if in.module.Memory() == nil {
		return fmt.Errorf("%w: it exports no memory", ErrModule)
	}
	version, err := in.call(ctx, "postil_abi")
	if crash := (*CrashError)(nil); errors.As(err, &crash) {
		return fmt.Errorf("%w: %w", ErrModule, err)
	}
	if err != nil {
		return err
	}
	if version != abiVersion {
		return fmt.Errorf("%w: its interface has version %d, this package speaks %d", ErrModule, version, abiVersion)
	}
	in.result, err = in.call(ctx, "postil_result")
	return err
}

// call calls an exported function.
func (in *instance) call(ctx context.Context, name string, parameters ...uint64) (uint32, error) {
	f, ok := in.functions[name]
	if !ok {
		f = in.module.ExportedFunction(name)
		if f == nil || len(f.Definition().ParamTypes()) != len(parameters) || len(f.Definition().ResultTypes()) != 1 {
			return 0, fmt.Errorf("%w: it has no function %s of %d parameters", ErrModule, name, len(parameters))
		}
		in.functions[name] = f
	}
	results, err := f.Call(ctx, parameters...)
	if err != nil {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		return 0, &CrashError{err, string(in.output.text)}
	}
	return uint32(results[0]), nil
}

// open opens an index in the place of the one that is open.
func (in *instance) open(ctx context.Context, x *index) error {
	if uint64(len(x.data)) > math.MaxUint32 {
		return &Error{Code: "bad-index", Detail: "the index is longer than the memory of any module"}
	}
	at, err := in.alloc(ctx, uint32(len(x.data)))
	if err != nil {
		return err
	}
	in.module.Memory().Write(at, x.data)
	handle, err := in.call(ctx, "postil_open", uint64(at), uint64(len(x.data)))
	if err != nil {
		return err
	}
	if handle == 0 {
		_, result, err := in.described()
		if err != nil {
			return err
		}
		return readError(result)
	}
	if in.index != nil {
		if _, err := in.call(ctx, "postil_close", uint64(in.handle)); err != nil {
			return err
		}
	}
	in.index, in.handle = x, handle
	return nil
}

func (in *instance) alloc(ctx context.Context, size uint32) (uint32, error) {
	at, err := in.call(ctx, "postil_alloc", uint64(size))
	switch {
	case err != nil:
		return 0, err
	case at == 0, uint64(at)+uint64(size) > uint64(in.module.Memory().Size()):
		return 0, &Error{Code: "bad-call", Detail: fmt.Sprintf("the module has no buffer of %d bytes", size)}
	}
	return at, nil
}

// ask makes one of the calls that are all asked in the same way, and copies its
// result.
func (in *instance) ask(ctx context.Context, name string, handle uint32, options, text string) ([]byte, error) {
	size := uint64(len(options)) + uint64(len(text))
	if size > math.MaxUint32 {
		return nil, &Error{Code: "bad-text", Detail: "the text is longer than the memory of any module"}
	}
	if !in.answers("postil_" + name) {
		return nil, &Error{Code: "bad-call", Detail: fmt.Sprintf("the module has no call %q", name)}
	}
	if err := in.reserve(ctx, uint32(size)); err != nil {
		return nil, err
	}
	memory := in.module.Memory()
	memory.WriteString(in.buffer, options)
	memory.WriteString(in.buffer+uint32(len(options)), text)
	if _, err := in.call(ctx, "postil_"+name, uint64(handle), uint64(in.buffer), uint64(len(options)), uint64(len(text))); err != nil {
		return nil, err
	}
	status, result, err := in.described()
	if err != nil {
		return nil, err
	}
	if in.room > keep {
		if err := in.free(ctx); err != nil {
			return nil, err
		}
	}
	if status != 0 {
		return nil, readError(result)
	}
	return result, nil
}

// answers reports whether there is such a function, asked as all calls are: with
// four parameters, unlike those that calls are made with.
func (in *instance) answers(name string) bool {
	f := in.functions[name]
	if f == nil {
		f = in.module.ExportedFunction(name)
	}
	return f != nil && len(f.Definition().ParamTypes()) == 4
}

// reserve makes room for what a call says.
func (in *instance) reserve(ctx context.Context, size uint32) error {
	if in.buffer != 0 && size <= in.room {
		return nil
	}
	if err := in.free(ctx); err != nil {
		return err
	}
	room := max(size, 4<<10)
	at, err := in.alloc(ctx, room)
	if err == nil {
		in.buffer, in.room = at, room
	}
	return err
}

func (in *instance) free(ctx context.Context) error {
	if in.buffer == 0 {
		return nil
	}
	at := in.buffer
	in.buffer, in.room = 0, 0
	_, err := in.call(ctx, "postil_free", uint64(at))
	return err
}

// described copies the result of the last call.
func (in *instance) described() (status uint32, result []byte, err error) {
	memory := in.module.Memory()
	var numbers [3]uint32
	for i := range numbers {
		n, ok := memory.ReadUint32Le(in.result + uint32(4*i))
		if !ok {
			return 0, nil, fmt.Errorf("%w: it describes results outside of its memory", ErrModule)
		}
		numbers[i] = n
	}
	view, ok := memory.Read(numbers[1], numbers[2])
	if !ok {
		return 0, nil, fmt.Errorf("%w: a result lies outside of its memory", ErrModule)
	}
	return numbers[0], bytes.Clone(view), nil
}
