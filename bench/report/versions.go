package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"postil/bench/rivals"
)

// version is what was measured, or measured with.
type version struct{ Name, Version string }

// versions lists everything that has a part in the figures.
func versions(root string) []version {
	out := []version{
		{"Postil", output(root, "git", "describe", "--tags", "--always", "--dirty")},
		{"Go", strings.TrimPrefix(runtime.Version(), "go")},
		{"Node", strings.TrimPrefix(output("", "node", "--version"), "v")},
		{"workerd", npm(filepath.Join(root, "node_modules/workerd"))},
		{"wrk", second(output("", "wrk", "--version"))},
	}
	modules := []string{"github.com/blevesearch/bleve/v2", "github.com/syumai/workers"}
	for _, l := range rivals.Libraries() {
		modules = append(modules, l.Module)
	}
	for _, m := range modules {
		out = append(out, version{m, output("", "go", "list", "-m", "-f", "{{.Version}}", m)})
	}
	for _, p := range []string{"modern-ahocorasick-1", "modern-ahocorasick"} {
		out = append(out, version{"modern-ahocorasick (npm)", npm(filepath.Join(root, "bench/edge/node_modules", p))})
	}
	for _, p := range []string{"minisearch", "@orama/orama"} {
		out = append(out, version{p + " (npm)", npm(filepath.Join(root, "bench/edge/node_modules", p))})
	}
	return out
}

// npm is the version of an installed package.
func npm(dir string) string {
	b, err := os.ReadFile(filepath.Join(dir, "package.json"))
	if err != nil {
		return ""
	}
	var p struct{ Version string }
	if json.Unmarshal(b, &p) != nil {
		return ""
	}
	return p.Version
}

// second is the second word of a line.
func second(line string) string {
	if words := strings.Fields(line); len(words) > 1 {
		return words[1]
	}
	return ""
}
