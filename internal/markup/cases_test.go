package markup

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what is got as what is wanted")

// TestCases runs testdata/*.txtar. A case is NAME.html, or NAME.quoted in Go
// syntax, with NAME.text, what show makes of it. If it has NAME.mark, phrases
// one a line, NAME.marked is the source with <m> around each, as it was given.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases: ", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(archive.Files); i++ {
			f := archive.Files[i]
			name, kind, _ := strings.Cut(f.Name, ".")
			if kind != "html" && kind != "quoted" {
				continue
			}
			d := Parse(source(t, kind, f.Data))
			check(t, archive, name+".text", show(d))
			if phrases := find(archive, name+".mark"); phrases != nil {
				out := marked(t, d, string(phrases.Data))
				if kind == "quoted" {
					out = strconv.Quote(out)
				}
				check(t, archive, name+".marked", out)
			}
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(archive), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func source(t *testing.T, kind string, data []byte) string {
	s := strings.TrimSuffix(string(data), "\n")
	if kind == "quoted" {
		var err error
		if s, err = strconv.Unquote(s); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
	}
	return s
}

func find(a *txtar.Archive, name string) *txtar.File {
	if i := slices.IndexFunc(a.Files, func(f txtar.File) bool { return f.Name == name }); i >= 0 {
		return &a.Files[i]
	}
	return nil
}

func check(t *testing.T, a *txtar.Archive, name, got string) {
	t.Helper()
	got += "\n"
	f := find(a, name)
	switch {
	case f == nil && *update:
		i := slices.IndexFunc(a.Files, func(f txtar.File) bool {
			return strings.HasPrefix(f.Name, strings.TrimSuffix(name, filepath.Ext(name))+".")
		})
		for i+1 < len(a.Files) && !strings.Contains(a.Files[i+1].Name, ".html") && !strings.Contains(a.Files[i+1].Name, ".quoted") {
			i++
		}
		a.Files = slices.Insert(a.Files, i+1, txtar.File{Name: name, Data: []byte(got)})
	case f == nil:
		t.Errorf("%s is missing; run the test with -update", name)
	case *update:
		f.Data = []byte(got)
	case !bytes.Equal(f.Data, []byte(got)):
		t.Errorf("%s\n got %s\nwant %s", name, got, f.Data)
	}
}

// show makes the marks of a document visible: ¶ breaks, ↵ other line feeds,
// ⟨headings⟩ with § where a section begins, and [skipped text]. Then come the
// language, the title, and what is main text and what is beside it.
func show(d *Document) string {
	var s strings.Builder
	for i := range len(d.Text) + 1 {
		at := func(offset int) bool { return offset == i }
		if slices.ContainsFunc(d.Skip, func(s Span) bool { return at(s.End) }) {
			s.WriteString("]")
		}
		if slices.ContainsFunc(d.Headings, func(s Span) bool { return at(s.End) }) {
			s.WriteString("⟩")
		}
		if slices.Contains(d.Sections, int32(i)) {
			s.WriteString("§")
		}
		if slices.ContainsFunc(d.Headings, func(s Span) bool { return at(s.Start) }) {
			s.WriteString("⟨")
		}
		if slices.ContainsFunc(d.Skip, func(s Span) bool { return at(s.Start) }) {
			s.WriteString("[")
		}
		switch {
		case i == len(d.Text):
		case d.Text[i] == '\n' && slices.Contains(d.Breaks, int32(i+1)):
			s.WriteString("¶\n")
		case d.Text[i] == '\n':
			s.WriteString("↵\n")
		default:
			s.WriteByte(d.Text[i])
		}
	}
	if d.Title != "" {
		s.WriteString("\ntitle " + d.Title)
	}
	for _, m := range d.Main {
		s.WriteString("\nmain " + strconv.Quote(d.Text[m.Start:m.End]))
	}
	for _, m := range d.Aside {
		s.WriteString("\naside " + strconv.Quote(d.Text[m.Start:m.End]))
	}
	for _, x := range d.Expansions {
		s.WriteString("\nabbr " + strconv.Quote(d.Text[x.Start:x.End]) + " " + strconv.Quote(x.Title))
	}
	return strings.ReplaceAll(s.String(), "\u00A0", "␣")
}

func marked(t *testing.T, d *Document, phrases string) string {
	var marks []Mark
	for phrase := range strings.Lines(phrases) {
		phrase = strings.ReplaceAll(strings.TrimSuffix(phrase, "\n"), "↵", "\n")
		i := strings.Index(d.Text, phrase)
		if i < 0 {
			t.Fatalf("%q is not in %q", phrase, d.Text)
		}
		for _, r := range d.Ranges(nil, i, i+len(phrase)) {
			marks = append(marks, Mark{r.Start, r.End, "<m>", "</m>"})
		}
	}
	return string(Insert(nil, d.Source, marks))
}
