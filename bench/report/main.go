// Command report makes of the figures that were measured what people read: one
// table in the terminal, build/bench.json, and the page docs/benchmarks.md with
// its two plots. It measures nothing.
//
//	cd bench && go run ./report [-docs FOLDER]
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"log"
	"maps"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("report: ")
	root := flag.String("root", "..", "`folder` of the repository")
	docs := flag.String("docs", "", "`folder` for the page and its plots; none are made without it")
	flag.Parse()
	if err := run(*root, *docs); err != nil {
		log.Fatal(err)
	}
}

func run(root, docs string) error {
	f := figures{}
	for _, name := range []string{"engine.json", "edge.json", "cold.json", "search.json"} {
		if err := f.read(filepath.Join(root, "build/bench", name)); err != nil {
			return err
		}
	}
	groups := groupsOf(f)
	if len(groups) == 0 {
		return errors.New("no figures in build/bench")
	}
	if err := printTable(os.Stdout, groups); err != nil {
		return err
	}
	met, missed := verdicts(groups)
	f["targets_met"], f["targets_missed"] = float64(met), float64(missed)
	b, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(root, "build/bench.json"), append(b, '\n'), 0o644); err != nil {
		return err
	}
	if docs == "" {
		return nil
	}
	return writePage(root, docs, f, groups)
}

// figures holds all that was measured, by name.
type figures map[string]float64

// read adds the figures of a file; one that is missing has none.
func (f figures) read(file string) error {
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		log.Printf("%s is missing: left out", filepath.Base(file))
		return nil
	}
	if err != nil {
		return err
	}
	var more figures
	if err := json.Unmarshal(b, &more); err != nil {
		return err
	}
	maps.Copy(f, more)
	return nil
}

// has reports whether something was measured.
func (f figures) has(name string) bool { _, ok := f[name]; return ok }
