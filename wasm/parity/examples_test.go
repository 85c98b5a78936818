package parity_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"postil"
	"postil/language"
	"postil/wasm/internal/abi"
	"postil/wasm/internal/built"
)

// example is what the hosts in other languages are tested with.
type example struct {
	root, library, module, index string
	content                      []byte // of the index
}

const (
	exampleText  = "Ältere Behörden und 🎄 die AGI."
	exampleQuery = "behörde"
)

func newExample(t *testing.T, needs string) *example {
	t.Helper()
	if testing.Short() {
		t.Skip("left out: wasmtime compiles the module for seconds")
	}
	for _, name := range []string{needs, "gcc", "make"} {
		if _, err := exec.LookPath(name); err != nil {
			t.Skipf("left out: %v", err)
		}
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	e := &example{root: root, library: filepath.Join(root, "build/c/libwasmtime.so")}
	e.run(t, "", nil, "make", "--silent", "build/c/libwasmtime.so")
	e.content, err = postil.Compile([]postil.Term{{ID: "b", Label: "Behörde"}, {ID: "agi", Label: "AGI"}},
		postil.CompileOptions{Language: "de", Languages: language.All(), Articles: []postil.Article{{ID: "x", Title: "Aufsicht", Text: "Die Behörde."}}})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	e.module, e.index = filepath.Join(dir, "postil.wasm"), filepath.Join(dir, "site.postil")
	for name, content := range map[string][]byte{e.module: built.Reactor(t), e.index: e.content} {
		if err := os.WriteFile(name, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

// run runs a program in a folder of the repository and returns its output.
func (e *example) run(t *testing.T, in string, env []string, args ...string) string {
	t.Helper()
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Env, cmd.Stdin = e.root, append(os.Environ(), env...), strings.NewReader(in)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", cmd, err, out, errs.Bytes())
	}
	return string(out)
}

func TestPython(t *testing.T) {
	e := newExample(t, "python3")
	got := e.run(t, exampleText, nil, "python3", "examples/python/annotate.py", e.library, e.module, e.index, exampleQuery)
	want := "7-15 Behörden: b 0.55\n26-29 AGI: agi 0.8754\nbehörde: Aufsicht\n"
	if got != want {
		t.Errorf("annotate.py prints\n%swant\n%s", got, want)
	}
	e.run(t, "", []string{"LIBRARY=" + e.library, "MODULE=" + e.module, "INDEX=" + e.index},
		"python3", "-m", "unittest", "discover", "-s", "examples/python")
}

func TestRust(t *testing.T) {
	e := newExample(t, "cargo")
	env := []string{"WASMTIME=" + filepath.Dir(e.library), "MODULE=" + e.module, "INDEX=" + e.index}
	cargo := func(do string, more ...string) []string {
		return append([]string{"cargo", do, "--quiet", "--offline", "--release", "--manifest-path", "examples/rust/Cargo.toml", "--target-dir", "build/rust"}, more...)
	}
	got := e.run(t, exampleText, env, cargo("run", "--", e.module, e.index, exampleQuery)...)
	// It prints what the module answers, which is what the engine does natively.
	p := abi.Program{Languages: language.All()}
	index, want := p.OpenBytes(e.content), ""
	for _, c := range []struct{ call, options, text string }{{"annotate", `{"offsets":"utf-8"}`, exampleText}, {"search", "", exampleQuery}} {
		code, answer := p.Ask(c.call, index, []byte(c.options), []byte(c.text))
		if code != abi.OK {
			t.Fatal(code, string(answer))
		}
		want += string(answer) + "\n"
	}
	if got != want {
		t.Errorf("annotate prints\n%swant\n%s", got, want)
	}
	e.run(t, "", env, cargo("test")...)
}
