package language_test

import (
	"strings"
	"testing"

	"postil"
	"postil/language"
)

// TestSearch finds articles by other forms of their words, in the index and in a
// segment that came later, and highlights what is written.
func TestSearch(t *testing.T) {
	for _, c := range []struct{ language, article, query, marked string }{
		{"de", "Die Behörden prüfen jedes Modell.", "Behörde", "Behörden"},
		{"de", "Die Behörden prüfen jedes Modell.", "behoerde", "Behörden"},
		{"de", "Das Haus steht am Markt.", "Häuser", "Haus"},
		{"de-AT", "Viele Häuser stehen am Markt.", "text:haus", "Häuser"},
		{"fr", "On parle de l’intelligence des machines.", "intelligences", "l’intelligence"},
		{"fr", "Les autorités nationales enquêtent.", "national", "nationales"},
		{"es", "Los reguladores estudian los modelos.", "regulador", "reguladores"},
		{"es", "La comisión publicó un informe.", "informes", "informe"},
	} {
		x := postil.Article{ID: "x", Title: "1", Text: c.article}
		for _, later := range []bool{false, true} {
			lib := library(t, c.language, x, later)
			if got := marked(t, lib, c.query); got != c.marked {
				t.Errorf("%s, later=%v: %q marks %q, want %q", c.language, later, c.query, got, c.marked)
			}
		}
	}
}

// TestStopWords: words that say nothing about a text find nothing; with a language
// that has no analyzer every word counts.
func TestStopWords(t *testing.T) {
	for tag, found := range map[string]bool{"de": false, "fr": false, "es": false, "pl": true} {
		word := map[string]string{"de": "und", "fr": "est", "es": "para", "pl": "jest"}[tag]
		lib := library(t, tag, postil.Article{ID: "x", Title: "1", Text: "Alpha " + word + " Omega."}, false)
		if got := marked(t, lib, word) != ""; got != found {
			t.Errorf("%s: %q is found: %v, want %v", tag, word, got, found)
		}
	}
}

func library(t *testing.T, tag string, x postil.Article, later bool) *postil.Library {
	t.Helper()
	built := []postil.Article{{ID: "other", Title: "2", Text: "42."}}
	if !later {
		built = append(built, x)
	}
	data, err := postil.Compile([]postil.Term{{ID: "gpu", Label: "GPU"}}, postil.CompileOptions{
		Language: tag, Languages: language.All(), Articles: built,
	})
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.OpenWith(data, postil.OpenOptions{Languages: language.All()})
	if err != nil {
		t.Fatal(err)
	}
	var segments []postil.Segment
	if later {
		s, err := a.Segment(x)
		if err != nil {
			t.Fatal(err)
		}
		segments = append(segments, postil.Segment{Name: "s", Data: s})
	}
	lib, err := a.Library(segments...)
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// marked is what a search for articles highlights in a text.
func marked(t *testing.T, lib *postil.Library, query string) string {
	t.Helper()
	r, err := lib.Search(postil.SearchQuery{Text: query, Scope: postil.ScopeArticles, Offsets: postil.UTF8})
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, h := range r.Articles {
		for _, f := range h.Fragments {
			for _, m := range f.Marks {
				words = append(words, f.Text[m.Start-f.Start:m.End-f.Start])
			}
		}
	}
	return strings.Join(words, " ")
}
