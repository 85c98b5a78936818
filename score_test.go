package postil_test

import (
	"strings"
	"testing"

	"postil"
)

// TestScores compares the scores of mentions that differ in one respect.
func TestScores(t *testing.T) {
	a := open(t,
		postil.Term{ID: "neuron", Label: "neuron", Aliases: []string{"nervecell"}},
		postil.Term{ID: "sensory", Label: "sensory neuron"}, postil.Term{ID: "motor", Label: "motor neuron"},
		postil.Term{ID: "dendrite", Label: "dendrite"}, postil.Term{ID: "calcium-wave", Label: "calcium wave"},
		postil.Term{ID: "gaba", Label: "GABA"}, postil.Term{ID: "brodmann", Label: "Brodmann"},
	)
	for _, c := range []struct{ name, lower, higher string }{
		{"several words", "the dendrite", "the calcium wave"},
		{"labels", "the nervecell", "the neuron"},
		{"adjectives", "a neuronal map", "a neuron map"},
		{"written case", "the dendrite", "the GABA"},
		{"names", "Brodmann", "by Brodmann"},
		{"heads", "the dendrite", "the neuron"},
		{"longer names", "a pyramidal neuron", "a neuron"},
		{"compounds", "a micro-dendrite", "a dendrite"},
	} {
		lower, higher := firstScore(t, a, strings.Repeat(c.lower+". ", 9)), firstScore(t, a, strings.Repeat(c.higher+". ", 9))
		if lower >= higher {
			t.Errorf("%s: %q has %.3f, %q %.3f", c.name, c.lower, lower, c.higher, higher)
		}
	}
	if firstScore(t, a, "a dendrite") >= firstScore(t, a, "a dendrite, a dendrite") {
		t.Error("a second mention makes no difference")
	}
	if firstScore(t, a, "a micro-nervecell") < postil.DefaultMinScore {
		t.Error("what the glossary lists is not found by default")
	}
	if few, many := strings.Repeat("a dendrite ", 30), strings.Repeat("a dendrite ", 300); firstScore(t, a, few) != firstScore(t, a, many) {
		t.Error("more than thirty mentions still say more")
	}
}

func firstScore(t *testing.T, a *postil.Annotator, text string) float64 {
	t.Helper()
	r, err := a.Annotate(text, postil.Options{})
	if err != nil || len(r.Annotations) == 0 {
		t.Fatalf("nothing in %q (%v)", text, err)
	}
	return r.Annotations[0].Score
}

// TestScoresOfGermanNouns: the capital of a noun in the middle of a sentence
// makes it no name; an article before it no longer name.
func TestScoresOfGermanNouns(t *testing.T) {
	a := openIn(t, "de", postil.Term{ID: "recht", Label: "Recht"}, postil.Term{ID: "grundrecht", Label: "offenes Recht"}, postil.Term{ID: "x", Label: "freies Recht"})
	score := func(s string) float64 { return firstScore(t, a, strings.Repeat(s+". ", 9)) }
	if first, middle := score("Recht gilt"), score("es gilt, Recht"); first != middle {
		t.Errorf("a noun at the beginning has %.3f, in the middle %.3f", first, middle)
	}
	if alone, article, adjective := score("Recht"), score("das Recht"), score("altes Recht"); alone != article || article <= adjective {
		t.Errorf("alone %.3f, after an article %.3f, after an adjective %.3f", alone, article, adjective)
	}
}
