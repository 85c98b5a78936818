package diag_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postil/indexer/diag"
)

func at(file string, line, column int) diag.Position {
	return diag.Position{File: file, Line: line, Column: column}
}

func TestSort(t *testing.T) {
	ds := diag.Sort([]diag.Diagnostic{
		{Position: at("b", 1, 1), Code: "x"},
		{Position: at("a", 2, 1), Code: "x"},
		{Position: at("a", 1, 9), Code: "x", Severity: diag.Warning},
		{Position: at("a", 1, 2), Code: "y"},
		{Position: at("a", 1, 2), Code: "x"},
		{Position: at("a", 1, 2), Code: "y"},
	})
	var got []string
	for _, d := range ds {
		got = append(got, d.Position.String()+d.Code)
	}
	if want := "a:1:2x a:1:2y a:1:9x a:2:1x b:1:1x"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
	if e, w := diag.Count(ds); e != 4 || w != 1 {
		t.Errorf("counted %d errors, %d warnings", e, w)
	}
	diag.Strict(ds)
	if e, w := diag.Count(ds); e != 5 || w != 0 {
		t.Errorf("strict: counted %d errors, %d warnings", e, w)
	}
}

func TestWriteText(t *testing.T) {
	file := filepath.Join(t.TempDir(), "g.yaml")
	long := strings.Repeat("x", 200)
	content := "\ufeff- id: 日本\tend\r\n" + long + "\n\x1b[31mred\n"
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name  string
		d     diag.Diagnostic
		style diag.Style
		want  string
	}{
		{"plain", diag.Diagnostic{Position: at(file, 1, 7), Code: "c", Message: "m"}, diag.Style{},
			"F:1:7: error: m [c]\n"},
		{"whole file", diag.Diagnostic{Position: diag.Position{File: file}, Code: "c", Message: "m", Severity: diag.Warning}, diag.Style{Excerpt: true},
			"F: warning: m [c]\n"},
		{"wide characters and tabs", diag.Diagnostic{Position: at(file, 1, 10), Code: "c", Message: "m"}, diag.Style{Excerpt: true},
			"F:1:10: error: m [c]\n     1 | - id: 日本 end\n       | " + strings.Repeat(" ", 11) + "^\n"},
		{"long line", diag.Diagnostic{Position: at(file, 2, 101), Code: "c", Message: "m"}, diag.Style{Excerpt: true},
			"F:2:101: error: m [c]\n     2 | …" + long[:120] + "…\n       | " + strings.Repeat(" ", 61) + "^\n"},
		{"escape sequences are shown, not obeyed", diag.Diagnostic{Position: at(file, 3, 1), Code: "c", Message: "bad \x1b[2J"}, diag.Style{Excerpt: true},
			"F:3:1: error: bad ·[2J [c]\n     3 | ·[31mred\n       | ^\n"},
		{"line that is gone", diag.Diagnostic{Position: at(file, 99, 1), Code: "c", Message: "m"}, diag.Style{Excerpt: true},
			"F:99:1: error: m [c]\n"},
		{"colour", diag.Diagnostic{Position: at(file, 1, 1), Code: "c", Message: "m"}, diag.Style{Color: true},
			"\x1b[1mF:1:1:\x1b[0m \x1b[1;31merror:\x1b[0m m [c]\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := diag.WriteText(&b, []diag.Diagnostic{c.d}, c.style); err != nil {
				t.Fatal(err)
			}
			if got := strings.ReplaceAll(b.String(), file, "F"); got != c.want {
				t.Errorf("got\n%q, want\n%q", got, c.want)
			}
		})
	}
}

func TestWriteJSON(t *testing.T) {
	for _, ds := range [][]diag.Diagnostic{
		nil,
		{{Position: at("a<b>", 3, 4), Severity: diag.Warning, Code: "c", Message: `say "hi"`}, {Code: "d"}},
	} {
		var b bytes.Buffer
		if err := diag.WriteJSON(&b, ds); err != nil {
			t.Fatal(err)
		}
		var got []map[string]any
		if err := json.Unmarshal(b.Bytes(), &got); err != nil {
			t.Fatalf("%v in %s", err, b.Bytes())
		}
		if len(got) != len(ds) {
			t.Fatalf("got %d elements, want %d", len(got), len(ds))
		}
		if len(got) == 2 && (got[0]["file"] != "a<b>" || got[0]["line"] != 3.0 || got[0]["severity"] != "warning" || got[1]["line"] != nil) {
			t.Errorf("got %v", got)
		}
	}
}
