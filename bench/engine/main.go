// Command engine measures Postil's engine and its rivals, natively and under
// js/wasm in Node, with dictionaries from a thousand to a million forms. It
// makes indexes and programs, runs them one after the other, and writes the
// figures as one flat JSON object.
//
//	cd bench && go run ./engine [-quick]
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("engine: ")
	root := flag.String("root", "..", "`folder` of the repository")
	quick := flag.Bool("quick", false, "one round, and the smallest dictionary only under wasm")
	flag.Parse()
	b, err := newBench(*root, *quick)
	if err != nil {
		log.Fatal(err)
	}
	out := filepath.Join(b.out, "engine.json")
	if _, err := os.Stat(b.data); errors.Is(err, fs.ErrNotExist) {
		log.Printf("skipped, no dictionaries in %s", b.data)
		os.Remove(out) // figures of another run must not be reported
		return
	}
	if err := b.run(); err != nil {
		log.Fatal(err)
	}
	j, err := json.MarshalIndent(b.figures, "", "  ")
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(out, append(j, '\n'), 0o644); err != nil {
		log.Fatal(err)
	}
}

// sizes are those of real dictionaries.
var sizes = [...]string{"1k", "10k", "100k"}

// bench is one run.
type bench struct {
	root, data, out string // absolute folders: repository, dictionaries, results
	quick           bool
	figures         map[string]float64
}

func newBench(root string, quick bool) (*bench, error) {
	root, err := filepath.Abs(root)
	if err != nil {
		return nil, err
	}
	b := &bench{
		root:    root,
		data:    filepath.Join(root, "../shared/eval/scale"),
		out:     filepath.Join(root, "build/bench"),
		quick:   quick,
		figures: map[string]float64{},
	}
	return b, os.MkdirAll(b.out, 0o755)
}

func (b *bench) run() error {
	platforms, err := b.platforms()
	if err != nil {
		return err
	}
	for _, size := range sizes {
		if err := b.dictionary(size); err != nil {
			return err
		}
	}
	if err := b.texts(); err != nil {
		return err
	}
	for _, p := range platforms {
		for _, size := range sizes {
			if b.quick && p.name == "wasm" && size != sizes[0] {
				continue
			}
			if err := b.scan(p, size); err != nil {
				return err
			}
		}
		if err := b.open(p, "100k"); err != nil {
			return err
		}
	}
	if err := b.sameAnswers(); err != nil || b.quick {
		return err
	}
	return b.million(platforms[0])
}

// million measures a million forms, natively only.
func (b *bench) million(native platform) error {
	if err := b.generate(); err != nil {
		return err
	}
	if err := b.index("1m"); err != nil {
		return err
	}
	if err := b.scan(native, "1m"); err != nil {
		return err
	}
	return b.merge("native_1m_run_", native, "open", "-index", b.file("scale-1m.postil"), "-text", b.haystack())
}

// sameAnswers reports a contender that finds something else under js/wasm.
func (b *bench) sameAnswers() error {
	for _, size := range sizes {
		for key, native := range b.figures {
			contender, ok := strings.CutPrefix(key, "native_"+size+"_")
			if !ok || !strings.HasSuffix(key, "_matches") {
				continue
			}
			if wasm, ok := b.figures["wasm_"+size+"_"+contender]; ok && wasm != native {
				return fmt.Errorf("%s: %v natively, %v under wasm", contender, native, wasm)
			}
		}
	}
	return nil
}
