package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/tdewolff/minify/v2/html"
)

// The entities of the edited copy are those of minify itself, and every edit
// fits the version that go.mod names.
func TestCopyMinify(t *testing.T) {
	source, err := goTool("list", "-m", "-f", "{{.Dir}}", "github.com/tdewolff/minify/v2")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := copyMinify(source, dir); err != nil {
		t.Fatal(err)
	}
	table, err := os.ReadFile(filepath.Join(dir, "html/table.go"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range html.EntitiesMap {
		line := "\t{" + strconv.Quote(name) + ", "
		_, rest, found := bytes.Cut(table, []byte(line))
		literal, _, _ := bytes.Cut(rest, []byte("},\n"))
		got, err := strconv.Unquote(string(literal))
		if !found || err != nil || got != string(text) {
			t.Errorf("%s is %q (%v), want %q", name, got, err, text)
		}
	}
	if n := bytes.Count(table, []byte("\n\t{\"")); n != len(html.EntitiesMap) {
		t.Errorf("%d entities, want %d", n, len(html.EntitiesMap))
	}
}

func TestEditUnknownVersion(t *testing.T) {
	for _, name := range []string{"minify.go", "html/html.go", "html/table.go"} {
		if _, err := editMinify(name, []byte("package html\n")); err == nil {
			t.Errorf("%s: no error for a file that is not as it was", name)
		}
	}
}

// TestCopies: the edits fit the versions that go.mod names.
func TestCopies(t *testing.T) {
	for path, copy := range map[string]func(from, to string) error{
		"github.com/blevesearch/zapx/v16": copyZap,
		"github.com/blevesearch/bleve/v2": copySearch,
	} {
		source, err := goTool("list", "-m", "-f", "{{.Dir}}", path)
		if err != nil {
			t.Fatal(err)
		}
		if err := copy(source, t.TempDir()); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}
