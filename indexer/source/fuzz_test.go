package source_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"postil/indexer/diag"
	"postil/indexer/source"
	"postil/internal/article"
)

// FuzzGlossary reads any bytes in each format: no panic, every place lies in
// the file, and what is not reported is text as it should be.
func FuzzGlossary(f *testing.F) {
	formats := source.GlossaryExtensions()
	seed(f, "testdata/glossary/*.txtar", formats)
	f.Fuzz(func(t *testing.T, format uint8, data []byte) {
		path := filepath.Join(t.TempDir(), "g"+formats[int(format)%len(formats)])
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		g, err := source.ReadGlossary(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range g.Problems {
			inside(t, data, d.Position)
		}
		for i, term := range g.Terms {
			inside(t, data, g.At(i, ""))
			inside(t, data, g.At(i, "label"))
			for n, alias := range term.Aliases {
				inside(t, data, g.AtItem(i, "aliases", n))
				if alias == "" || !utf8.ValidString(alias) || bytes.ContainsAny([]byte(alias), "\n\r") {
					t.Errorf("alias %q", alias)
				}
			}
			for n := range term.Sources {
				inside(t, data, g.AtItem(i, "sources.url", n))
			}
		}
	})
}

// FuzzArticles reads any bytes in each format: no panic, and each article has
// an id and text.
func FuzzArticles(f *testing.F) {
	formats := source.ArticleExtensions()
	seed(f, "testdata/articles/*.txtar", formats)
	f.Fuzz(func(t *testing.T, format uint8, data []byte) {
		path := filepath.Join(t.TempDir(), "a"+formats[int(format)%len(formats)])
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := source.ReadArticles(path)
		if err != nil {
			t.Fatal(err)
		}
		for i, a := range got.Articles {
			if article.IDProblem(a.ID) != "" || a.Text == "" || !utf8.ValidString(a.Text) {
				t.Errorf("article %d: %+v", i, a)
			}
		}
		for _, d := range got.Problems {
			if d.Severity != diag.Warning {
				t.Errorf("not a warning: %v", d)
			}
		}
	})
}

func seed(f *testing.F, pattern string, formats []string) {
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		f.Fatalf("no seeds at %s: %v", pattern, err)
	}
	for _, path := range paths {
		a, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			for i, format := range formats {
				if filepath.Ext(file.Name) == format {
					f.Add(uint8(i), file.Data)
				}
			}
		}
	}
}

// inside checks that a place is in the file, at most one beyond a line's end.
func inside(t *testing.T, data []byte, p diag.Position) {
	t.Helper()
	if p.Line == 0 {
		return
	}
	if ext := filepath.Ext(p.File); ext != ".jsonl" && ext != ".ndjson" { // where a lone CR is no line end
		data = bytes.ReplaceAll(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	lines := bytes.Split(data, []byte("\n"))
	if p.Line < 1 || p.Line > len(lines) || p.Column < 1 || p.Column > utf8.RuneCount(lines[p.Line-1])+1 {
		t.Errorf("place %d:%d is not in a file of %d lines", p.Line, p.Column, len(lines))
	}
}
