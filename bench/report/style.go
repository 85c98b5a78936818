package main

import (
	"bytes"
	"fmt"
	"image/color"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// shade is a colour on a light page and on a dark one.
type shade struct{ light, dark color.NRGBA }

// theme holds all colours of a plot: no two may be equal on a light page, since
// the dark ones are found by them.
type theme struct {
	paper, ink, grid shade
	series           []shade // by number; the first is Postil's
}

func newTheme() theme {
	return theme{
		paper: shade{rgb(0xFFFFFF), rgb(0x0D1117)},
		ink:   shade{rgb(0x24292F), rgb(0xD1D7E0)},
		grid:  shade{rgb(0xD8DDE3), rgb(0x2A313C)},
		series: []shade{
			{rgb(0x0B57D0), rgb(0x78AEFF)},
			{rgb(0x6E7781), rgb(0x9198A1)},
			{rgb(0xC2410C), rgb(0xFF9E64)},
			{rgb(0x15803D), rgb(0x6BD08A)},
			{rgb(0x9333EA), rgb(0xCDA5FF)},
			{rgb(0xB8860B), rgb(0xE3C04D)},
			{rgb(0xBE185D), rgb(0xFF8FBF)},
			{rgb(0x0E7490), rgb(0x67D3E8)},
		},
	}
}

func rgb(x uint32) color.NRGBA {
	return color.NRGBA{R: uint8(x >> 16), G: uint8(x >> 8), B: uint8(x), A: 255}
}

// newPlot returns an empty plot with a grid.
func (t theme) newPlot(title, x, y string) *plot.Plot {
	p := plot.New()
	sans := font.Font{Typeface: "Liberation", Variant: "Sans"}
	p.BackgroundColor = nil
	p.Title.Text, p.X.Label.Text, p.Y.Label.Text = title, x, y
	p.Title.TextStyle.Font = font.From(sans, 11)
	p.Title.TextStyle.Color = t.ink.light
	p.Title.Padding = vg.Points(6)
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Color, a.LineStyle.Color = t.ink.light, t.grid.light
		a.Label.TextStyle.Font, a.Label.TextStyle.Color = font.From(sans, 10), t.ink.light
		a.Label.Padding = vg.Points(4)
		a.Tick.Label.Font, a.Tick.Label.Color = font.From(sans, 9), t.ink.light
		a.Tick.LineStyle.Color = t.grid.light
		a.Padding = vg.Points(2)
	}
	grid := plotter.NewGrid()
	grid.Vertical.Color, grid.Horizontal.Color = t.grid.light, t.grid.light
	p.Add(grid)
	return p
}

// series is a line of a plot. Its colour is that of its number.
type series struct {
	n      int
	name   string
	points plotter.XYs
}

// lines adds series to a plot, the first on top, and to a legend unless it is
// nil.
func (t theme) lines(p *plot.Plot, legend *plot.Legend, all []series) error {
	for _, s := range slices.Backward(all) {
		if s.n >= len(t.series) {
			return fmt.Errorf("%s is the %dth series, and there are %d colours: add one to the theme", s.name, s.n+1, len(t.series))
		}
		l, dots, err := plotter.NewLinePoints(s.points)
		if err != nil {
			return err
		}
		l.Color, l.Width = t.series[s.n].light, vg.Points(1.3)
		if s.n == 0 {
			l.Width = vg.Points(2.4)
		}
		dots.Color, dots.Shape, dots.Radius = l.Color, draw.CircleGlyph{}, l.Width+vg.Points(0.6)
		p.Add(l, dots)
	}
	if legend == nil {
		return nil
	}
	for _, s := range all {
		legend.Add(s.name, &plotter.Line{LineStyle: draw.LineStyle{Color: t.series[s.n].light, Width: vg.Points(2)}})
	}
	return nil
}

// span is the least and the largest value of some series, a little widened.
func span(all []series) (low, high float64) {
	low = math.Inf(1)
	for _, s := range all {
		for _, q := range s.points {
			low, high = min(low, q.Y), max(high, q.Y)
		}
	}
	return low / 1.2, high * 1.2
}

// newLegend returns a legend to be drawn beside a plot.
func (t theme) newLegend() *plot.Legend {
	l := plot.NewLegend()
	l.Top, l.Left = true, true
	l.TextStyle.Font = font.Font{Typeface: "Liberation", Variant: "Sans", Size: 9}
	l.TextStyle.Color = t.ink.light
	l.ThumbnailWidth, l.Padding = vg.Points(18), vg.Points(3)
	return &l
}

// svg draws on a canvas and returns the picture, with the colours for dark pages
// and with fonts that everybody has.
func (t theme) svg(width, height vg.Length, paint func(draw.Canvas)) ([]byte, error) {
	c := vgsvg.New(width, height)
	canvas := draw.New(c)
	canvas.SetColor(t.paper.light)
	canvas.Fill(canvas.Rectangle.Path())
	paint(draw.Crop(canvas, 10, -10, 10, -10))
	var b bytes.Buffer
	if _, err := c.WriteTo(&b); err != nil {
		return nil, err
	}
	s := strings.ReplaceAll(b.String(), "font-family:Liberation Sans", "font-family:'Liberation Sans',Arimo,Helvetica,Arial,sans-serif")
	head := strings.Index(s, "<g ")
	return []byte(s[:head] + t.dark() + s[head:]), nil
}

// dark is a style sheet that replaces the colours on dark pages.
func (t theme) dark() string {
	var b strings.Builder
	b.WriteString("<style>@media (prefers-color-scheme: dark) {\n")
	for _, s := range append(slices.Clone(t.series), t.paper, t.ink, t.grid) {
		for _, property := range []string{"fill", "stroke"} {
			fmt.Fprintf(&b, "[style*=\"%s:%s\"] { %s: %s !important }\n", property, hex(s.light), property, hex(s.dark))
		}
	}
	b.WriteString("}</style>\n")
	return b.String()
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02X%02X%02X", c.R, c.G, c.B) }
