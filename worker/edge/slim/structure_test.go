package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"

	"postil/worker/edge/slim/flow"
)

// compiled is testdata/program as the linker writes it, for WASI.
var compiled = sync.OnceValues(func() ([]section, error) {
	dir, err := os.MkdirTemp("", "program")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "program.wasm")
	cmd := exec.Command("go", "build", "-o", file, "./testdata/program")
	cmd.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return nil, err
	}
	module, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return readSections(module)
})

func program(t testing.TB) []section {
	sections, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	return append([]section(nil), sections...)
}

// TestStructure compares what a program prints, natively and rewritten.
func TestStructure(t *testing.T) {
	sections := program(t)
	if err := structure(sections); err != nil {
		t.Fatal(err)
	}
	want, err := exec.Command("go", "run", "./testdata/program").Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := run(t, appendSections(sections)); got != string(want) {
		t.Errorf("rewritten it prints\n%s\nwant\n%s", got, want)
	}
}

// run is what a program prints.
func run(t *testing.T, module []byte) string {
	t.Helper()
	ctx := context.Background()
	runtime := wazero.NewRuntime(ctx)
	defer runtime.Close(ctx)
	wasi_snapshot_preview1.MustInstantiate(ctx, runtime)
	var out, errors bytes.Buffer
	config := wazero.NewModuleConfig().WithStdout(&out).WithStderr(&errors).WithSysNanosleep().WithSysNanotime().WithSysWalltime().WithRandSource(rand.Reader)
	if _, err := runtime.InstantiateWithConfig(ctx, module, config); err != nil {
		t.Fatalf("%v\n%s", err, errors.Bytes())
	}
	return out.String()
}

// bodies calls yield with the functions of testdata/program and their names.
// It returns the number of runtime.deferreturn.
func bodies(t testing.TB, yield func(name string, body []byte)) uint64 {
	t.Helper()
	sections := program(t)
	imported, names, err := functions(sections)
	if err != nil {
		t.Fatal(err)
	}
	deferreturn, err := numberOf("runtime.deferreturn", sections)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sections {
		if s.id == codeSection {
			if _, err := replaceBodies(s.body, func(i uint64, body []byte) []byte {
				yield(names[i+imported], body)
				return body
			}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return deferreturn
}

// TestStructured tells of which functions the flow of control is found.
func TestStructured(t *testing.T) {
	var list []string
	code := map[string][]byte{}
	deferreturn := bodies(t, func(name string, body []byte) { code[name] = body })
	size, after := 0, 0
	for name, body := range code {
		out := flow.Structure(body, deferreturn)
		if out == nil {
			continue
		}
		list = append(list, name)
		size, after = size+len(body), after+len(out)
		if flow.Structure(out, deferreturn) != nil {
			t.Errorf("%s is not of the form that Go writes any more, and is rewritten once more", name)
		}
	}
	if after > size {
		t.Errorf("%d bytes of code have become %d", size, after)
	}
	if len(list) < len(code)/2 {
		t.Errorf("%d functions of %d are rewritten, want more than half", len(list), len(code))
	}
	all := " " + strings.Join(list, " ") + " "
	for _, name := range []string{"nested", "labels", "entangled", "pingPong", "grows", "fail", "indirect", "collect", "takeTurns.func1"} {
		if !strings.Contains(all, " main."+name+" ") {
			t.Errorf("main.%s is not rewritten", name)
		}
	}
	if strings.Contains(all, " main.try ") {
		t.Error("main.try, which defers, is rewritten")
	}
}

// TestStructureRefuses cuts functions off.
func TestStructureRefuses(t *testing.T) {
	deferreturn := bodies(t, func(string, []byte) {})
	bodies(t, func(name string, body []byte) {
		if !strings.HasPrefix(name, "main.") {
			return
		}
		for n := range body {
			if flow.Structure(body[:n], deferreturn) != nil {
				t.Errorf("%s: its first %d bytes are taken for whole", name, n)
			}
		}
	})
	if err := structure(withoutNames(program(t))); err == nil {
		t.Error("no error for a module without names")
	}
}

// FuzzStructure looks for functions that end the build.
func FuzzStructure(f *testing.F) {
	deferreturn := bodies(f, func(name string, body []byte) {
		if strings.HasPrefix(name, "main.") && len(body) < 2000 {
			f.Add(body)
		}
	})
	f.Fuzz(func(t *testing.T, body []byte) {
		flow.Structure(body, deferreturn)
	})
}
