package parity

import (
	"fmt"
	"strings"
)

// Host is a place where the engine runs.
type Host struct {
	Name   string
	Engine string // what of Postil runs there
	HTTP   bool   // it is asked over HTTP
	// Command answers the requests of a folder, whose name is appended to it, on
	// its standard output; nil where package parity does so itself.
	Command []string
	// Needs is a program without which the host is left out.
	Needs string
}

// Where Hosts find what the Makefile has built.
const (
	wasiModule = "build/wasi/postil.wasm"
	jsModule   = "build/wasm/postil.wasm"
)

// Hosts lists the hosts, the native one first, with which the others are compared.
func Hosts() []Host {
	return []Host{
		{Name: "Go, natively", Engine: "package `postil`"},
		{Name: "wazero", Engine: "WASI module, package `wasm/host`"},
		{Name: "wasmtime, from Go", Engine: "WASI module", Command: []string{"build/wasmtime", wasiModule}},
		{Name: "wasmtime, from Python", Engine: "WASI module, [examples/python](../examples/python)", Needs: "python3",
			Command: []string{"python3", "wasm/parity/hosts/python.py", "build/c/libwasmtime.so", wasiModule}},
		{Name: "wasmtime, from Rust", Engine: "WASI module, [examples/rust](../examples/rust)", Needs: "cargo",
			Command: []string{"build/parity-rust", wasiModule}},
		{Name: "Node's WASI", Engine: "WASI module", Command: []string{"node", "wasm/parity/hosts/node.mjs", "wasi", wasiModule}},
		{Name: "Node", Engine: "JavaScript module", Command: []string{"node", "wasm/parity/hosts/node.mjs", "js", jsModule}},
		{Name: "Chromium", Engine: "JavaScript module", Command: []string{"node", "wasm/parity/hosts/chromium.mjs", jsModule}},
		{Name: "workerd", Engine: "edge program, over HTTP", HTTP: true, Command: []string{"node", "wasm/parity/hosts/workerd.mjs"}},
	}
}

// Document is docs/parity.md: how many answers of each host were the same as the
// native ones.
func (s *Suite) Document(tallies []Tally) string {
	var b strings.Builder
	b.WriteString(`# Parity

One engine, the same answers wherever it runs: the same terms, positions, scores and errors, byte for byte. ` + "`make parity`" + ` asks each host
the questions in [wasm/parity/cases](../wasm/parity/cases), and compares what it answers with what the native program does. One difference
fails the build. The numbers are of answers that were compared, and all were identical.

`)
	groups := s.Groups()
	fmt.Fprintf(&b, "| host | what runs there | %s | all |\n|---|---|%s--:|\n", strings.Join(groups, " | "), strings.Repeat("--:|", len(groups)))
	for i, h := range Hosts() {
		b.WriteString(row(h, groups, tallies[i]))
	}
	b.WriteString(`
Over HTTP there is no call that compiles a glossary, and errors are problem documents, of which the status is compared.
`)
	fmt.Fprintf(&b, "\nThe questions are asked of %d indexes. The group *scripts* has texts and glossaries in %s.\n", len(s.Indexes), s.scripts())
	return b.String()
}

func row(h Host, groups []string, t Tally) string {
	all := 0
	line := fmt.Sprintf("| %s | %s |", h.Name, h.Engine)
	for _, g := range groups {
		all += t[g]
		line += fmt.Sprintf(" %d |", t[g])
	}
	return line + fmt.Sprintf(" %d |\n", all)
}

// scripts lists the scripts that the group of that name has texts in.
func (s *Suite) scripts() string {
	var names []string
	seen := map[string]bool{}
	for _, c := range s.Cases {
		_, name, ok := strings.Cut(c.Index, "scripts/")
		script, _, _ := strings.Cut(name, "-")
		if ok && !seen[script] {
			seen[script] = true
			names = append(names, strings.ToUpper(script[:1])+script[1:])
		}
	}
	last := len(names) - 1
	return fmt.Sprintf("%d scripts: %s and %s", len(names), strings.Join(names[:last], ", "), names[last])
}
