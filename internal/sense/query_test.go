package sense

import (
	"math/rand/v2"
	"testing"
)

// The lanes hold exactly what adding the codes one after the other gives, for
// every number of dimensions that a table can have, and across their overflow.
func TestQueryAddsAsOneByOne(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for dims := 8; dims <= maxDims; dims += 8 {
		table := vectors{dims: dims}
		for range 20 {
			for range dims / 2 {
				table.codes = append(table.codes, byte(random.Uint32()))
			}
		}
		var q query
		for range 3 { // what one sum leaves behind must not be in the next
			q.reset(dims)
			var want [maxDims]float32
			for range 4 {
				var list []weighted
				for range random.IntN(50) {
					x := weighted{random.Uint32N(20), random.Uint32N(mostPending + 1)}
					list = append(list, x)
					table.addCodes(&want, int(x.vector), float32(x.weight))
				}
				q.add(&table, list)
			}
			if got := q.vector(); *got != want {
				t.Fatalf("%d dimensions: %v, want %v", dims, *got, want)
			}
		}
	}
}
