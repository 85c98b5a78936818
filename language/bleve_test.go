package language_test

import (
	"embed"
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/registry"

	"postil"
	"postil/internal/text"
	"postil/language"
)

//go:embed testdata/*.txt
var samples embed.FS

// filters are those of bleve's analyzers between the tokenizer and the end, but
// for lower case and stop words.
var filters = map[string][]string{
	"german":  {de.NormalizeName, de.LightStemmerName},
	"french":  {fr.ElisionName, fr.LightStemmerName},
	"spanish": {es.NormalizeName, es.LightStemmerName},
}

// normalByBleve sends a folded word through bleve's filters.
func normalByBleve(t *testing.T, l *postil.Language, word string) string {
	t.Helper()
	cache := registry.NewCache()
	stream := analysis.TokenStream{&analysis.Token{Term: []byte(word)}}
	for _, name := range filters[l.Name] {
		f, err := cache.TokenFilterNamed(name)
		if err != nil {
			t.Fatal(err)
		}
		stream = f.Filter(stream)
	}
	return string(stream[0].Term)
}

// sameAsBleve compares the normal form of a token with bleve's.
func sameAsBleve(t *testing.T, l *postil.Language, token string) {
	t.Helper()
	got, e := text.Normal(nil, token, l)
	folded := string(text.Fold(nil, token))
	if e&text.Possessive != 0 {
		folded = strings.TrimSuffix(folded, "'s")
	} else if n := len(token); n > 2 && token[n-1] == 's' && strings.ToUpper(token[n-2:n-1]) == token[n-2:n-1] {
		return // GPUs is GPU in all languages
	}
	if want := normalByBleve(t, l, folded); string(got) != want && want != "" {
		t.Errorf("%s: %q is %q, bleve has %q", l.Name, token, got, want)
	}
}

// TestNormalIsBleves compares the normal forms of all tokens of some sentences.
func TestNormalIsBleves(t *testing.T) {
	for _, l := range language.All() {
		b, err := samples.ReadFile("testdata/" + l.Name + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		s := string(b)
		tokens := text.Tokens(nil, s)
		if len(tokens) < 200 {
			t.Fatalf("%s: %d tokens are few", l.Name, len(tokens))
		}
		for _, x := range tokens {
			sameAsBleve(t, l, s[x.Start:x.End])
		}
	}
}

func FuzzNormal(f *testing.F) {
	for _, s := range strings.Fields("Behörden l’État d'autorités qu'aux reguladoras jueces nationaux ießung uee x's L'GPUs") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			return
		}
		for _, l := range language.All() {
			for _, x := range text.Tokens(nil, s) {
				if x.End-x.Start <= 64 {
					sameAsBleve(t, l, s[x.Start:x.End])
				}
			}
		}
	})
}

// TestSameWord tells words of one stem apart.
func TestSameWord(t *testing.T) {
	for _, c := range []struct {
		language, a, b string
		same           bool
	}{
		{"german", "Haus", "Häuser", true}, {"german", "Land", "Ländern", true}, {"german", "Kind", "Kinder", true}, {"german", "Gutes", "Gueter", true}, {"german", "Angeklagte", "Angeklagten", true}, {"german", "Sachverständiger", "Sachverständige", true},
		{"german", "Verbrauch", "Verbraucher", false}, {"german", "Klage", "Kläger", false}, {"german", "Nutzen", "Nutzer", false}, {"german", "Schutz", "Schützer", false}, {"german", "Kauf", "Käufer", false}, {"german", "Wort", "Wörtern", true},
		{"german", "künstliche", "künstlicher", true}, {"german", "Computer", "Computern", true},
		{"french", "national", "nationaux", true}, {"french", "administratif", "administratives", true}, {"french", "régulateur", "régulatrices", true},
		{"french", "règle", "règlement", false}, {"french", "marche", "marché", false}, {"french", "donne", "données", false}, {"french", "privé", "privées", true},
		{"french", "numérique", "numérisation", false}, {"french", "MARCHE", "marché", true},
	} {
		l, _ := text.LanguageNamed(c.language, language.All())
		if a, b := normal(c.a, l), normal(c.b, l); a != b {
			t.Errorf("%s has the stem %q, %s %q", c.a, a, c.b, b)
		}
		if l.SameWord(c.a, c.b, true) != c.same {
			t.Errorf("%s and %s: want %v", c.a, c.b, c.same)
		}
	}
}

func normal(token string, l *postil.Language) string {
	n, _ := text.Normal(nil, token, l)
	return string(n)
}

// TestLanguages opens an index of each language with and without it.
func TestLanguages(t *testing.T) {
	terms := []postil.Term{{ID: "x", Label: "Word"}}
	for _, l := range language.All() {
		data, err := postil.Compile(terms, postil.CompileOptions{Language: l.Tag + "-XX", Languages: language.All()})
		if err != nil {
			t.Fatal(err)
		}
		_, err = postil.Open(data)
		missing, ok := err.(*postil.LanguageError)
		if !ok || missing.Analysis != l.Name || missing.Language != l.Tag+"-XX" || !strings.Contains(err.Error(), "LANGUAGES="+l.Name) {
			t.Errorf("%s: %v", l.Name, err)
		}
		a, err := postil.OpenWith(data, postil.OpenOptions{Languages: language.All()})
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Info().Analysis; got != l.Name {
			t.Errorf("the analysis is %q, want %q", got, l.Name)
		}
		r, err := a.Annotate("Word", postil.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var v struct{ Language string }
		if err := json.Unmarshal(r.AppendJSON(nil), &v); err != nil || v.Language != l.Tag+"-XX" {
			t.Errorf("the answer's language is %q", v.Language)
		}
	}
}

// TestExact compiles a language that nobody knows, and one that was not given.
func TestExact(t *testing.T) {
	for _, o := range []postil.CompileOptions{{Language: "pl", Languages: language.All()}, {Language: "de"}} {
		data, err := postil.Compile([]postil.Term{{ID: "x", Label: "Sieć neuronowa"}}, o)
		if err != nil {
			t.Fatal(err)
		}
		a, err := postil.Open(data)
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Info().Analysis; got != "exact" {
			t.Errorf("the analysis is %q", got)
		}
		r, err := a.Annotate("Sieć neuronowa, SIEĆ NEURONOWA, sieci neuronowe", postil.Options{})
		if err != nil || len(r.Annotations) != 2 {
			t.Errorf("%v %v", r, err)
		}
	}
}
