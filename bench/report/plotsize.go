package main

import (
	"errors"
	"math"
	"runtime"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// plotSizes draws speed by size of the dictionary, natively beside under wasm;
// nil if nothing was measured.
func plotSizes(f figures) ([]byte, error) {
	t := newTheme()
	native, wasm := curves(f, "native"), curves(f, "wasm")
	if len(native) == 0 || len(wasm) == 0 {
		return nil, nil
	}
	low, high := span(append(slices.Clone(native), wasm...))
	legend := t.newLegend()
	left := t.newPlot("natively ("+runtime.GOARCH+")", "surface forms", "MB/s")
	right := t.newPlot("in Node (js/wasm)", "surface forms", "MB/s")
	if err := errors.Join(t.lines(left, legend, native), t.lines(right, nil, wasm)); err != nil {
		return nil, err
	}
	panels := []*plot.Plot{left, right}
	for _, p := range panels {
		p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
		p.X.Min, p.X.Max, p.X.Tick.Marker = 800, 1.25e6, plot.ConstantTicks(sizeTicks())
		p.Y.Min, p.Y.Max, p.Y.Tick.Marker = low, high, plot.ConstantTicks(decimalTicks(low, high))
	}
	return t.svg(680, 290, func(c draw.Canvas) {
		const side = 168
		tiles := draw.Tiles{Rows: 1, Cols: 2, PadX: vg.Points(8)}
		canvases := plot.Align([][]*plot.Plot{panels}, tiles, draw.Crop(c, 0, -side, 0, 0))
		for i, p := range panels {
			p.Draw(canvases[0][i])
		}
		legend.Draw(draw.Crop(c, c.Max.X-c.Min.X-side+12, 0, 0, -24))
	})
}

// curves are the speeds of all contenders on a platform that depend on the
// dictionary, or stand for what is done without one.
func curves(f figures, platform string) []series {
	var out []series
	n := 0
	for _, c := range contenders() {
		if c.id == "postil_tokens" || c.id == "postil_abbreviations" {
			continue
		}
		if points := speeds(f, platform, c.id); len(points) > 0 {
			out = append(out, series{n, c.name, points})
		}
		n++
	}
	return out
}

// speeds is the speed of a contender by the number of forms. What needs no
// dictionary is as fast with any.
func speeds(f figures, platform, id string) plotter.XYs {
	var out plotter.XYs
	for _, s := range sizes() {
		key := platform + "_" + s.id + "_" + id + "_mb_s"
		if id == "bleve_en" && f.has(platform+"_"+s.id+"_postil_mb_s") {
			key = platform + "_1k_" + id + "_mb_s"
		}
		if f.has(key) {
			out = append(out, plotter.XY{X: s.forms, Y: f[key]})
		}
	}
	return out
}

func sizeTicks() []plot.Tick {
	return []plot.Tick{{Value: 1e3, Label: "1,000"}, {Value: 1e4, Label: "10,000"}, {Value: 1e5, Label: "100,000"}, {Value: 1e6, Label: "1,000,000"}}
}

// decimalTicks marks 1, 2, 5, 10, 20 and so on.
func decimalTicks(low, high float64) []plot.Tick {
	var out []plot.Tick
	for power := math.Pow10(int(math.Floor(math.Log10(low)))); power <= high; power *= 10 {
		for _, x := range []float64{1, 2, 5} {
			if v := x * power; v >= low && v <= high {
				out = append(out, plot.Tick{Value: v, Label: short(v)})
			}
		}
	}
	return out
}
