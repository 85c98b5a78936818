package host_test

import (
	"errors"
	"strings"
	"testing"

	"postil/wasm/host"
	"postil/wasm/internal/built"
)

// TestOtherProgram gives the command for batches in the place of the module.
func TestOtherProgram(t *testing.T) {
	if _, err := host.New(t.Context(), built.Batch(t), index(t, "first"), host.Options{Instances: 1, Cache: built.Cache(t)}); !errors.Is(err, host.ErrModule) {
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
