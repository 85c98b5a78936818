package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// clear makes room for a release. It removes an earlier one, which is nothing but
// what its checksums name, and refuses to remove anything else: the folder may have
// been named by mistake.
func (r *release) clear() error {
	entries, err := os.ReadDir(r.out)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	sums, err := os.ReadFile(r.path(sumsName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	made := map[string]bool{sumsName: true}
	for line := range strings.Lines(string(sums)) {
		_, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		made[name] = true
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !made[e.Name()] {
			return fmt.Errorf("%s has %s, which is of no release: write to another folder, or empty this one first", r.out, e.Name())
		}
	}
	return os.RemoveAll(r.out)
}
