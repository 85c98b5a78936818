package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestClear: an earlier release is removed, and nothing that is of none.
func TestClear(t *testing.T) {
	for name, c := range map[string]struct {
		more    string // a file besides those of a release
		sums    bool
		refused string
	}{
		"a release":          {"", true, ""},
		"one with a guest":   {"thesis.md", true, "thesis.md"},
		"one with a folder":  {"src/main.go", true, "src"},
		"no release":         {"main.go", false, "main.go"},
		"part of a release":  {"", false, "one"},
		"one with no folder": {"-", false, ""},
	} {
		r := &release{out: filepath.Join(t.TempDir(), "out")}
		if c.more != "-" {
			fill(t, r, c.more, c.sums)
		}
		err := r.clear()
		_, missing := os.Stat(r.out)
		switch {
		case c.refused == "" && (err != nil || !errors.Is(missing, fs.ErrNotExist)):
			t.Errorf("%s: %v, %v", name, err, missing)
		case c.refused != "" && (err == nil || !strings.Contains(err.Error(), " has "+c.refused+", ") || missing != nil):
			t.Errorf("%s: %v, %v", name, err, missing)
		}
	}
}

// fill makes a folder of a release, with another file in it.
func fill(t *testing.T, r *release, more string, sums bool) {
	t.Helper()
	if err := os.MkdirAll(r.out, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := r.write("one", nil); err != nil {
		t.Fatal(err)
	}
	if sums {
		if err := r.checksums(); err != nil {
			t.Fatal(err)
		}
	}
	if more != "" {
		if err := os.MkdirAll(filepath.Dir(r.path(more)), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := r.write(more, nil); err != nil {
			t.Fatal(err)
		}
	}
}
