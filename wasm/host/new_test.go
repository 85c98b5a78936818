package host_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"postil/wasm/host"
	"postil/wasm/internal/built"
)

// TestOtherProgram gives the command for batches in the place of the module.
func TestOtherProgram(t *testing.T) {
	file := filepath.Join(t.TempDir(), "batch.wasm")
	build := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", file, "../wasi/batch")
	build.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	if b, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, b)
	}
	program, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := host.New(t.Context(), program, index(t, "first"), host.Options{Instances: 1, Cache: built.Cache(t)}); !errors.Is(err, host.ErrModule) {
		t.Error(err)
	}
}

// TestTooLittleMemory has limits that the module does not start with, of which
// the first is less than it asks for at once.
func TestTooLittleMemory(t *testing.T) {
	for _, memory := range []int64{1, 1 << 20, 5 << 20} {
		_, err := host.New(t.Context(), built.Reactor(t), index(t, "first"), host.Options{Instances: 1, Memory: memory, Cache: built.Cache(t)})
		if err == nil || errors.Is(err, host.ErrModule) || !strings.Contains(err.Error(), "too little for the module to start") {
			t.Errorf("%d: %v", memory, err)
		}
	}
}
