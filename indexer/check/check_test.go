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

// TestSpoiledStarterGlossary takes the id or the label from one term of each
// file, doubles a term, and cuts the file off: the mistake is found, in its line.
func TestSpoiledStarterGlossary(t *testing.T) {
	files, err := filepath.Glob("../../glossary/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no glossary files: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(string(data), "\n")
		var ids []int
		for i, line := range lines {
			if strings.HasPrefix(line, "  - id: ") {
				ids = append(ids, i)
			}
		}
		at := ids[len(ids)/2]
		line := lines[at]
		for code, spoiled := range map[string]string{
			"missing-id":    "  - kind: none\n",
			"bad-id":        "  - id: \" x\"\n",
			"wrong-type":    "  - id: 7\n",
			"duplicate-id":  lines[ids[0]],
			"unknown-field": strings.Replace(line, "id:", "identifier:", 1),
			"syntax":        line + "   id: [\n",
		} {
			lines[at] = spoiled
			path := filepath.Join(t.TempDir(), filepath.Base(file))
			if err := os.WriteFile(path, []byte(strings.Join(lines, "")), 0o600); err != nil {
				t.Fatal(err)
			}
			found := false
			for _, d := range run(t, path) {
				found = found || d.Code == code && (d.Line == at+1 || code == "syntax" && d.Line > 0)
			}
			if !found {
				t.Errorf("%s:%d: %s was not found", file, at+1, code)
			}
		}
		lines[at] = line
		for n := 1; n < 8; n++ {
			path := filepath.Join(t.TempDir(), filepath.Base(file))
			if err := os.WriteFile(path, data[:len(data)*n/8], 0o600); err != nil {
				t.Fatal(err)
			}
			for _, d := range run(t, path) {
				if d.Line < 0 || d.Line > len(lines) || d.Message == "" {
					t.Errorf("%s cut to %d/8: %v", file, n, d)
				}
			}
		}
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
