package postil_test

import (
	"bytes"
	"fmt"
	"sync"
	"testing"

	"postil"
	"postil/language"
)

// TestConcurrent uses one annotator of each kind from many goroutines in every
// way, and compares the answers with those it gave alone. It is meant for the
// race detector.
func TestConcurrent(t *testing.T) {
	german := openIn(t, "de", postil.Term{ID: "behörde", Label: "Regulierungsbehörde"})
	for name, a := range map[string]*postil.Annotator{"english": archive(t), "german": german} {
		uses := map[string]func(i int) string{
			"annotate": func(i int) string {
				r, err := a.Annotate(fmt.Sprintf("The AGI %d and the TPUs of die Regulierungsbehörden.", i), postil.Options{Explain: true, Abbreviations: true})
				if err != nil {
					return err.Error()
				}
				return string(r.AppendJSON(nil)) + string(r.AppendJSONLD(nil, postil.LinkedData{}))
			},
			"mark": func(i int) string {
				b, _, err := a.MarkHTML(nil, fmt.Sprintf("<p>An A<b>GI</b>, %d Regulierungsbehörden", i), postil.Options{})
				return fmt.Sprintf("%s %v", b, err)
			},
			"terms": func(int) string {
				terms, _, err := a.Terms(postil.TermQuery{})
				return fmt.Sprint(terms, err)
			},
			"search": func(int) string {
				r, err := a.Search(postil.SearchQuery{Text: "law"})
				if err != nil {
					return err.Error()
				}
				return string(r.AppendJSON(nil))
			},
			"article": func(int) string { return fmt.Sprint(a.Article("old")) },
			"verify":  func(int) string { return fmt.Sprint(a.Verify(), a.Info()) },
		}
		var all sync.WaitGroup
		for use, f := range uses {
			var want [4]string
			for i := range want {
				want[i] = f(i)
			}
			for g := range 4 {
				all.Go(func() {
					for i := range 40 {
						if got := f((i + g) % len(want)); got != want[(i+g)%len(want)] {
							t.Errorf("%s, %s: got %.300s", name, use, got)
							return
						}
					}
				})
			}
		}
		all.Wait()
	}
}

// TestConcurrentCompile compiles on several goroutines at the same time.
func TestConcurrentCompile(t *testing.T) {
	o := postil.CompileOptions{Language: "de", Languages: language.All(), Articles: archiveArticles}
	want, err := postil.Compile(archiveTerms, o)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			if got, err := postil.Compile(archiveTerms, o); err != nil || !bytes.Equal(got, want) {
				t.Errorf("another index; error %v", err)
			}
		})
	}
	all.Wait()
}
