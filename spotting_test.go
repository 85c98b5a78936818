package postil_test

import (
	"encoding/json"
	"os"
	"testing"

	"postil"
)

const spotting = "../shared/eval/spotting/craft-"

// TestSpotting keeps what has been reached on articles annotated by hand: the
// balanced F-score per glossary, and that scores of 0.9 or more mean what they say.
func TestSpotting(t *testing.T) {
	var sure, right int
	for _, c := range []struct {
		set string
		f1  float64
	}{{"CL", 0.76}, {"SO", 0.80}} {
		a := open(t, readLines[postil.Term](t, c.set+".glossary")...)
		gold := map[string]map[span]bool{}
		var found, correct, wanted int
		for _, g := range readLines[struct {
			ID          string
			Annotations []span
		}](t, c.set+".gold") {
			gold[g.ID] = map[span]bool{}
			for _, s := range g.Annotations {
				gold[g.ID][s] = true
			}
			wanted += len(gold[g.ID])
		}
		for _, d := range readLines[struct{ ID, Text string }](t, c.set+".docs") {
			r, err := a.Annotate(d.Text, postil.Options{Offsets: postil.UTF32})
			if err != nil {
				t.Fatal(err)
			}
			found += len(r.Annotations)
			for _, x := range r.Annotations {
				ok := gold[d.ID][span{x.Start, x.End, x.Term}]
				if ok {
					correct++
				}
				if x.Score >= 0.9 {
					sure++
					if ok {
						right++
					}
				}
			}
		}
		f1 := 2 * float64(correct) / float64(found+wanted)
		t.Logf("%s: precision %.3f, recall %.3f, F1 %.4f", c.set, float64(correct)/float64(found), float64(correct)/float64(wanted), f1)
		if f1 < c.f1 {
			t.Errorf("%s: F1 %.4f, want %.2f", c.set, f1, c.f1)
		}
	}
	if share := float64(right) / float64(sure); share < 0.95 {
		t.Errorf("of %d annotations with a score of 0.9 or more %.3f are right", sure, share)
	}
}

type span struct {
	Start, End int
	Term       string
}

func readLines[T any](t *testing.T, name string) (out []T) {
	t.Helper()
	f, err := os.Open(spotting + name + ".jsonl")
	if err != nil {
		t.Skip("no annotated articles: ", err)
	}
	defer f.Close()
	for d := json.NewDecoder(f); d.More(); {
		var v T
		if err := d.Decode(&v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}
