package text

import (
	"slices"
	"testing"
)

func TestSpellings(t *testing.T) {
	for _, c := range []struct {
		word string
		want []string
	}{
		{"tumour", []string{"tumor"}}, {"tumor", []string{"tumour"}}, {"organization", []string{"organisation"}}, {"analyze", []string{"analyse"}},
		{"labelling", []string{"labeling"}}, {"modeled", []string{"modelled"}}, {"kilometer", []string{"kilometre"}}, {"defense", []string{"defence"}},
		{"dialog", []string{"dialogue"}}, {"hemoglobin", []string{"haemoglobin"}}, {"leukaemia", []string{"leukemia"}}, {"fetus", []string{"foetus"}},
		{"β", []string{"beta"}}, {"beta", []string{"β"}}, {"tnfα", []string{"tnfalpha"}}, {"neuron", []string{"neurone"}}, {"behavioral", []string{"behavioural"}},
		{"four", nil}, {"hour", nil}, {"size", nil}, {"rise", nil}, {"shoe", nil}, {"falling", nil}, {"policy", nil}, {"alphabet", nil},
	} {
		got := Spellings(c.word)
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("%q has no spelling %q, but %q", c.word, w, got)
			}
		}
		if c.want == nil && len(got) > 0 {
			t.Errorf("%q has the spellings %q", c.word, got)
		}
	}
}

func TestPlurals(t *testing.T) {
	for _, c := range [][2]string{
		{"locus", "loci"}, {"analysis", "analyses"}, {"criterion", "criteria"}, {"bacterium", "bacteria"}, {"spermatogonium", "spermatogonia"}, {"woman", "women"},
		{"mouse", "mice"}, {"matrix", "matrices"}, {"alga", "algae"}, {"bus", "buses"}, {"status", "statuses"}, {"corpus", "corpora"}, {"shelf", "shelves"},
		{"plateau", "plateaux"}, {"carcinoma", "carcinomata"}, {"quiz", "quizzes"}, {"lens", "lenses"}, {"memorandum", "memoranda"},
	} {
		if got := Plurals(c[0]); !slices.Contains(got, c[1]) {
			t.Errorf("%q has the plurals %q, not %q", c[0], got, c[1])
		}
	}
	for _, w := range []string{"model", "medium", "person", "region", "neuron", "leaf", "is", "us", "cat"} {
		if got := Plurals(w); len(got) > 0 {
			t.Errorf("%q has the plurals %q", w, got)
		}
	}
}

func TestAdjectives(t *testing.T) {
	for _, c := range []struct {
		noun, adjective string
		regular         bool
	}{
		{"gene", "genetic", false}, {"gene", "genetically", false}, {"genome", "genomic", true}, {"neuron", "neuronal", true}, {"algorithm", "algorithmic", true},
		{"algorithm", "algorithmically", true}, {"agent", "agentic", false}, {"astrocyte", "astrocytic", true}, {"hormone", "hormonal", true}, {"exon", "exonic", false},
	} {
		regular, others := Adjectives(c.noun)
		if slices.Contains(regular, c.adjective) != c.regular || slices.Contains(others, c.adjective) == c.regular {
			t.Errorf("%q has the adjectives %q and %q; regular %v of %q is wrong", c.noun, regular, others, c.regular, c.adjective)
		}
	}
	for _, w := range []string{"class", "base", "organ", "state", "nation", "person", "phone", "market", "oncogene", "graph", "crisis", "thesis", "gnome"} {
		if regular, others := Adjectives(w); len(regular)+len(others) > 0 {
			t.Errorf("%q has the adjectives %q and %q", w, regular, others)
		}
	}
}
