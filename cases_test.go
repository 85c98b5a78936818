package postil_test

import (
	"bytes"
	"embed"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"postil"
	"postil/language"
)

//go:embed testdata/cases/*.txtar
var caseFiles embed.FS

// annotateCase is a line of cases.jsonl. Want lists exact=term, joined by bars.
type annotateCase struct {
	Name    string         `json:"name"`
	Text    string         `json:"text"`
	HTML    string         `json:"html"`
	Options postil.Options `json:"options"`
	Want    string         `json:"want"`
	Marked  string         `json:"marked"`
}

// forEachCase runs f on the cases of every file, with an annotator for the
// file's glossary, in English or the file's language. The files are embedded, so that the tests run without a file
// system too.
func forEachCase(t *testing.T, f func(t *testing.T, a *postil.Annotator, c annotateCase)) {
	names, err := fs.Glob(caseFiles, "testdata/cases/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no case files", err)
	}
	for _, name := range names {
		b, err := caseFiles.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files := map[string][]byte{}
		for _, file := range txtar.Parse(b).Files {
			files[file.Name] = file.Data
		}
		a := openIn(t, strings.TrimSpace(string(files["language"])), lines[postil.Term](t, files["glossary.jsonl"])...)
		for _, c := range lines[annotateCase](t, files["cases.jsonl"]) {
			t.Run(strings.TrimSuffix(name[len("testdata/cases/"):], ".txtar")+"/"+c.Name, func(t *testing.T) { f(t, a, c) })
		}
	}
}

func lines[T any](t *testing.T, b []byte) (out []T) {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	for d.More() {
		var v T
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	if len(out) == 0 {
		t.Fatal("an empty file")
	}
	return out
}

func open(t testing.TB, terms ...postil.Term) *postil.Annotator {
	t.Helper()
	return openIn(t, "en", terms...)
}

func openIn(t testing.TB, tag string, terms ...postil.Term) *postil.Annotator {
	t.Helper()
	data, err := postil.Compile(terms, postil.CompileOptions{Language: tag, Languages: language.All()})
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.OpenWith(data, postil.OpenOptions{Languages: language.All()})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestCases(t *testing.T) {
	forEachCase(t, func(t *testing.T, a *postil.Annotator, c annotateCase) {
		if c.HTML != "" {
			return
		}
		r, err := a.Annotate(c.Text, c.Options)
		if err != nil {
			t.Fatal(err)
		}
		if got := found(r); got != c.Want {
			t.Errorf("found %q, want %q", got, c.Want)
		}
		checkResult(t, c.Text, r)
	})
}

func found(r *postil.Result) string {
	var out []string
	for _, x := range r.Annotations {
		out = append(out, x.Exact+"="+x.Term)
	}
	return strings.Join(out, "|")
}

// checkResult holds for every answer: spans are sorted and in range, and cut
// their text out of the document; scores are probabilities; the JSON is valid.
func checkResult(t testing.TB, text string, r *postil.Result) {
	t.Helper()
	last := -1
	for _, x := range r.Annotations {
		if x.Start < last || x.Start >= x.End {
			t.Fatalf("%d-%d comes after %d", x.Start, x.End, last)
		}
		last = x.Start
		if got := slice(text, x.Start, x.End, r.Offsets); got != x.Exact {
			t.Fatalf("%v %d-%d cuts out %q, not %q", r.Offsets, x.Start, x.End, got, x.Exact)
		}
		if !(x.Score >= 0 && x.Score <= 1) {
			t.Fatalf("score %v", x.Score)
		}
	}
	var v struct {
		Annotations []struct{ Term string }
		Terms       map[string]struct{ ID, Label string }
	}
	if err := json.Unmarshal(r.AppendJSON(nil), &v); err != nil {
		t.Fatalf("%v in %s", err, r.AppendJSON(nil))
	}
	for _, x := range v.Annotations {
		if v.Terms[x.Term].ID != x.Term || v.Terms[x.Term].Label == "" {
			t.Fatalf("no definition of %q in %s", x.Term, r.AppendJSON(nil))
		}
	}
	if len(v.Annotations) != len(r.Annotations) {
		t.Fatalf("%d annotations in the JSON, not %d", len(v.Annotations), len(r.Annotations))
	}
}

// slice cuts [start, end) out of a text, in the given unit.
func slice(s string, start, end int, unit postil.Offsets) string {
	switch unit {
	case postil.UTF8:
		return s[start:end]
	case postil.UTF32:
		return string([]rune(s)[start:end])
	}
	return string(utf16.Decode(utf16.Encode([]rune(s))[start:end]))
}

func FuzzAnnotate(f *testing.F) {
	f.Add("openAI|AGI|sovereign AI|multi-cloud|C++|a b|b a", "OpenAI's AGI (AGI) a b a, multicloud é😀 C++", uint8(7))
	f.Add("l'intelligence artificielle|Règlement|État", "L’intelligence artificielle (IA), d'IA, qu’ÉTAT l'AB's", uint8(60))
	f.Add("Künstliche Intelligenz|KI-System|Häuser|인공지능", "KI-Systeme künstlicher Intelligenz, AB는 인공지능에서는", uint8(30))
	f.Fuzz(func(t *testing.T, forms, text string, flags uint8) {
		var terms []postil.Term
		for i, s := range strings.Split(forms, "|") {
			terms = append(terms, postil.Term{ID: string(rune('a'+i%26)) + strings.Repeat("x", i/26), Label: s, Abbreviations: []string{"AB"}, Evidence: i%5 == 4, Context: []string{"a"}})
		}
		tag := []string{"en", "de", "fr", "es"}[flags/27%4]
		data, err := postil.Compile(terms, postil.CompileOptions{Language: tag, Languages: language.All()})
		if err != nil {
			return
		}
		a, err := postil.OpenWith(data, postil.OpenOptions{Languages: language.All()})
		if err != nil {
			t.Fatal(err)
		}
		o := postil.Options{
			Overlaps: postil.Overlaps(flags % 3), Offsets: postil.Offsets(flags / 3 % 3), Occurrences: postil.Occurrences(flags / 9 % 3),
			MinScore: -1, Candidates: true, Explain: flags > 127, Abbreviations: true,
		}
		r, err := a.Annotate(text, o)
		if !utf8.ValidString(text) {
			if err == nil {
				t.Fatal("no error for invalid UTF-8")
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		checkResult(t, text, r)
	})
}
