package postil_test

import (
	"context"
	"errors"
	"fmt"
	"log"

	"postil"
	"postil/language/german"
)

func ExampleOpen() {
	index, err := postil.Compile(glossary, postil.CompileOptions{})
	if err != nil {
		log.Fatal(err)
	}
	annotator, err := postil.Open(index)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(annotator.Info().Terms, "terms in", annotator.Language())

	// What cannot be opened says which part of it is damaged.
	_, err = postil.Open(index[:1000])
	var damaged *postil.FormatError
	fmt.Println(errors.As(err, &damaged), damaged.Section)
	// Output:
	// 3 terms in en
	// true header
}

func ExampleOpenWith() {
	languages := []*postil.Language{german.Language()}
	terms := []postil.Term{{ID: "regulator", Label: "Regulierungsbehörde"}}
	index, err := postil.Compile(terms, postil.CompileOptions{Language: "de", Languages: languages})
	if err != nil {
		log.Fatal(err)
	}

	// A program pays for the languages that it imports, so that one without
	// German refuses an index that needs it.
	_, err = postil.Open(index)
	var missing *postil.LanguageError
	fmt.Println(errors.As(err, &missing), missing.Language)

	annotator, err := postil.OpenWith(index, postil.OpenOptions{Languages: languages})
	if err != nil {
		log.Fatal(err)
	}
	result, err := annotator.Annotate("Die Regulierungsbehörden prüfen.", postil.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(result.Annotations[0].Exact)
	// Output:
	// true de
	// Regulierungsbehörden
}

func ExampleCompile() {
	terms := []postil.Term{
		{ID: "agi", Label: "Artificial general intelligence", Prior: 2},
		{ID: "agi"},
	}
	_, err := postil.Compile(terms, postil.CompileOptions{})
	fmt.Println(err)

	terms = []postil.Term{{ID: "agi", Label: "Artificial general intelligence", Abbreviations: []string{"AGI"}}}
	index, err := postil.Compile(terms, postil.CompileOptions{})
	fmt.Println(len(index) > 0, err)
	// Output:
	// term 0 ("agi"): prior: want a number from 0 to 1
	// term 1 ("agi"): id: another term has this id
	// term 1 ("agi"): label: want 1 to 1024 bytes of UTF-8
	// true <nil>
}

func ExampleCompileContext() {
	ctx, cancel := context.WithCancel(context.Background())
	options := postil.CompileOptions{
		Articles: articles,
		Progress: func(stage string, done, total int) {
			if stage == "articles" {
				cancel() // somebody has changed their mind
			}
		},
	}
	_, err := postil.CompileContext(ctx, glossary, options)
	fmt.Println(err)
	// Output: context canceled
}
