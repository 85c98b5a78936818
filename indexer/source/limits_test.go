package source_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"postil/indexer/diag"
	"postil/indexer/source"
)

// TestLimits reads files made to exhaust the reader.
func TestLimits(t *testing.T) {
	var bomb strings.Builder
	bomb.WriteString("- &a0 [x, y]\n")
	for i := range 20 {
		fmt.Fprintf(&bomb, "- &a%d [*a%d, *a%d, *a%d]\n", i+1, i, i, i)
	}
	var indented strings.Builder
	for i := range 200 {
		fmt.Fprintf(&indented, "%sa:\n", strings.Repeat(" ", i))
	}
	keys := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "k%d: v\n", i)
		}
		return b.String()
	}
	cases := []struct{ name, file, content, code string }{
		{"alias bomb", "g.yaml", bomb.String(), "too-many-aliases"},
		{"open brackets", "g.yaml", strings.Repeat("[", 100_000), "too-deep"},
		{"closed brackets", "g.yaml", strings.Repeat("[", 1000) + strings.Repeat("]", 1000), "too-deep"},
		{"braces", "g.yaml", strings.Repeat("{a: ", 1000), "too-deep"},
		{"dashes", "g.yaml", strings.Repeat("- ", 100_000) + "x", "too-deep"},
		{"question marks", "g.yaml", strings.Repeat("? ", 100_000) + "x", "too-deep"},
		{"indentation", "g.yaml", indented.String(), "too-deep"},
		{"keys", "g.yaml", keys(1001), "too-many-fields"},
		{"many keys", "g.yaml", keys(100_000), "too-many-fields"},
		{"keys below a list", "g.yaml", "terms:\n- id: x\n" + keys(1000), "too-many-fields"},
		{"keys of two documents", "g.yaml", keys(1000) + "---\n" + keys(1000), "unknown-field"},
		{"size", "g.yaml", "# " + strings.Repeat("x", 16<<20), "too-large"},
		{"a long line", "g.jsonl", `{"id":"` + strings.Repeat("x", 16<<20) + `"}`, "too-large"},
		{"JSON depth", "g.json", strings.Repeat("[", 100_000), "too-deep"},
		{"JSON Lines depth", "g.jsonl", strings.Repeat(`{"sources":`, 100_000), "too-deep"},
		{"many problems", "g.jsonl", strings.Repeat("x\n", 5000), "too-many-problems"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), c.file)
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			g, err := source.ReadGlossary(path)
			if err != nil {
				t.Fatal(err)
			}
			codes := map[string]bool{}
			for _, d := range g.Problems {
				codes[d.Code] = true
			}
			if !codes[c.code] || c.code != "too-many-fields" && codes["too-many-fields"] || len(g.Problems) > 1001 {
				t.Errorf("%d problems of codes %v, want %s", len(g.Problems), codes, c.code)
			}
		})
	}
}

// TestManyParts asks for the places of a term with so many parts that going through
// them for each would take minutes.
func TestManyParts(t *testing.T) {
	const n = 100_000
	var b strings.Builder
	b.WriteString("- id: few\n  label: Few\n- id: many\n  label: Many\n  aliases:\n")
	for i := range n {
		fmt.Fprintf(&b, "  - alias %d\n", i)
	}
	b.WriteString("- id: last\n  label: Last\n")
	path := filepath.Join(t.TempDir(), "g.yaml")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	g, err := source.ReadGlossary(path)
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	for i := range n {
		if at := g.AtItem(1, "aliases", i); at.Line != i+6 || at.Column != 5 {
			t.Fatalf("alias %d is at %s", i, at)
		}
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("%d places took %v", n, took)
	}
	for _, c := range []struct {
		at           diag.Position
		line, column int
	}{
		{g.At(0, "label"), 2, 10}, {g.At(1, "label"), 4, 10}, {g.AtItem(1, "aliases", n), 6, 3}, {g.AtItem(1, "sources.url", 0), 3, 3},
		{g.At(1, "plural"), 3, 3}, {g.At(2, "id"), n + 6, 7}, {g.At(1, "id"), 3, 7},
	} {
		if c.at.Line != c.line || c.at.Column != c.column {
			t.Errorf("got %s, want %d:%d", c.at, c.line, c.column)
		}
	}
}
