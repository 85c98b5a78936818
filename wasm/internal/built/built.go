// Package built builds the programs for WASI, for the tests of their hosts.
package built

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// Reactor returns the module for WASI, built from the source as it is.
func Reactor(t testing.TB) []byte {
	t.Helper()
	return must(t, reactor)
}

// Batch returns the command for batches in WASI, built as Reactor is.
func Batch(t testing.TB) []byte {
	t.Helper()
	return must(t, batch)
}

func must(t testing.TB, program func() ([]byte, error)) []byte {
	t.Helper()
	module, err := program()
	if err != nil {
		t.Fatal(err)
	}
	return module
}

// Cache is a folder of build/ for machine code, which takes seconds to make.
func Cache(t testing.TB) string {
	t.Helper()
	root, err := root()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(root, "build", "wazero")
}

var (
	reactor = sync.OnceValues(func() ([]byte, error) { return build("postil/wasm/wasi/reactor", "-buildmode=c-shared") })
	batch   = sync.OnceValues(func() ([]byte, error) { return build("postil/wasm/wasi/batch", "-buildmode=exe") })
)

func build(program, mode string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "postil-module-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "postil.wasm")
	cmd := exec.Command("go", "build", "-trimpath", mode, "-ldflags=-s -w", "-o", file, program)
	cmd.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "GOFLAGS=-buildvcs=false")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", cmd, err, out)
	}
	return os.ReadFile(file)
}

var root = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "postil").Output()
	return strings.TrimSpace(string(out)), err
})
