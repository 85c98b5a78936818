// Command slim is `go build` for the edge. What is sent to every data centre
// and compiled at every start is a third smaller, and starts faster, without
// what a Worker cannot use of its dependencies:
//
//   - crypto/tls, which net/http links (tls/tls.go says why it may go);
//   - HTTP/2, which the platform speaks, through net/http's own build tag;
//   - the geometry of bleve's geographic queries;
//   - classes of characters by name in regular expressions: see parser.go;
//   - minify's table of entities, as a thousand allocations at every start, and
//     regular expressions: see minify.go.
//
// What the linker writes is then packed: see pack.go.
//
// The repository and the module cache stay as they are: the build gets a go.mod
// and an overlay of its own, in build/slim. A plain `go build ./worker/edge` is
// the same program, only larger.
//
//	go run ./worker/edge/slim -o FILE [-tags TAGS] [-ldflags FLAGS] PACKAGE
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// work is where the build's own files lie, from the module's root.
const work = "build/slim"

func main() {
	output := flag.String("o", "", "the WebAssembly module to write")
	tags := flag.String("tags", "", "build tags, separated by commas")
	ldflags := flag.String("ldflags", "-s -w", "flags of the linker")
	flag.Parse()
	if err := build(*output, *tags, *ldflags, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "slim:", err)
		os.Exit(1)
	}
}

func build(output, tags, ldflags string, packages []string) error {
	root, err := goTool("list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(root, work), 0o777); err != nil {
		return err
	}
	if err := writeOverlay(root); err != nil {
		return err
	}
	if err := writeModule(root); err != nil {
		return err
	}
	args := []string{
		"build", "-trimpath", "-o", output,
		"-modfile=" + filepath.Join(root, work, "go.mod"),
		"-overlay=" + filepath.Join(root, work, "overlay.json"),
		"-tags=" + strings.Trim("nethttpomithttp2,"+tags, ","),
		"-ldflags=" + ldflags,
	}
	cmd := exec.Command("go", append(args, packages...)...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return err
	}
	return pack(output)
}

// writeOverlay puts our package tls in the place of crypto/tls.
func writeOverlay(root string) error {
	goroot, err := goTool("env", "GOROOT")
	if err != nil {
		return err
	}
	files, err := filepath.Glob(filepath.Join(goroot, "src/crypto/tls/*.go"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no crypto/tls in %s (%v)", goroot, err)
	}
	replace := map[string]string{}
	for _, f := range files {
		replace[f] = "" // taken for missing
	}
	replace[files[0]] = filepath.Join(root, "worker/edge/slim/tls/tls.go")
	if err := writeParser(root, goroot, replace); err != nil {
		return err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return err
	}
	return write(filepath.Join(root, work, "overlay.json"), overlay)
}

// writeModule copies go.mod and go.sum and adds the replacements.
func writeModule(root string) error {
	minify, err := goTool("list", "-m", "-f", "{{.Dir}}", "github.com/tdewolff/minify/v2")
	if err != nil {
		return err
	}
	if err := copyMinify(minify, filepath.Join(root, work, "minify")); err != nil {
		return err
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		b, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		if name == "go.mod" {
			b = append(b, "\nreplace github.com/tdewolff/minify/v2 => ./"+work+"/minify\n"+
				"replace github.com/blevesearch/geo => ./internal/fulltext/nogeo\n"...)
		}
		if err := write(filepath.Join(root, work, name), b); err != nil {
			return err
		}
	}
	return nil
}

// write leaves a file alone that is right already, so that the Go command finds
// in its cache what it built from it.
func write(name string, content []byte) error {
	if b, err := os.ReadFile(name); err == nil && bytes.Equal(b, content) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, content, 0o666)
}

// goTool runs the Go command and returns the line that it prints.
func goTool(args ...string) (string, error) {
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}
