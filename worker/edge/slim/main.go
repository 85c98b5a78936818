// Command slim is `go build` for WebAssembly. What is sent to every data centre
// or page and compiled at every start is a third smaller, and starts faster,
// without what cannot be used there of the dependencies:
//
//   - crypto/tls, which net/http links (tls/tls.go says why it may go);
//   - HTTP/2, which the platform speaks, through net/http's own build tag;
//   - the geometry of bleve's geographic queries;
//   - classes of characters by name in regular expressions: see parser.go;
//   - minify's table of entities, as a thousand allocations at every start, and
//     regular expressions: see minify.go;
//   - what bleve's segments have for thesauri: see zap.go;
//   - queries of bleve as JSON: see query.go;
//   - with the tag searchless, all of search: see searchless/fulltext.go and
//     bleve.go.
//
// Hot calls are inlined: see package calls. What the linker writes then gets its
// loops and branches back, which makes it faster as well: see package flow. It is
// packed: see pack.go and findfunc.go. With -s among the linker's flags, lines of the
// source go as well as names: see lines.go. With -snapshot the program is started, and
// written as it is then: see snapshot.go.
//
// The repository and the module cache stay as they are: the build gets a go.mod
// and an overlay of its own, in build/slim. A plain `go build ./worker/edge` is
// the same program, only larger.
//
//	go run ./worker/edge/slim -o FILE [-goos js|wasip1] [-buildmode MODE]
//		[-tags TAGS] [-ldflags FLAGS] [-snapshot] PACKAGE
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"postil/worker/edge/slim/calls"
)

// A target is what to build, and how.
type target struct {
	output, goos, buildmode, tags, ldflags string
	packages                               []string
	snapshot                               bool
}

// searchless reports whether search is left out.
func (t *target) searchless() bool { return slices.Contains(strings.Split(t.tags, ","), "searchless") }

// allTags are the build tags, with those that every build has.
func (t *target) allTags() []string {
	tags := append([]string{"nethttpomithttp2"}, strings.Split(t.tags, ",")...)
	if t.snapshot {
		tags = append(tags, "started")
	}
	return slices.DeleteFunc(tags, func(tag string) bool { return tag == "" })
}

// work is where the build's own files lie, from the module's root: builds with
// and without search have folders of their own, so that both can run at once.
func (t *target) work() string {
	name := "full"
	if t.searchless() {
		name = "searchless"
	}
	if t.snapshot {
		name += "-started"
	}
	return "build/slim/" + name
}

func main() {
	var t target
	flag.StringVar(&t.output, "o", "", "the WebAssembly module to write")
	flag.StringVar(&t.goos, "goos", "js", "the `system`, js or wasip1")
	flag.StringVar(&t.buildmode, "buildmode", "default", "the build mode")
	flag.StringVar(&t.tags, "tags", "", "build tags, separated by commas")
	flag.StringVar(&t.ldflags, "ldflags", "-s -w", "flags of the linker")
	flag.BoolVar(&t.snapshot, "snapshot", false, "start the program and write it as it is then: see snapshot.go")
	flag.Parse()
	t.packages = flag.Args()
	if err := t.build(); err != nil {
		fmt.Fprintln(os.Stderr, "slim:", err)
		os.Exit(1)
	}
}

func (t *target) build() error {
	root, err := goTool("list", "-m", "-f", "{{.Dir}}")
	if err != nil {
		return err
	}
	if err := t.writeOverlay(root); err != nil {
		return err
	}
	if err := t.writeModule(root); err != nil {
		return err
	}
	if err := t.writeProfile(root); err != nil {
		return err
	}
	flags, strip := t.linkerFlags()
	args := []string{
		"build", "-trimpath", "-o", t.output,
		"-pgo=" + filepath.Join(root, t.work(), profileName),
		"-buildmode=" + t.buildmode,
		"-modfile=" + filepath.Join(root, t.work(), "go.mod"),
		"-overlay=" + filepath.Join(root, t.work(), "overlay.json"),
		"-tags=" + strings.Join(t.allTags(), ","),
		"-ldflags=" + flags,
	}
	// What was packed before would be left as it is.
	if err := os.Remove(t.output); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	cmd := exec.Command("go", append(args, t.packages...)...)
	cmd.Env = append(os.Environ(), "GOOS="+t.goos, "GOARCH=wasm")
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		if t.searchless() {
			return fmt.Errorf("%w: what package postil newly uses of internal/fulltext goes into searchless/fulltext.go", err)
		}
		return err
	}
	return t.finish(root, strip)
}

// linkerFlags are the flags of the linker, and whether names of functions are to be
// taken away after it: what is done to its output needs them.
func (t *target) linkerFlags() (flags string, strip bool) {
	list := strings.Fields(t.ldflags)
	strip = slices.Contains(list, "-s")
	return strings.Join(slices.DeleteFunc(list, func(f string) bool { return f == "-s" }), " "), strip
}

// finish rewrites what the linker has written.
func (t *target) finish(root string, strip bool) error {
	module, err := os.ReadFile(t.output)
	if err != nil {
		return err
	}
	sections, err := readSections(module)
	if err == nil {
		err = structure(sections)
	}
	if err == nil {
		passes := []func([]byte) error{clearTable}
		if strip {
			passes = append(passes, clearLines)
		}
		err = packData(sections, passes...)
	}
	if err == nil && t.snapshot {
		sections, err = snapshot(root, t.output+".open", sections)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", t.output, err)
	}
	if strip {
		sections = withoutNames(sections)
	}
	return os.WriteFile(t.output, appendSections(sections), 0o777)
}

// writeOverlay puts our packages in the places of those that are left out.
func (t *target) writeOverlay(root string) error {
	goroot, err := goTool("env", "GOROOT")
	if err != nil {
		return err
	}
	replace := map[string]string{}
	slim := filepath.Join(root, "worker/edge/slim")
	if err := standIn(replace, filepath.Join(goroot, "src/crypto/tls"), filepath.Join(slim, "tls/tls.go")); err != nil {
		return err
	}
	if t.searchless() {
		if err := standIn(replace, filepath.Join(root, "internal/fulltext"), filepath.Join(slim, "searchless/fulltext.go")); err != nil {
			return err
		}
	}
	edits := []edit{namelessTables, findfunc}
	if t.snapshot {
		edits = append(edits, hashKeys, reseed)
	}
	for _, e := range edits {
		if err := e.overlay(filepath.Join(root, t.work()), goroot, replace); err != nil {
			return err
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return err
	}
	return write(filepath.Join(root, t.work(), "overlay.json"), overlay)
}

const profileName = "calls.pgo"

// writeProfile writes the calls that are worth inlining as the compiler wants them:
// see package calls.
func (t *target) writeProfile(root string) error {
	list, err := calls.List()
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := calls.Write(&b, list); err != nil {
		return err
	}
	return write(filepath.Join(root, t.work(), profileName), b.Bytes())
}

// standIn makes one file all that a package consists of.
func standIn(replace map[string]string, dir, file string) error {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	files = slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") })
	if err != nil || len(files) == 0 {
		return fmt.Errorf("no package in %s (%v)", dir, err)
	}
	for _, f := range files {
		replace[f] = "" // taken for missing
	}
	replace[files[0]] = file
	return nil
}

// writeModule copies go.mod and go.sum and adds the replacements.
func (t *target) writeModule(root string) error {
	work := filepath.Join(root, t.work())
	// Relative to the root: they are noted in the program, which must not depend on
	// where it is built.
	replace := map[string]string{"github.com/blevesearch/geo": "./internal/fulltext/nogeo"}
	copies := map[string]func(from, to string) error{"github.com/tdewolff/minify/v2": copyMinify}
	if t.searchless() {
		copies["github.com/blevesearch/bleve/v2"] = copyBleve
	} else {
		copies["github.com/blevesearch/bleve/v2"] = copySearch
		copies["github.com/blevesearch/zapx/v16"] = copyZap
	}
	for path, copy := range copies {
		from, err := goTool("list", "-m", "-f", "{{.Dir}}", path)
		if err != nil {
			return err
		}
		name := path[strings.Index(path, "/")+1:]
		replace[path] = "./" + t.work() + "/" + name
		if err := copy(from, filepath.Join(work, name)); err != nil {
			return err
		}
	}
	for _, name := range []string{"go.mod", "go.sum"} {
		b, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		if name == "go.mod" {
			for _, path := range slices.Sorted(maps.Keys(replace)) {
				b = fmt.Appendf(b, "\nreplace %s => %s\n", path, replace[path])
			}
		}
		if err := write(filepath.Join(work, name), b); err != nil {
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
