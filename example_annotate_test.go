package postil_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"slices"

	"postil"
)

func ExampleAnnotator_Annotate() {
	annotator := openExample()
	// The words around a form say which of its terms is meant.
	for _, text := range []string{"The CMA opened an inquiry into the merger.", "Her song won a CMA award."} {
		result, err := annotator.Annotate(text, postil.Options{})
		if err != nil {
			log.Fatal(err)
		}
		for _, a := range result.Annotations {
			fmt.Println(a.Exact, "is", a.Term)
		}
	}
	// Output:
	// CMA is cma
	// CMA is cma-awards
}

func ExampleAnnotator_Annotate_options() {
	annotator := openExample()
	options := postil.Options{
		Occurrences: postil.OccurrencesFirst, // of each term
		Kinds:       []string{"hardware"},
		Offsets:     postil.UTF32,
		Explain:     true,
	}
	result, err := annotator.Annotate("😀 TPUs, and more TPUs for the CMA.", options)
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range result.Annotations {
		fmt.Println(a.Start, a.Exact, a.Reasons[0].Kind)
	}

	options.Kinds = []string{"hardwear"}
	_, err = annotator.Annotate("", options)
	var value *postil.ValueError
	if errors.As(err, &value) {
		fmt.Println(value.Option, value.Allowed)
	}
	// Output:
	// 2 TPUs form
	// kinds [association hardware regulator]
}

func ExampleAnnotator_AnnotateHTML() {
	annotator := openExample()
	page := `<p>The <b>tensor</b> processing&nbsp;unit. <a href="/tpu">TPU</a>`
	result, err := annotator.AnnotateHTML(page, postil.Options{Offsets: postil.UTF8})
	if err != nil {
		log.Fatal(err)
	}
	// Positions count in the source; a link is left alone.
	for _, a := range result.Annotations {
		fmt.Printf("%q\n", page[a.Start:a.End])
		for _, r := range a.Ranges {
			fmt.Printf("  %q\n", page[r.Start:r.End])
		}
	}
	// Output:
	// "tensor</b> processing&nbsp;unit"
	//   "tensor"
	//   " processing&nbsp;unit"
}

func ExampleAnnotator_MarkHTML() {
	annotator := openExample()
	page, _, err := annotator.MarkHTML(nil, `<p>A TPU.</p>`, postil.Options{})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(page))
	// Output: <p>A <span class="postil" data-postil="tpu">TPU</span>.</p>
}

func ExampleResult_AppendJSON() {
	annotator := openExample()
	result, err := annotator.Annotate("A TPU.", postil.Options{})
	if err != nil {
		log.Fatal(err)
	}
	// What such an object holds beside: "index" and "terms".
	fmt.Printf("{%s}\n", result.AppendMembers(nil))
	fmt.Println(json.Valid(result.AppendJSON(nil)))
	// Output:
	// {"annotations":[{"start":2,"end":5,"exact":"TPU","term":"tpu","score":0.6792}]}
	// true
}

func ExampleAnnotator_AnnotateAll() {
	annotator := openExample()
	documents := slices.Values([]postil.Document{
		{ID: "a", Text: "Two TPUs."},
		{ID: "b", Text: "<p>No <i>TPU</i></p>", HTML: true},
		{ID: "c", Text: "Not \xff UTF-8."},
	})
	for answer := range annotator.AnnotateAll(context.Background(), documents, postil.Options{}) {
		if answer.Err != nil {
			fmt.Println(answer.ID, answer.Err)
			continue
		}
		fmt.Println(answer.ID, answer.Result.Annotations[0].Exact)
	}
	// Output:
	// a TPUs
	// b TPU
	// c text is not valid UTF-8
}
