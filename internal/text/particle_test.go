package text

import "testing"

func TestParticle(t *testing.T) {
	for _, c := range []struct {
		token string
		n     int
		want  bool
	}{
		{"인공지능은", 1, true}, {"인공지능에서는", 3, true}, {"인공지능에서는", 1, true}, {"인공지능", 1, false}, {"AI는", 1, true},
		{"법은", 1, false}, // a noun of one syllable is too short to tell
		{"A는", 1, false}, {"은", 1, false}, {"는", 3, false}, {"", 1, false}, {"é는", 1, false}, {"가나에게", 2, true}, {"xé는", 1, true},
	} {
		if got := Particle(c.token, c.n); got != c.want {
			t.Errorf("Particle(%q, %d) = %v", c.token, c.n, got)
		}
	}
}

func TestCapitals(t *testing.T) {
	german := &Language{CapitalNouns: true}
	for _, c := range []struct {
		s           string
		plain, noun int
	}{
		{"Künstliche Intelligenz", 2, 0}, {"KI-System", 3, 2}, {"OpenAI", 3, 3}, {"E-Mail", 2, 1}, {"iPhone", 1, 1}, {"YouTube", 2, 2}, {"Recht", 1, 0}, {"C", 1, 1},
	} {
		var none *Language
		if got := none.Capitals(c.s); got != c.plain {
			t.Errorf("%q has %d capitals, want %d", c.s, got, c.plain)
		}
		if got := german.Capitals(c.s); got != c.noun {
			t.Errorf("%q has %d capitals that are not a noun's, want %d", c.s, got, c.noun)
		}
	}
}
