package host

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

var (
	// ErrModule is wrapped by the error for bytes that are no module, or one with
	// another interface.
	ErrModule = errors.New("not a module of Postil's that this package can run")
	// ErrClosed is returned by a pool that has been closed.
	ErrClosed = errors.New("the pool is closed")
)

// Error is what the module says is wrong with a call. The module goes on.
type Error struct {
	Code   string  `json:"code"` // such as "bad-option"; docs/abi.md lists them
	Detail string  `json:"detail"`
	Errors []Cause `json:"errors"` // the single causes, where they have a place
	// JSON is the whole as the module gave it.
	JSON []byte `json:"-"`
}

// Cause is one cause of an error and where it lies.
type Cause struct {
	Detail  string `json:"detail"`
	Pointer string `json:"pointer"` // JSON Pointer into options or glossary
}

func (e *Error) Error() string { return e.Code + ": " + e.Detail }

// readError reads the result of a call that failed.
func readError(result []byte) error {
	e := &Error{JSON: result}
	if err := json.Unmarshal(result, e); err != nil || e.Code == "" {
		return fmt.Errorf("%w: it explains an error with %.100q", ErrModule, result)
	}
	return e
}

// CrashError says that an instance of the module came to an end during a call,
// for want of memory or by a fault. Another takes its place.
type CrashError struct {
	Err    error
	Output string // the beginning of what it wrote before
}

func (e *CrashError) Error() string {
	if e.Output == "" {
		return fmt.Sprintf("the module crashed: %v", e.Err)
	}
	return fmt.Sprintf("the module crashed: %v: %s", e.Err, e.Output)
}

// outOfMemory goes by what Go's runtime says before it ends.
func (e *CrashError) outOfMemory() bool {
	return strings.Contains(e.Output, "out of memory") || strings.Contains(e.Output, "cannot allocate memory")
}

func (e *CrashError) Unwrap() error { return e.Err }

// output keeps the beginning of what an instance writes.
type output struct{ text []byte }

const maxOutput = 2 << 10

func (o *output) Write(p []byte) (int, error) {
	o.text = append(o.text, p[:min(len(p), maxOutput-len(o.text))]...)
	return len(p), nil
}
