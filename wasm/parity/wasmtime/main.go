// Command wasmtime answers the requests of a folder with the module for WASI in
// wasmtime, a line on standard output each. It is a module of its own, so that
// nothing else has to be built with wasmtime's library, which needs C.
//
//	wasmtime MODULE FOLDER
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: wasmtime MODULE FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "wasmtime:", err)
		os.Exit(1)
	}
}

// request is a case, as package parity writes it.
type request struct {
	Name    string `json:"name"`
	Index   string `json:"index"`
	Call    string `json:"call"`
	Options []byte `json:"options"`
	Text    []byte `json:"text"`
}

type answer struct {
	Name   string `json:"name"`
	Failed bool   `json:"failed"`
	Body   []byte `json:"answer"`
}

func run(file, folder string, out io.Writer) error {
	m, err := start(file)
	if err != nil {
		return err
	}
	requests, err := os.Open(filepath.Join(folder, "requests.jsonl"))
	if err != nil {
		return err
	}
	defer requests.Close()
	w := bufio.NewWriter(out)
	in, answers := json.NewDecoder(bufio.NewReader(requests)), json.NewEncoder(w)
	for open := ""; ; {
		var r request
		if err := in.Decode(&r); err == io.EOF {
			return w.Flush()
		} else if err != nil {
			return err
		}
		if r.Index != "" && r.Index != open {
			data, err := os.ReadFile(filepath.Join(folder, r.Index))
			if err != nil {
				return err
			}
			if err := m.open(data); err != nil {
				return err
			}
			open = r.Index
		}
		a, err := m.ask(r)
		if err != nil {
			return fmt.Errorf("%s: %w", r.Name, err)
		}
		if err := answers.Encode(a); err != nil {
			return err
		}
	}
}
