package sense

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

func TestQuantise(t *testing.T) {
	v := []float32{0, 1, -1, 0.5, -0.25, 0.125, 0.9, -0.8}
	codes, scale := quantise(nil, v)
	table := vectors{dims: len(v), scales: []byte{byte(toBfloat(scale)), byte(toBfloat(scale) >> 8)}, codes: codes}
	var got [maxDims]float32
	table.add(&got, 0, 2)
	for i, x := range v {
		if math.Abs(float64(got[i]/2-x)) > 0.1 {
			t.Errorf("number %d is %v, want about %v", i, got[i]/2, x)
		}
	}
	if d := table.dot(&got, 0); d <= 0 {
		t.Errorf("product with itself is %v", d)
	}
	if codes, scale := quantise(nil, make([]float32, 8)); scale != 0 || len(codes) != 4 {
		t.Errorf("zero is %v times %v", scale, codes)
	}
}

func TestSourceFindsItsWords(t *testing.T) {
	words, rows := []string{}, [][]float32{}
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 3000 {
		words = append(words, fmt.Sprint("w", i))
		row := make([]float32, 16)
		for d := range row {
			row[d] = float32(random.NormFloat64())
		}
		rows = append(rows, row)
	}
	b, err := Prepare(words, rows, 8, 2000)
	if err != nil {
		t.Fatal(err)
	}
	s, err := OpenSource(b)
	if err != nil {
		t.Fatal(err)
	}
	for i, w := range words {
		at := s.find(w)
		if (at >= 0) != (i < 2000) {
			t.Fatalf("%s is number %d", w, at)
		}
		if at >= 0 && int(u32(s.ranks, at)) != i {
			t.Fatalf("%s has rank %d", w, u32(s.ranks, at))
		}
	}
	for cut := 0; cut < len(b); cut += 97 {
		if _, err := OpenSource(b[:cut]); err == nil {
			t.Fatalf("no error for the first %d bytes", cut)
		}
	}
}

func TestEigen(t *testing.T) {
	want := [][]float64{{4, 1, 0, 0.5}, {1, 3, 0.2, 0}, {0, 0.2, 2, 0.1}, {0.5, 0, 0.1, 1}}
	a := make([][]float64, len(want))
	for i := range a {
		a[i] = append([]float64(nil), want[i]...)
	}
	values, axes := eigen(a)
	for i := range want {
		for j := range want {
			sum := 0.0
			for k, x := range values {
				sum += x * axes[k][i] * axes[k][j]
			}
			if math.Abs(sum-want[i][j]) > 1e-9 {
				t.Errorf("[%d][%d] is %v, want %v", i, j, sum, want[i][j])
			}
		}
		if i > 0 && values[i] > values[i-1] {
			t.Errorf("values %v are not in order", values)
		}
	}
}

func TestPrepareRefuses(t *testing.T) {
	rows := make([][]float32, 300)
	words := make([]string, 300)
	for i := range rows {
		rows[i], words[i] = make([]float32, 32), fmt.Sprint(i)
	}
	for _, dims := range []int{0, 7, 32, 136} {
		if _, err := Prepare(words, rows, dims, 300); err == nil {
			t.Errorf("%d dimensions: no error", dims)
		}
	}
	if _, err := Prepare(words[1:], rows, 8, 300); err == nil {
		t.Error("a word too few: no error")
	}
	if _, err := Prepare(words, rows, 8, 300); err == nil {
		t.Error("all zero: no error")
	}
	rows[7] = rows[7][1:]
	if _, err := Prepare(words, rows, 8, 300); err == nil {
		t.Error("a short row: no error")
	}
}
