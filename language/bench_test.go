package language_test

import (
	"testing"

	"github.com/blevesearch/bleve/v2/registry"

	"postil"
	"postil/internal/index"
	"postil/internal/match"
	"postil/language"
)

// BenchmarkFind measures how long a text takes whose words are all new, and one
// whose words are known from earlier texts, beside bleve's analyzer on the same.
func BenchmarkFind(b *testing.B) {
	for _, l := range language.All() {
		s, err := samples.ReadFile("testdata/" + l.Name + ".txt")
		if err != nil {
			b.Fatal(err)
		}
		// A document forgets words when it comes to another dictionary.
		one, other := dictionary(b, l), dictionary(b, l)
		find := func(d *match.Dictionary, doc *match.Document) {
			doc.Reset(string(s))
			if len(d.Find(nil, doc)) != 1 {
				b.Fatal("not found")
			}
		}
		b.Run(l.Name+"/new", func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			doc := new(match.Document)
			for b.Loop() {
				find(one, doc)
				one, other = other, one
			}
		})
		b.Run(l.Name+"/known", func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			doc := new(match.Document)
			for b.Loop() {
				find(one, doc)
			}
		})
		b.Run(l.Name+"/bleve", func(b *testing.B) {
			analyzer, err := registry.NewCache().AnalyzerNamed(l.Tag)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				analyzer.Analyze(s)
			}
		})
	}
}

func dictionary(b *testing.B, l *postil.Language) *match.Dictionary {
	builder := match.Builder{Language: l}
	if err := builder.Add(match.Form{Written: "GPU"}); err != nil {
		b.Fatal(err)
	}
	var w index.Writer
	builder.Write(&w)
	f, err := index.Open(w.Bytes())
	if err != nil {
		b.Fatal(err)
	}
	d, err := match.Open(f, l)
	if err != nil {
		b.Fatal(err)
	}
	return d
}
