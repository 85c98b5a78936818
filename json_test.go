package postil

import (
	"strconv"
	"testing"
)

// Scores are written as strconv writes them, whether they have four decimals
// or not.
func TestAppendScore(t *testing.T) {
	scores := []float64{1.0 / 3, 0.1 + 0.2, 2, -0.5, -1, 1e-7, 12345.5, 1e300}
	for n := range 10001 {
		scores = append(scores, float64(n)/10000)
	}
	for _, x := range scores {
		want := strconv.FormatFloat(x, 'f', -1, 64)
		if got := string(appendScore(nil, x)); got != want {
			t.Fatalf("got %s, want %s", got, want)
		}
	}
}
