package indexfile_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postil"
	"postil/indexer/atomicfile"
	"postil/indexer/indexfile"
)

func index(t *testing.T, label string) []byte {
	t.Helper()
	data, err := postil.Compile([]postil.Term{{ID: "x", Label: label, Definition: strings.Repeat("long ", 10_000)}}, postil.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestReplaced replaces a file while it is open: the old index goes on, the
// file opens as the new one.
func TestReplaced(t *testing.T) {
	for name, open := range map[string]func(string) (*postil.Annotator, error){"map": indexfile.Map, "read": indexfile.Read} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "site.postil")
			put := func(data []byte) {
				err := atomicfile.Write(path, func(w io.WriteSeeker) error { _, err := w.Write(data); return err })
				if err != nil {
					t.Fatal(err)
				}
			}
			put(index(t, "Old thing"))
			before, err := open(path)
			if err != nil {
				t.Fatal(err)
			}
			put(index(t, "New thing"))
			after, err := open(path)
			if err != nil {
				t.Fatal(err)
			}
			for a, want := range map[*postil.Annotator]string{before: "Old thing", after: "New thing"} {
				if err := a.Verify(); err != nil {
					t.Error(err)
				}
				if term, err := a.Term("x"); err != nil || term.Label != want {
					t.Errorf("label %q, %v, want %q", term.Label, err, want)
				}
			}
		})
	}
}

func TestDamaged(t *testing.T) {
	dir := t.TempDir()
	data := index(t, "A thing")
	for name, content := range map[string][]byte{"empty": nil, "short": data[:len(data)-1], "other": []byte("%PDF-1.7 and more than sixty-four bytes of something else, to be sure")} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, open := range []func(string) (*postil.Annotator, error){indexfile.Map, indexfile.Read} {
			_, err := open(path)
			var format *postil.FormatError
			if !errors.As(err, &format) || !strings.HasPrefix(err.Error(), path) {
				t.Errorf("%s: error %v", name, err)
			}
		}
	}
	if _, err := indexfile.Map(dir); err == nil {
		t.Error("a folder was mapped")
	}
	if _, err := indexfile.Map(filepath.Join(dir, "missing")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}
