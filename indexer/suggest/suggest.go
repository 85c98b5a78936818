// Package suggest guesses which known name was meant by an unknown one.
package suggest

// Closest returns the known name that takes the fewest changes to make of an
// unknown one, or "" if none is close.
func Closest(unknown string, known []string) string {
	if len(unknown) > maxLength {
		return ""
	}
	best, distance := "", maxDistance+1
	for _, k := range known {
		if len(k) > maxLength || len(k)-len(unknown) >= distance || len(unknown)-len(k) >= distance {
			continue
		}
		if d := editDistance(unknown, k); d < distance && d <= len(k)/2 {
			best, distance = k, d
		}
	}
	return best
}

const (
	maxDistance = 2
	maxLength   = 64
)

// editDistance counts the insertions, deletions and substitutions of bytes
// that turn a into b.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, diagonal+1, row[j]+1)
		}
	}
	return row[len(b)]
}
