package dirstore_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"postil/indexer/dirstore"
	"postil/internal/store"
	"postil/internal/store/storetest"
)

func open(t *testing.T, dir string) *dirstore.Dir {
	d, err := dirstore.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestConformance(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	storetest.Conformance(t, open(t, dir), open(t, dir), open(t, dir))
	if left, _ := os.ReadDir(filepath.Join(dir, ".tmp")); len(left) > 0 {
		t.Errorf("%d files were left behind", len(left))
	}
}

func TestKeysStayInside(t *testing.T) {
	top := t.TempDir()
	d := open(t, filepath.Join(top, "data"))
	if err := os.WriteFile(filepath.Join(top, "secret"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(top, filepath.Join(top, "data", "out")); err != nil {
		t.Skip(err)
	}
	for _, key := range []string{".lock", ".tmp/x", "out/secret", "out/new"} {
		if _, err := d.Put(t.Context(), key, []byte("x"), store.Condition{}); err == nil {
			t.Errorf("wrote %s", key)
		}
		if _, err := d.Get(t.Context(), key, ""); err == nil {
			t.Errorf("read %s", key)
		}
	}
	if _, err := os.Stat(filepath.Join(top, "new")); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a file outside was made")
	}
}

func TestTidy(t *testing.T) {
	dir := t.TempDir()
	open(t, dir)
	old, young := filepath.Join(dir, ".tmp", "old"), filepath.Join(dir, ".tmp", "young")
	for _, name := range []string{old, young} {
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(old, time.Time{}, time.Now().Add(-2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	if _, err := os.Stat(old); !errors.Is(err, fs.ErrNotExist) {
		t.Error("what a writer left behind is still there")
	}
	if _, err := os.Stat(young); err != nil {
		t.Error("what a writer may be writing is gone")
	}
}
