package postil_test

import (
	"fmt"
	"log"

	"postil"
)

// glossary is what the examples annotate with.
var glossary = []postil.Term{
	{
		ID: "cma", Label: "Competition and Markets Authority", Abbreviations: []string{"CMA"}, Kind: "regulator",
		Definition: "The competition regulator of the United Kingdom.",
		Context:    []string{"merger", "inquiry", "competition"},
		Sources:    []postil.Source{{Title: "About us", URL: "https://www.gov.uk/cma"}},
	},
	{
		ID: "cma-awards", Label: "Country Music Association", Abbreviations: []string{"CMA"}, Kind: "association",
		Definition: "A trade association that gives awards for country music.",
		Context:    []string{"song", "country music", "award"},
	},
	{
		ID: "tpu", Label: "Tensor processing unit", Abbreviations: []string{"TPU"}, Kind: "hardware",
		Definition: "A chip made for training and running neural networks.",
	},
}

// articles are what the examples search.
var articles = []postil.Article{
	{ID: "chips", Title: "Who owns the chips?", Published: "2026-03-01", Text: "The merger went through. Two firms now make every TPU."},
	{ID: "awards", Title: "A night of awards", Published: "2026-04-01", Text: "The song of the year took the CMA award."},
}

// openExample compiles the glossary and opens it.
func openExample() *postil.Annotator {
	index, err := postil.Compile(glossary, postil.CompileOptions{Articles: articles})
	if err != nil {
		log.Fatal(err)
	}
	annotator, err := postil.Open(index)
	if err != nil {
		log.Fatal(err)
	}
	return annotator
}

func Example() {
	// An index is usually read from the file that the command postil builds.
	index, err := postil.Compile(glossary, postil.CompileOptions{})
	if err != nil {
		log.Fatal(err)
	}
	annotator, err := postil.Open(index)
	if err != nil {
		log.Fatal(err)
	}
	result, err := annotator.Annotate("The CMA opened an inquiry into the merger of two makers of TPUs.", postil.Options{Offsets: postil.UTF8})
	if err != nil {
		log.Fatal(err)
	}
	for _, a := range result.Annotations {
		fmt.Printf("%d–%d %s: %s\n", a.Start, a.End, a.Exact, a.Term)
	}
	for _, t := range result.Terms() {
		fmt.Println(t.Label+":", t.Definition)
	}
	// Output:
	// 4–7 CMA: cma
	// 59–63 TPUs: tpu
	// Competition and Markets Authority: The competition regulator of the United Kingdom.
	// Tensor processing unit: A chip made for training and running neural networks.
}
