package source_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"postil/indexer/diag"
	"postil/indexer/source"
)

var update = flag.Bool("update", false, "rewrite the golden parts of testdata")

// unpack writes the files of an archive, but for want, below a new folder.
func unpack(t *testing.T, a *txtar.Archive) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range a.Files {
		if f.Name == "want" {
			continue
		}
		path := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// golden compares the archive's last file, want, with got.
func golden(t *testing.T, path string, a *txtar.Archive, got string) {
	t.Helper()
	last := &a.Files[len(a.Files)-1]
	if last.Name != "want" {
		t.Fatalf("%s: the last file is %s, not want", path, last.Name)
	}
	if *update {
		last.Data = []byte(got)
		if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want := string(last.Data); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func archives(t *testing.T, pattern string, run func(t *testing.T, path string, a *txtar.Archive)) {
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases at %s: %v", pattern, err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			run(t, path, a)
		})
	}
}

// TestGlossary reads the files of each archive as a folder and compares
// problems, terms and the place of every field.
func TestGlossary(t *testing.T) {
	archives(t, "testdata/glossary/*.txtar", func(t *testing.T, path string, a *txtar.Archive) {
		dir := unpack(t, a)
		g, err := source.ReadGlossary(dir)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, path, a, describe(t, g, dir))
	})
}

func describe(t *testing.T, g *source.Glossary, dir string) string {
	t.Helper()
	var b strings.Builder
	if g.Language != "" {
		fmt.Fprintf(&b, "language %s\n", g.Language)
	}
	for _, d := range g.Problems {
		fmt.Fprintln(&b, d)
	}
	for i, term := range g.Terms {
		line, err := json.Marshal(term)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s\n ", line)
		place := func(name string, p diag.Position) { fmt.Fprintf(&b, " %s %d:%d", name, p.Line, p.Column) }
		place("term", g.At(i, ""))
		for _, name := range []string{"id", "label", "kind", "definition", "language", "case", "plural", "evidence", "hidden", "prior"} {
			if p := g.At(i, name); p != g.At(i, "") || name == "id" {
				place(name, p)
			}
		}
		for n := range term.Aliases {
			place(fmt.Sprintf("aliases[%d]", n), g.AtItem(i, "aliases", n))
		}
		for n := range term.Abbreviations {
			place(fmt.Sprintf("abbreviations[%d]", n), g.AtItem(i, "abbreviations", n))
		}
		for n := range term.Sources {
			place(fmt.Sprintf("sources[%d].url", n), g.AtItem(i, "sources.url", n))
		}
		b.WriteByte('\n')
	}
	return strings.ReplaceAll(b.String(), dir+string(filepath.Separator), "")
}
