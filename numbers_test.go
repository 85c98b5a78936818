package postil_test

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"testing"

	"postil"
)

// Numbers and cards say what AppendJSON says.
func TestNumbers(t *testing.T) {
	a := open(t,
		postil.Term{ID: "agi", Label: "Artificial general intelligence", Abbreviations: []string{"AGI"}, Definition: "As able as people."},
		postil.Term{ID: "gone", Label: "Hidden thing", Hidden: true},
		postil.Term{ID: "cma", Label: "Competition and Markets Authority", Abbreviations: []string{"CMA"}},
	)
	const text = "Über den Hidden thing hinaus: the CMA, AGI and the CMA's 𝒻 AGI."
	for _, unit := range []postil.Offsets{postil.UTF16, postil.UTF8, postil.UTF32} {
		r, err := a.Annotate(text, postil.Options{Offsets: unit})
		if err != nil || len(r.Annotations) != 4 {
			t.Fatal(r, err)
		}
		b := r.AppendNumbers([]byte("before"))[len("before"):]
		if len(b) != 16*len(r.Annotations) {
			t.Fatalf("%d bytes for %d annotations", len(b), len(r.Annotations))
		}
		for i, x := range r.Annotations {
			var n [4]uint32
			binary.Decode(b[16*i:], binary.LittleEndian, &n)
			cards, err := a.AppendCardsJSON(nil, n[2:3])
			var terms []postil.Term
			if err == nil {
				err = json.Unmarshal(cards, &terms)
			}
			if err != nil || int(n[0]) != x.Start || int(n[1]) != x.End || len(terms) != 1 || terms[0].ID != x.Term || float64(n[3])/10000 != x.Score {
				t.Errorf("%v: %v of %s is not %v (%v)", unit, n, cards, x, err)
			}
		}
	}
	hidden := 0
	for n := range uint32(4) {
		if b, err := a.AppendCardsJSON([]byte("before"), []uint32{n}); errors.Is(err, postil.ErrNoTerm) && string(b) == "before" {
			hidden++
		} else if err != nil {
			t.Error(n, err)
		}
	}
	if hidden != 2 { // the one that is hidden, and one too many
		t.Errorf("%d numbers have no card", hidden)
	}
}
