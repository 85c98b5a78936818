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

// TestTooLittleMemory raises the limit until the module starts: at first it asks
// for more at once, and then runs out of it.
func TestTooLittleMemory(t *testing.T) {
	for memory := int64(1 << 20); ; memory += 1 << 20 {
		p, err := host.New(t.Context(), built.Reactor(t), index(t, "first"), host.Options{Instances: 1, Memory: memory, Cache: built.Cache(t)})
		if err == nil {
			p.Close()
			if memory == 1<<20 {
				t.Error("a module in a megabyte")
			}
			return
		}
		if errors.Is(err, host.ErrModule) || !strings.Contains(err.Error(), "too little for the module to start") {
			t.Fatalf("%d: %v", memory, err)
		}
	}
}
