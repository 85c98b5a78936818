package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// An edit replaces every occurrence of old in a file of a module, of which there
// must be count: another version is never edited by guess.
type edit struct {
	file     string
	old, new string
	count    int
}

// copyEdited copies the files of a module that fit the patterns, but for tests,
// as change has them.
func copyEdited(from, to string, patterns []string, change func(name string, src []byte) ([]byte, error)) error {
	for _, pattern := range patterns {
		files, err := filepath.Glob(filepath.Join(from, pattern))
		if err != nil {
			return err
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			b, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			name, err := filepath.Rel(from, file)
			if err != nil {
				return err
			}
			name = filepath.ToSlash(name)
			if b, err = change(name, b); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			if err := write(filepath.Join(to, name), b); err != nil {
				return err
			}
		}
	}
	return nil
}

// apply makes the edits of a file.
func apply(edits []edit, name string, src []byte) ([]byte, error) {
	for _, e := range edits {
		if e.file != name {
			continue
		}
		if n := bytes.Count(src, []byte(e.old)); n != e.count {
			return nil, fmt.Errorf("it has %q %d times, want %d", e.old, n, e.count)
		}
		src = bytes.ReplaceAll(src, []byte(e.old), []byte(e.new))
	}
	return src, nil
}

// overlay puts a file with the edit in the place of one of Go's own. An edit that
// replaces nothing is a file that Go does not have.
func (e edit) overlay(work, goroot string, replace map[string]string) error {
	original := filepath.Join(goroot, "src", e.file)
	src := []byte(e.new)
	if e.old != "" {
		var err error
		if src, err = os.ReadFile(original); err != nil {
			return err
		}
		if src, err = apply([]edit{e}, e.file, src); err != nil {
			return fmt.Errorf("%s: %w", e.file, err)
		}
	}
	replace[original] = filepath.Join(work, e.file)
	return write(replace[original], src)
}
