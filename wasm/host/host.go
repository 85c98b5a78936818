// Package host runs Postil's WASI module inside a Go program.
//
// A Go program that wants the engine imports package postil, which is faster.
// This package is for those that want it as data: to take a new version without
// being built again, to run several versions beside each other, or to give it no
// more than so much memory and time.
//
//	pool, err := host.New(ctx, module, index, host.Options{})
//	…
//	answer, err := pool.Annotate(ctx, "The CMA looked at AGI.", `{"offsets":"utf-8"}`)
//
// Texts, options and answers are those of the HTTP interface; docs/abi.md says
// what lies between. The runtime is wazero, which needs no C.
package host

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

// abiVersion is the version of the module's interface that this package speaks.
const abiVersion = 1

// Options tune a Pool. The zero value holds the defaults.
type Options struct {
	// Instances is the largest number of calls that run at the same time; each
	// has an instance of the module, with an index, for itself. 0 means one for
	// each processor.
	Instances int
	// Memory is what one instance may occupy, in bytes, rounded up to 64 KiB. 0
	// means 256 MiB. An instance that needs more is replaced, and its call fails
	// with a *CrashError.
	Memory int64
	// Cache is a folder in which machine code is kept from one start to the next.
	// Without one, compiling the module takes seconds at every start.
	Cache string
	// Interrupt stops a call in its middle when its context ends, and replaces the
	// instance; all calls take some four times as long for that. Without it the
	// call returns just as soon, but the module goes on until it has an answer, which
	// nobody gets, and only then takes the next call.
	Interrupt bool
}

const (
	page          = 64 << 10
	defaultMemory = 256 << 20
	maxMemory     = 4 << 30
)

// Pool answers from one index. It is safe for concurrent use.
type Pool struct {
	runtime   wazero.Runtime
	compiled  wazero.CompiledModule
	cache     wazero.CompilationCache
	slots     chan *instance // one for each call that may run; nil where none is made yet
	closed    chan struct{}  // closed by Close
	interrupt bool
	limit     int64 // of the memory of an instance
	close     sync.Once

	mu    sync.Mutex
	index *index
}

// index is one that instances open; they know by the pointer whether theirs is
// the one in use.
type index struct{ data []byte }

// New compiles a module and opens an index with it. It keeps the index, which must
// not change before the pool is closed. What is wrong with the module is an error
// that wraps ErrModule, what is wrong with the index an *Error. A limit of memory
// that the module cannot start with is neither.
func New(ctx context.Context, module, data []byte, o Options) (*Pool, error) {
	if o.Memory == 0 {
		o.Memory = defaultMemory
	}
	if o.Memory < 0 || o.Memory > maxMemory {
		return nil, fmt.Errorf("memory is %d, want 1 to %d bytes", o.Memory, int64(maxMemory))
	}
	if o.Instances <= 0 {
		o.Instances = runtime.GOMAXPROCS(0)
	}
	p := &Pool{slots: make(chan *instance, o.Instances), closed: make(chan struct{}), interrupt: o.Interrupt, limit: o.Memory, index: &index{data}}
	for range o.Instances {
		p.slots <- nil
	}
	if err := p.compile(ctx, module, o); err != nil {
		p.Close()
		return nil, err
	}
	// The first instance shows whether module and index will do.
	in, err := p.acquire(ctx)
	if err != nil {
		p.Close()
		return nil, err
	}
	p.slots <- in
	return p, nil
}

func (p *Pool) compile(ctx context.Context, module []byte, o Options) error {
	config := wazero.NewRuntimeConfig().
		WithCloseOnContextDone(o.Interrupt).
		WithMemoryLimitPages(uint32((o.Memory + page - 1) / page))
	if o.Cache != "" {
		cache, err := wazero.NewCompilationCacheWithDir(o.Cache)
		if err != nil {
			return err
		}
		p.cache = cache
		config = config.WithCompilationCache(cache)
	}
	p.runtime = wazero.NewRuntimeWithConfig(ctx, config)
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, p.runtime); err != nil {
		return err
	}
	var err error
	if p.compiled, err = p.runtime.CompileModule(ctx, module); err != nil {
		if fits(ctx, module) {
			return p.tooSmall(err)
		}
		return fmt.Errorf("%w: %w", ErrModule, err)
	}
	return nil
}

// fits reports whether a module can be read where memory has no limit. It is
// asked only about one that cannot be with the limit given.
func fits(ctx context.Context, module []byte) bool {
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigInterpreter())
	defer r.Close(ctx)
	_, err := r.CompileModule(ctx, module)
	return err == nil
}

// tooSmall says that the module does not start with the memory that it may have.
func (p *Pool) tooSmall(err error) error {
	return fmt.Errorf("memory is %d bytes, too little for the module to start: %w", p.limit, err)
}

// config gives an instance random numbers, which maps are seeded with, and a
// clock that only counts; no files, no arguments, no environment.
func config(output *output) wazero.ModuleConfig {
	return wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize").
		WithRandSource(rand.Reader).WithSysNanotime().
		WithStdout(output).WithStderr(output)
}

// Swap makes calls that begin from now on answer from another index. If that
// cannot be opened, the pool keeps the one it has.
func (p *Pool) Swap(ctx context.Context, data []byte) error {
	in, err := p.acquire(ctx)
	if err != nil {
		return err
	}
	next := &index{data}
	if err := in.open(ctx, next); err != nil {
		p.release(in, err)
		return err
	}
	p.mu.Lock()
	p.index = next
	p.mu.Unlock()
	p.release(in, nil)
	return nil
}

// Close waits for the calls that run and gives back what the pool occupies. Calls
// that come later fail with ErrClosed.
func (p *Pool) Close() error {
	var errs []error
	p.close.Do(func() {
		close(p.closed)
		for range cap(p.slots) {
			<-p.slots
		}
		if p.runtime != nil {
			errs = append(errs, p.runtime.Close(context.Background())) // with all its instances
		}
		if p.cache != nil {
			errs = append(errs, p.cache.Close(context.Background()))
		}
	})
	return errors.Join(errs...)
}

// acquire returns an instance that has the index in use open. The caller gives it
// back with release.
func (p *Pool) acquire(ctx context.Context) (*instance, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var in *instance
	select {
	case <-p.closed:
		return nil, ErrClosed
	default:
	}
	select {
	case in = <-p.slots:
	case <-p.closed:
		return nil, ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	p.mu.Lock()
	current := p.index
	p.mu.Unlock()
	err := error(nil)
	if in == nil {
		if in, err = p.instantiate(ctx); err != nil {
			p.slots <- nil
			return nil, err
		}
	}
	if in.index != current {
		if err := in.open(ctx, current); err != nil {
			p.release(in, err)
			return nil, err
		}
	}
	return in, nil
}

// release gives an instance back after a call; one that has failed is replaced by
// none.
func (p *Pool) release(in *instance, err error) {
	var own *Error
	if err != nil && !errors.As(err, &own) {
		in.module.Close(context.Background())
		in = nil
	}
	p.slots <- in
}
