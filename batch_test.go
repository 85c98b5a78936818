package postil_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"postil"
)

// documents counts the documents that have been taken of n; each third cannot be
// annotated.
func documents(n int, taken *int) iter.Seq[postil.Document] {
	return func(yield func(postil.Document) bool) {
		for i := range n {
			*taken++
			d := postil.Document{ID: fmt.Sprint(i), Text: strings.Repeat("An AGI. ", i*i%97), HTML: i%2 == 1}
			if i%3 == 2 {
				d.Text = "\xff"
			}
			if !yield(d) {
				return
			}
		}
	}
}

func TestAnnotateAll(t *testing.T) {
	a := open(t, archiveTerms...)
	taken, i := 0, 0
	for answer := range a.AnnotateAll(t.Context(), documents(500, &taken), postil.Options{}) {
		if answer.ID != fmt.Sprint(i) {
			t.Fatalf("answer %d is of document %s", i, answer.ID)
		}
		if bad := i%3 == 2; bad != errors.Is(answer.Err, postil.ErrUTF8) || !bad && len(answer.Result.Annotations) != i*i%97 {
			t.Fatalf("answer %d: %+v", i, answer)
		}
		i++
	}
	if i != 500 {
		t.Errorf("%d answers", i)
	}
}

func TestAnnotateAllLeftEarly(t *testing.T) {
	a := open(t, archiveTerms...)
	taken := 0
	for answer := range a.AnnotateAll(t.Context(), documents(100_000, &taken), postil.Options{}) {
		if answer.ID == "10" {
			break
		}
	}
	if taken > 1000 {
		t.Errorf("%d documents were taken for 11 answers", taken)
	}
}

func TestAnnotateAllCancelled(t *testing.T) {
	a := open(t, archiveTerms...)
	c, cancel := context.WithCancel(t.Context())
	defer cancel()
	taken, answers := 0, 0
	var last postil.Answer
	for answer := range a.AnnotateAll(c, documents(100_000, &taken), postil.Options{}) {
		if last = answer; answer.ID == "10" {
			cancel()
		}
		answers++
	}
	if !errors.Is(last.Err, context.Canceled) || last.ID != fmt.Sprint(answers-1) || taken > 1000 {
		t.Errorf("%d answers to %d documents, the last %+v", answers, taken, last)
	}
}

func TestCompileContext(t *testing.T) {
	terms := make([]postil.Term, 3000)
	for i := range terms {
		terms[i] = postil.Term{ID: fmt.Sprint(i), Label: fmt.Sprintf("Thing number %d", i)}
	}
	articles := make([]postil.Article, 10)
	for i := range articles {
		articles[i] = postil.Article{ID: fmt.Sprint(i), Text: "Thing number 7."}
	}
	stages := map[string]bool{}
	o := postil.CompileOptions{Articles: articles, Progress: func(stage string, _, _ int) { stages[stage] = true }}
	if _, err := postil.Compile(terms, o); err != nil {
		t.Fatal(err)
	}
	for stage := range stages {
		c, cancel := context.WithCancel(t.Context())
		ended := ""
		o.Progress = func(now string, _, _ int) {
			if ended != "" {
				t.Errorf("%s goes on in %s", stage, now)
			}
			if now == stage {
				ended = now
				cancel()
			}
		}
		if _, err := postil.CompileContext(c, terms, o); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled in stage %s: error %v", stage, err)
		}
		cancel()
	}
	if len(stages) != 5 {
		t.Errorf("stages %v", stages)
	}
}

func TestAllTerms(t *testing.T) {
	a := open(t, archiveTerms...)
	all, _, err := a.Terms(postil.TermQuery{})
	if err != nil || len(all) < 2 {
		t.Fatal(all, err)
	}
	for limit := range len(all) + 1 {
		var got []postil.Term
		for term, err := range a.AllTerms(postil.TermQuery{Limit: limit}) {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, term)
		}
		if fmt.Sprint(got) != fmt.Sprint(all) {
			t.Errorf("limit %d: %v", limit, got)
		}
	}
	for _, err := range a.AllTerms(postil.TermQuery{Cursor: "none"}) {
		if !errors.Is(err, postil.ErrCursor) {
			t.Error(err)
		}
	}
	for range a.AllTerms(postil.TermQuery{Limit: 1}) {
		break
	}
}
