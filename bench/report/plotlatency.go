package main

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
)

// plotLatency draws how long requests took, by percentile; nil if nothing was
// measured. The axis of percentiles stretches towards 100, so that the slowest
// requests can be seen.
func plotLatency(f figures) ([]byte, error) {
	t := newTheme()
	all := latencies(f)
	if len(all) == 0 {
		return nil, nil
	}
	legend := t.newLegend()
	p := t.newPlot("", "% of requests answered within", "ms")
	if err := t.lines(p, legend, all); err != nil {
		return nil, err
	}
	var ticks []plot.Tick
	for _, percentile := range percentiles() {
		ticks = append(ticks, plot.Tick{Value: stretched(percentile), Label: short(percentile)})
	}
	p.X.Tick.Marker = plot.ConstantTicks(ticks)
	p.Y.Scale = plot.LogScale{}
	p.Y.Min, p.Y.Max = span(all)
	p.Y.Tick.Marker = plot.ConstantTicks(decimalTicks(p.Y.Min, p.Y.Max))
	return t.svg(680, 300, func(c draw.Canvas) {
		const side = 168
		p.Draw(draw.Crop(c, 0, -side, 0, 0))
		legend.Draw(draw.Crop(c, c.Max.X-c.Min.X-side+12, 0, 0, -10))
	})
}

// latencies are the distributions of all Workers.
func latencies(f figures) []series {
	var out []series
	for n, w := range workers() {
		var points plotter.XYs
		for _, percentile := range percentiles() {
			key := "edge_" + w.id + "_p" + strings.ReplaceAll(short(percentile), ".", "_")
			if f.has(key) {
				points = append(points, plotter.XY{X: stretched(percentile), Y: f[key]})
			}
		}
		if len(points) > 0 {
			out = append(out, series{n, w.short, points})
		}
	}
	return out
}

// percentiles are those that wrk.lua prints.
func percentiles() []float64 { return []float64{50, 75, 90, 95, 99, 99.5, 99.9} }

// stretched is the place of a percentile on its axis.
func stretched(percentile float64) float64 { return -math.Log10(1 - percentile/100) }

// short writes a number with as few digits as it has.
func short(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
