package source_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"postil/indexer/source"
)

// TestArticles reads the files of each archive as a folder.
func TestArticles(t *testing.T) {
	archives(t, "testdata/articles/*.txtar", func(t *testing.T, path string, a *txtar.Archive) {
		dir := unpack(t, a)
		got, err := source.ReadArticles(dir)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, d := range got.Problems {
			fmt.Fprintln(&b, d)
		}
		for i, article := range got.Articles {
			text := article.Text
			article.Text = ""
			head, err := json.Marshal(article)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s %s\n", got.At(i), head)
			for line := range strings.Lines(text) {
				fmt.Fprintf(&b, "  |%s", line)
			}
			b.WriteByte('\n')
		}
		golden(t, path, a, strings.ReplaceAll(b.String(), dir+string(filepath.Separator), ""))
	})
}

// TestEncodings reads pages that are not UTF-8, and line ends of old.
func TestEncodings(t *testing.T) {
	cases := []struct{ name, file, content, text, problem string }{
		{"latin-1 by meta", "a.html", "<meta charset=iso-8859-1><p>Z\xfcrich</p>", "Zürich", ""},
		{"latin-1 by guess", "a.html", "<p>Z\xfcrich</p>", "Zürich", ""},
		{"utf-16 with a mark", "a.html", "\xff\xfe<\x00p\x00>\x00\xfc\x00\r\x00\n\x00A\x00", "ü A", ""},
		{"byte order mark", "a.txt", "\ufeffText", "Text", ""},
		{"CRLF", "a.txt", "One\r\n\r\nTwo\rThree\r\n", "One\n\nTwo\nThree", ""},
		{"bad UTF-8 in text", "a.txt", "ok\nd\u00e9j\xe0", "", "a.txt:2:4: warning: byte 0xe0 is not UTF-8: save the file as UTF-8 [bad-encoding]"},
		{"UTF-16 text", "a.md", "\xff\xfeT\x00", "", "a.md:1:1: warning: the file is UTF-16: save it as UTF-8 [bad-encoding]"},
		{"bad UTF-8 in a line", "a.jsonl", "\n{\"id\":\"\xff\"}\n", "", "a.jsonl:2:8: warning: the article is left out: byte 0xff is not UTF-8: save the file as UTF-8 [bad-encoding]"},
		{"too deep a page", "a.html", strings.Repeat("<div>", 10_000) + "x", "", "a.html: warning: the article is left out: html: open stack of elements exceeds 512 nodes [syntax]"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			file := filepath.Join(dir, c.file)
			if err := os.WriteFile(file, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			got, err := source.ReadArticles(file)
			if err != nil {
				t.Fatal(err)
			}
			var text, problem string
			if len(got.Articles) > 0 {
				text = got.Articles[0].Text
			}
			if len(got.Problems) > 0 {
				problem = strings.ReplaceAll(got.Problems[0].String(), dir+string(filepath.Separator), "")
			}
			if text != c.text || problem != c.problem {
				t.Errorf("got %q %q, want %q %q", text, problem, c.text, c.problem)
			}
		})
	}
}

// TestPaths names files and folders that cannot be read.
func TestPaths(t *testing.T) {
	dir := t.TempDir()
	write := func(name string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	pdf := write("a.pdf")
	empty := filepath.Join(dir, "empty")
	if err := os.Mkdir(empty, 0o700); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		filepath.Join(dir, "missing"): "no such file",
		pdf:                           "a.pdf: not a format of",
		empty:                         "empty: the folder holds no",
	} {
		if _, err := source.ReadArticles(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("articles at %s: error %v, want %q", path, err, want)
		}
		if _, err := source.ReadGlossary(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("glossary at %s: error %v, want %q", path, err, want)
		}
	}
	twice := write("t.txt")
	a, err := source.ReadArticles(twice, dir, twice)
	if err != nil || len(a.Articles) != 1 || len(a.Problems) != 0 {
		t.Errorf("a file named thrice: %v, %v", a, err)
	}
}

// TestRealPages compares the text of real pages with what is expected of
// readability on them, word by word.
func TestRealPages(t *testing.T) {
	pages, _ := filepath.Glob("../../../shared/eval/html/*.html")
	if len(pages) == 0 {
		t.Skip("no ../shared/eval/html")
	}
	got, err := source.ReadArticles(pages...)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Problems) > 0 {
		t.Error(got.Problems)
	}
	found, expected, words := 0, 0, 0
	for i, a := range got.Articles {
		want, err := os.ReadFile(strings.TrimSuffix(got.At(i).File, ".html") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		rest := map[string]int{}
		for _, w := range strings.Fields(string(want)) {
			rest[w]++
			expected++
		}
		for _, w := range strings.Fields(a.Text) {
			words++
			if rest[w] > 0 {
				rest[w]--
				found++
			}
		}
	}
	recall, precision := float64(found)/float64(expected), float64(found)/float64(words)
	t.Logf("%d pages, %d words: recall %.4f, precision %.4f", len(got.Articles), words, recall, precision)
	if recall < 0.98 || precision < 0.95 {
		t.Errorf("recall %.4f, precision %.4f", recall, precision)
	}
}
