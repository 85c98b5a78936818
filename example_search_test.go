package postil_test

import (
	"errors"
	"fmt"
	"log"

	"postil"
)

func ExampleAnnotator_Search() {
	annotator := openExample()
	result, err := annotator.Search(postil.SearchQuery{Text: "+merger terms:tpu", Offsets: postil.UTF8})
	if err != nil {
		log.Fatal(err)
	}
	for _, hit := range result.Articles {
		fmt.Println(hit.ID, hit.Title)
		for _, f := range hit.Fragments {
			fmt.Println(" ", f.HTML)
		}
	}

	_, err = annotator.Search(postil.SearchQuery{Text: `"merger`})
	var query *postil.QueryError
	fmt.Println(errors.As(err, &query), errors.Is(err, postil.ErrSyntax))
	// Output:
	// chips Who owns the chips?
	//   The <mark>merger</mark> went through. Two firms now make every TPU.
	// true true
}

func ExampleAnnotator_Mentions() {
	annotator := openExample()
	result, err := annotator.Mentions(postil.MentionQuery{Term: "tpu", Offsets: postil.UTF8})
	if err != nil {
		log.Fatal(err)
	}
	for _, m := range result.Mentions {
		fmt.Printf("%s: %s [%s]\n", m.Title, m.Sentence, m.Sentence[m.Start:m.End])
	}
	// Output: Who owns the chips?: Two firms now make every TPU. [TPU]
}

func ExampleAnnotator_Term() {
	annotator := openExample()
	term, err := annotator.Term("cma")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(term.Label, term.Sources[0].URL)

	_, err = annotator.Term("gpu")
	fmt.Println(errors.Is(err, postil.ErrNoTerm), err)
	// Output:
	// Competition and Markets Authority https://www.gov.uk/cma
	// true the index has no such term: "gpu"
}

func ExampleAnnotator_AllTerms() {
	annotator := openExample()
	for term, err := range annotator.AllTerms(postil.TermQuery{Prefix: "co"}) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(term.ID, term.Label)
	}
	// Output:
	// cma Competition and Markets Authority
	// cma-awards Country Music Association
}
