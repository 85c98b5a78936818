package check_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"postil/indexer/check"
	"postil/indexer/diag"
	"postil/indexer/source"
)

var update = flag.Bool("update", false, "rewrite the wanted diagnostics of testdata")

// TestCases checks the glossary of each archive and compares the diagnostics
// with its last file, want.
func TestCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			last := len(a.Files) - 1
			for _, f := range a.Files[:last] {
				if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			var b strings.Builder
			for _, d := range run(t, dir) {
				fmt.Fprintln(&b, d)
			}
			got := strings.ReplaceAll(b.String(), dir+string(filepath.Separator), "")
			if *update {
				a.Files[last].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			} else if want := string(a.Files[last].Data); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func run(t *testing.T, paths ...string) []diag.Diagnostic {
	t.Helper()
	g, err := source.ReadGlossary(paths...)
	if err != nil {
		t.Fatal(err)
	}
	return check.Glossary(g)
}

// TestStarterGlossary holds the glossary that ships to the rules, warnings
// included.
func TestStarterGlossary(t *testing.T) {
	for _, d := range run(t, "../../glossary") {
		t.Error(d)
	}
}

// TestPublicGlossaries checks that nothing in glossaries of others would keep
// an index from being built.
func TestPublicGlossaries(t *testing.T) {
	paths, _ := filepath.Glob("../../../shared/eval/s*/*.glossary.jsonl")
	if len(paths) == 0 {
		t.Skip("no ../shared/eval")
	}
	for _, path := range paths {
		codes := map[string]int{}
		for _, d := range run(t, path) {
			codes[d.Code]++
			if d.Severity == diag.Error && !check.Editorial(d.Code) {
				t.Error(d)
			}
		}
		t.Logf("%s: %v", filepath.Base(path), codes)
	}
}
