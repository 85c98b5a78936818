package main

import (
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	decimal "golang.org/x/text/number"
)

// group is a table of rows about one thing.
type group struct {
	ID, Title string
	// Found names what the rows count.
	Found string
	Rows  []row
}

// row is one measurement. What does not apply is empty.
type row struct {
	What, Figure, Found string
	// Ratio is how much faster Postil is.
	Ratio  string
	Target *target
}

// target is what a measurement has to reach.
type target struct {
	Want string
	Met  bool
}

func (t *target) String() string {
	switch {
	case t == nil:
		return ""
	case t.Met:
		return t.Want + ": met"
	}
	return t.Want + ": missed"
}

// atLeast and atMost set a target in a unit.
func atLeast(measured, want float64, unit string) *target {
	return &target{"≥ " + whole(want) + " " + unit, measured >= want}
}

func atMost(measured, want float64, unit string) *target {
	return &target{"≤ " + whole(want) + " " + unit, measured <= want}
}

// times writes a ratio.
func times(ratio float64) string { return number(ratio) + " ×" }

// number writes three digits that count, and commas.
func number(x float64) string {
	p := message.NewPrinter(language.English)
	switch {
	case x >= 100:
		return p.Sprintf("%.0f", x)
	case x >= 10:
		return p.Sprintf("%.1f", x)
	}
	return p.Sprintf("%.2f", x)
}

// whole writes a number as it was set.
func whole(x float64) string {
	return message.NewPrinter(language.English).Sprint(decimal.Decimal(x))
}

// count writes a whole number with commas.
func count(x float64) string { return message.NewPrinter(language.English).Sprintf("%.0f", x) }

// groupsOf makes the rows of what was measured.
func groupsOf(f figures) []group {
	var out []group
	for _, g := range []group{
		search(f, "native", "Search, natively"),
		search(f, "wasm", "Search, under js/wasm in Node"),
		memory(f),
		workerd(f),
		coldStart(f),
		articles(f),
	} {
		if len(g.Rows) > 0 {
			out = append(out, g)
		}
	}
	return out
}
