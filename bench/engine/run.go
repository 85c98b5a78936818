package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"
)

// platform is a way to run a Go program.
type platform struct {
	name string
	// command is put before the name of a program, which ends in suffix.
	command []string
	suffix  string
}

// platforms builds the programs for both platforms: native code comes first.
func (b *bench) platforms() ([]platform, error) {
	goroot, err := b.command("go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	runtimeJS := filepath.Join(strings.TrimSpace(goroot.output), "lib/wasm/wasm_exec.js")
	// The stack is as large as Go's own runner has it.
	node := []string{"node", "--stack-size=8192", filepath.Join(b.root, "bench/wasm.mjs"), runtimeJS}
	all := []platform{{name: "native"}, {name: "wasm", command: node, suffix: ".wasm"}}
	for _, program := range []string{"scan", "open"} {
		for _, p := range all {
			var env []string
			if p.name == "wasm" {
				env = []string{"GOOS=js", "GOARCH=wasm"}
			}
			cmd := exec.Command("go", "build", "-trimpath", "-o", b.file(program+p.suffix), "./"+program)
			cmd.Env = append(os.Environ(), env...)
			if out, err := cmd.CombinedOutput(); err != nil {
				return nil, fmt.Errorf("build %s: %w: %s", program, err, out)
			}
		}
	}
	return all, nil
}

// scan measures all contenders with one dictionary, in turns.
func (b *bench) scan(p platform, size string) error {
	log.Printf("%s, %s forms", p.name, size)
	postil := []string{"-index", b.file("scale-" + size + ".postil")}
	groups := [][]string{postil}
	if size == "1k" {
		groups = [][]string{append(postil, "-parts"), {"-bleve"}}
	}
	if size != "1m" {
		groups = append(groups, []string{"-forms", b.file("scale-" + size + ".forms")})
	}
	rounds := map[string]int{"native": 7, "wasm": 3}[p.name]
	if b.quick {
		rounds = 1
	}
	var running []*turns
	defer func() {
		for _, t := range running {
			t.stop()
		}
	}()
	for _, args := range groups {
		t, err := b.start(p, "scan", append(args, "-text", b.haystack())...)
		if err != nil {
			return err
		}
		running = append(running, t)
	}
	for range rounds {
		for _, t := range running {
			if err := t.next(); err != nil {
				return err
			}
		}
	}
	for _, t := range running {
		figures, err := t.end()
		if err != nil {
			return err
		}
		b.add(p.name+"_"+size+"_", figures)
	}
	return nil
}

// open measures opening an index, and the memory for two lengths of text.
func (b *bench) open(p platform, size string) error {
	log.Printf("%s, opening %s forms", p.name, size)
	index := b.file("scale-" + size + ".postil")
	prefix := p.name + "_" + size + "_open_"
	if err := b.merge(prefix+"article_", p, "open", "-index", index, "-text", b.file("article.txt")); err != nil {
		return err
	}
	return b.merge(prefix+"largest_", p, "open", "-index", index, "-text", b.file("largest.txt"))
}

// index builds an index with the command postil, as publishers do.
func (b *bench) index(size string) error {
	log.Printf("building the index of %s forms", size)
	r, err := b.command(filepath.Join(b.root, "bin/postil"), "build", "--quiet",
		"--glossary", b.file("scale-"+size+".jsonl"), "-o", b.file("scale-"+size+".postil"))
	if err != nil {
		return err
	}
	index, err := os.Stat(b.file("scale-" + size + ".postil"))
	if err != nil {
		return err
	}
	b.figures["build_"+size+"_s"] = r.took.Seconds()
	b.figures["build_"+size+"_memory_mb"] = float64(r.memory) / (1 << 20)
	b.figures["build_"+size+"_index_mb"] = float64(index.Size()) / 1e6
	return nil
}

// merge runs a program that prints figures and adds them, with a prefix.
func (b *bench) merge(prefix string, p platform, program string, args ...string) error {
	r, err := b.command(b.line(p, program, args)...)
	if err != nil {
		return err
	}
	var figures map[string]float64
	if err := json.Unmarshal([]byte(r.output), &figures); err != nil {
		return fmt.Errorf("%s: %w", program, err)
	}
	b.add(prefix, figures)
	return nil
}

// add adds figures, with a prefix.
func (b *bench) add(prefix string, figures map[string]float64) {
	for k, v := range figures {
		b.figures[prefix+k] = v
	}
}

// result is what came of a command: what it printed, how long it took, and the
// most memory it occupied, in bytes.
type result struct {
	output string
	took   time.Duration
	memory int64
}

// line is the command line of a program.
func (b *bench) line(p platform, program string, args []string) []string {
	return slices.Concat(p.command, []string{b.file(program + p.suffix)}, args)
}

// onOneCore is a command; Go programs get one core.
func onOneCore(line []string) *exec.Cmd {
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Stderr = os.Stderr
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1")
	return cmd
}

// command runs a command.
func (b *bench) command(line ...string) (result, error) {
	cmd := onOneCore(line)
	start := time.Now()
	out, err := cmd.Output()
	if err != nil {
		return result{}, fmt.Errorf("%s: %w", filepath.Base(line[0]), err)
	}
	r := result{output: string(out), took: time.Since(start)}
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		r.memory = u.Maxrss
		if runtime.GOOS != "darwin" { // which counts bytes, not kilobytes
			r.memory <<= 10
		}
	}
	return r, nil
}
