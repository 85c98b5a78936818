// Command run asks every host the questions of package parity and compares the
// answers with the native ones.
//
//	go run ./wasm/parity/run [-write] [-only HOST]
//
// It runs at the root of the repository, after what it needs has been built. With
// -write it writes docs/parity.md, and without it that must be as it would be
// written.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"postil/wasm/parity"
)

const (
	document = "docs/parity.md"
	work     = "build/parity"
)

func main() {
	write := flag.Bool("write", false, "write "+document)
	only := flag.String("only", "", "ask one host, by its name in "+document)
	flag.Parse()
	if err := run(*write, *only); err != nil {
		fmt.Fprintln(os.Stderr, "parity:", err)
		os.Exit(1)
	}
}

func run(write bool, only string) error {
	s, err := parity.Load()
	if err != nil {
		return err
	}
	native, err := s.Native()
	if err != nil {
		return err
	}
	if err := s.Write(work); err != nil {
		return err
	}
	var tallies []parity.Tally
	for _, h := range parity.Hosts() {
		if only != "" && only != h.Name {
			continue
		}
		if _, err := exec.LookPath(h.Needs); h.Needs != "" && err != nil {
			if write {
				return fmt.Errorf("%s: %w", h.Name, err)
			}
			fmt.Printf("%-22s left out: no %s\n", h.Name, h.Needs)
			tallies = append(tallies, tallies[0])
			continue
		}
		begin := time.Now()
		tally, err := ask(s, h, native)
		if err != nil {
			return fmt.Errorf("%s: %w", h.Name, err)
		}
		fmt.Printf("%-22s %v %.1fs\n", h.Name, tally, time.Since(begin).Seconds())
		tallies = append(tallies, tally)
	}
	if only != "" {
		return nil
	}
	text := []byte(s.Document(tallies))
	if write {
		return os.WriteFile(document, text, 0o666)
	}
	if old, err := os.ReadFile(document); err != nil || !bytes.Equal(old, text) {
		return fmt.Errorf("%s is out of date: make parity writes it (%v)", document, err)
	}
	return nil
}

func ask(s *parity.Suite, h parity.Host, native map[string]parity.Answer) (parity.Tally, error) {
	var got []parity.Answer
	var err error
	switch {
	case h.Command != nil:
		got, err = command(h.Command)
	case h.Name == "wazero":
		var module []byte
		if module, err = os.ReadFile("build/wasi/postil.wasm"); err == nil {
			got, err = s.Wazero(context.Background(), module, filepath.Join("build", "wazero"))
		}
	default:
		got, err = answers(s.Native())
	}
	if err != nil {
		return nil, err
	}
	return s.Compare(native, got, h.HTTP)
}

// answers asks the native program a second time: it must agree with itself.
func answers(given map[string]parity.Answer, err error) (list []parity.Answer, _ error) {
	for _, a := range given {
		list = append(list, a)
	}
	return list, err
}

func command(args []string) ([]parity.Answer, error) {
	cmd := exec.Command(args[0], append(args[1:], work)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", cmd, err)
	}
	return parity.ReadAnswers(bytes.NewReader(out))
}
