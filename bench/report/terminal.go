package main

import (
	"fmt"
	"io"
	"text/tabwriter"
)

// printTable prints all groups as one table.
func printTable(w io.Writer, groups []group) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "measurement\tfigure\tfound\tPostil is\ttarget")
	for _, g := range groups {
		fmt.Fprintf(t, "\t\t\t\t\n%s\t\t\t\t\n", g.Title)
		for _, r := range g.Rows {
			fmt.Fprintf(t, "  %s\t%s\t%s\t%s\t%s\n", r.What, r.Figure, r.Found, r.Ratio, r.Target)
		}
	}
	met, missed := verdicts(groups)
	fmt.Fprintf(t, "\t\t\t\t\ntargets\t%d met, %d missed\t\t\t\n", met, missed)
	return t.Flush()
}

// verdicts counts the targets that were met and missed.
func verdicts(groups []group) (met, missed int) {
	for _, g := range groups {
		for _, r := range g.Rows {
			switch {
			case r.Target == nil:
			case r.Target.Met:
				met++
			default:
				missed++
			}
		}
	}
	return met, missed
}
