package sense

import (
	"cmp"
	"math"
	"slices"
)

// eigen returns the eigenvalues of a symmetric matrix, largest first, and their
// vectors, by Jacobi's rotations; a is overwritten.
func eigen(a [][]float64) (values []float64, axes [][]float64) {
	n := len(a)
	axes = make([][]float64, n)
	for i := range axes {
		axes[i] = make([]float64, n)
		axes[i][i] = 1
	}
	for range 50 {
		rest := 0.0
		for i := range a {
			for j := range i {
				rest += a[i][j] * a[i][j]
				rotate(a, axes, j, i)
			}
		}
		if rest < 1e-18 {
			break
		}
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(a[j][j], a[i][i]) })
	sorted := make([][]float64, n)
	for k, i := range order {
		values = append(values, a[i][i])
		sorted[k] = axes[i]
	}
	return values, sorted
}

// rotate turns rows and columns p and q so that a[p][q] vanishes; the rows of
// axes turn along.
func rotate(a, axes [][]float64, p, q int) {
	if a[p][q] == 0 {
		return
	}
	theta := (a[q][q] - a[p][p]) / (2 * a[p][q])
	t := math.Copysign(1, theta) / (math.Abs(theta) + math.Sqrt(theta*theta+1))
	c := 1 / math.Sqrt(t*t+1)
	s := t * c
	for k := range a {
		a[k][p], a[k][q] = c*a[k][p]-s*a[k][q], s*a[k][p]+c*a[k][q]
	}
	for k := range a {
		a[p][k], a[q][k] = c*a[p][k]-s*a[q][k], s*a[p][k]+c*a[q][k]
		axes[p][k], axes[q][k] = c*axes[p][k]-s*axes[q][k], s*axes[p][k]+c*axes[q][k]
	}
}
