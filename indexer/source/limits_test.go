package source_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
	cases := []struct{ name, file, content, code string }{
		{"alias bomb", "g.yaml", bomb.String(), "too-many-aliases"},
		{"open brackets", "g.yaml", strings.Repeat("[", 100_000), "too-deep"},
		{"closed brackets", "g.yaml", strings.Repeat("[", 1000) + strings.Repeat("]", 1000), "too-deep"},
		{"braces", "g.yaml", strings.Repeat("{a: ", 1000), "too-deep"},
		{"dashes", "g.yaml", strings.Repeat("- ", 100_000) + "x", "too-deep"},
		{"question marks", "g.yaml", strings.Repeat("? ", 100_000) + "x", "too-deep"},
		{"indentation", "g.yaml", indented.String(), "too-deep"},
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
			if !codes[c.code] || len(g.Problems) > 1001 {
				t.Errorf("%d problems of codes %v, want %s", len(g.Problems), codes, c.code)
			}
		})
	}
}
