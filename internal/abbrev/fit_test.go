package abbrev

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"math"
	"strings"
	"testing"
)

var fit = flag.Bool("fit", false, "fit the weights anew and print them")

// TestFit prints the table of weights.go, fitted on the first half of the
// evaluation sets and on the cases of testdata. It maximises the likelihood of a
// log-linear model that chooses, for each short form, one of its candidates or
// none. A weight is a hundredth of a nat. The features of a candidate are the
// differences of its score when one weight after the other grows by one, so
// that the scorer itself need not know of them; since the alignment depends on
// the weights, this is repeated.
func TestFit(t *testing.T) {
	if !*fit {
		t.Skip("fits only with -fit")
	}
	var docs []evalDoc
	for _, name := range []string{"ab3p", "wikipedia"} {
		for _, d := range readEval(t, name) {
			if half(d.ID) == 0 {
				docs = append(docs, d)
			}
		}
	}
	for _, c := range readCases(t) {
		d := evalDoc{c.Name, c.Text, map[[2]string]bool{}}
		for _, p := range c.Want {
			d.Gold[normalPair(p[0], p[1])] = true
		}
		docs = append(docs, d)
	}
	w := fitted
	for round := range 4 {
		choices := collect(docs, w)
		var loss float64
		w, loss = descend(choices, w)
		t.Logf("round %d: %d short forms, loss %.2f", round, len(choices), loss)
	}
	var s strings.Builder
	for k, name := range weightNames(t) {
		fmt.Fprintf(&s, "\t%s: %d,\n", name, w[k])
	}
	t.Logf("\n%s", s.String())
}

// choice is a short form with the features of its candidates.
type choice struct {
	features [][]feature
	right    []bool
	any      bool // one is right
}

type feature struct {
	weight int
	value  float64
}

// collect returns the choices of docs under the weights w.
func collect(docs []evalDoc, w weights) (out []choice) {
	var base [][]candidate
	visit := func(w *weights, see func(n int, d evalDoc, start, end int, cands []candidate)) {
		n := 0
		for _, d := range docs {
			f := Finder{text: d.Text, weights: w}
			f.observe = func(start, end int, cands []candidate) {
				see(n, d, start, end, cands)
				n++
			}
			f.run()
		}
	}
	visit(&w, func(_ int, d evalDoc, start, end int, cands []candidate) {
		c := choice{features: make([][]feature, len(cands))}
		for _, k := range cands {
			r := d.Gold[normalPair(d.Text[start:end], d.Text[k.start:k.end])]
			c.right = append(c.right, r)
			c.any = c.any || r
		}
		out, base = append(out, c), append(base, cands)
	})
	for k := range w {
		more := w
		more[k]++
		visit(&more, func(n int, _ evalDoc, _, _ int, cands []candidate) {
			if n >= len(base) || len(cands) != len(base[n]) {
				return // the weight decided whether there is a candidate
			}
			for i, c := range cands {
				if d := c.score - base[n][i].score; d != 0 {
					out[n].features[i] = append(out[n].features[i], feature{k, float64(d)})
				}
			}
		})
	}
	return out
}

// descend improves the weights by gradient descent with steps after AdaGrad.
func descend(choices []choice, w weights) (weights, float64) {
	const regularisation, rate, steps = 1.5, 0.1, 300
	var x, squares [numWeights]float64
	for k := range x {
		x[k] = float64(w[k]) / 100
	}
	loss := 0.0
	for range steps {
		var grad [numWeights]float64
		loss = 0
		for k := range grad {
			grad[k] = regularisation * x[k]
			loss += regularisation / 2 * x[k] * x[k]
		}
		for _, c := range choices {
			loss += c.gradient(&x, &grad)
		}
		for k := range x {
			squares[k] += grad[k] * grad[k]
			x[k] -= rate * grad[k] / (math.Sqrt(squares[k]) + 1e-9)
		}
	}
	for k := range w {
		w[k] = int32(math.Round(x[k] * 100))
	}
	return w, loss
}

// gradient adds to grad that of the negative log-likelihood of the right
// candidates, or of none if none is right, and returns its value.
func (c *choice) gradient(x, grad *[numWeights]float64) float64 {
	p := make([]float64, len(c.features))
	none, all, right := 1.0, 1.0, 0.0
	for i, list := range c.features {
		score := 0.0
		for _, f := range list {
			score += f.value * x[f.weight]
		}
		p[i] = math.Exp(score)
		all += p[i]
		if c.right[i] {
			right += p[i]
		}
	}
	if !c.any {
		right = none
	}
	for i, list := range c.features {
		d := p[i] / all
		if c.right[i] {
			d -= p[i] / right
		}
		for _, f := range list {
			grad[f.weight] += d * f.value
		}
	}
	return math.Log(all / right)
}

// weightNames reads the names of the weights from their source.
func weightNames(t *testing.T) (names []string) {
	file, err := parser.ParseFile(token.NewFileSet(), "weights.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST || !g.Lparen.IsValid() {
			continue
		}
		for _, s := range g.Specs {
			if name := s.(*ast.ValueSpec).Names[0].Name; len(names) < int(numWeights) {
				names = append(names, name)
			}
		}
	}
	return names
}
