package postil_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/registry"

	"postil"
)

// scale opens a file of the data that speed is measured on; it skips where
// they are not.
func scale(b *testing.B, name string) []byte {
	data, err := os.ReadFile(filepath.Join("../shared/eval/scale", name))
	if errors.Is(err, os.ErrNotExist) {
		b.Skip("no data to measure with beside this checkout")
	}
	if err != nil {
		b.Fatal(err)
	}
	return data
}

// scaleIndex compiles one of the glossaries of different sizes.
func scaleIndex(b *testing.B, size string) *postil.Annotator {
	z, err := gzip.NewReader(bytes.NewReader(scale(b, "scale-"+size+".glossary.jsonl.gz")))
	if err != nil {
		b.Fatal(err)
	}
	var terms []postil.Term
	for d := json.NewDecoder(z); ; {
		var t postil.Term
		if err := d.Decode(&t); err == io.EOF {
			break
		} else if err != nil {
			b.Fatal(err)
		}
		terms = append(terms, t)
	}
	data, err := postil.Compile(terms, postil.CompileOptions{})
	if err != nil {
		b.Fatal(err)
	}
	a, err := postil.Open(data)
	if err != nil {
		b.Fatal(err)
	}
	return a
}

// BenchmarkAnnotate measures the whole way from a text to its annotations,
// BenchmarkAnalyze what bleve's English analyzer alone takes for the same text.
func BenchmarkAnnotate(b *testing.B) {
	for _, size := range []string{"1k", "10k", "100k"} {
		b.Run(size, func(b *testing.B) {
			text := string(scale(b, "haystack-en.txt"))
			a := scaleIndex(b, size)
			b.SetBytes(int64(len(text)))
			n := 0
			for b.Loop() {
				r, err := a.Annotate(text, postil.Options{})
				if err != nil {
					b.Fatal(err)
				}
				n = len(r.Annotations)
			}
			b.ReportMetric(float64(n), "annotations")
		})
	}
}

func BenchmarkAnalyze(b *testing.B) {
	text := scale(b, "haystack-en.txt")
	analyzer, err := registry.NewCache().AnalyzerNamed(en.AnalyzerName)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if len(analyzer.Analyze(text)) == 0 {
			b.Fatal("no tokens")
		}
	}
}

// BenchmarkArticle measures an ordinary article with the starter glossary, as it
// was built last, up to the answer in JSON.
func BenchmarkArticle(b *testing.B) {
	data, err := os.ReadFile("build/index/site.postil")
	if err != nil {
		b.Skip("the starter index is not built")
	}
	article, err := os.ReadFile("../shared/seed/000_b8d9c7f4b61bbd1e.txt")
	if err != nil {
		b.Fatal(err)
	}
	a, err := postil.Open(data)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(article)))
	var out []byte
	for b.Loop() {
		r, err := a.Annotate(string(article), postil.Options{})
		if err != nil || len(r.Annotations) == 0 {
			b.Fatal(err)
		}
		out = r.AppendJSON(out[:0])
	}
}
