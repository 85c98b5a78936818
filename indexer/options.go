package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"postil"
	"postil/internal/ask"
)

// annotateFlags are the options of an annotation as flags.
type annotateFlags struct {
	postil.Options
	minScore float64
}

func (f *annotateFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.TextVar(&f.Overlaps, "overlaps", postil.OverlapsLongest, "what to do with overlapping mentions: longest, no-sub or all")
	flags.TextVar(&f.Occurrences, "occurrences", postil.OccurrencesAll, "mentions of a term to return: all, first or section")
	flags.TextVar(&f.Offsets, "offsets", postil.UTF16, "unit of positions: utf-8, utf-16 or utf-32")
	flags.Float64Var(&f.minScore, "min-score", postil.DefaultMinScore, "drop annotations with a lower score, 0 to 1")
	flags.StringSliceVar(&f.Kinds, "kinds", nil, "keep only terms of these `kinds`, separated by commas")
	flags.StringSliceVar(&f.Terms, "terms", nil, "keep only these term `ids`, separated by commas")
	flags.StringSliceVar(&f.Exclude, "exclude", nil, "drop these term `ids`, separated by commas")
	flags.BoolVar(&f.Candidates, "candidates", false, "add the other senses of each mention")
	flags.BoolVar(&f.Abbreviations, "abbreviations", false, "add the abbreviations that the text defines itself; on with --ndjson")
	flags.BoolVar(&f.Explain, "explain", false, "add the reasons for each score")
	addTag(flags, &f.Language, "BCP 47 `tag` of the text (default: the index's)")
	complete(cmd, "overlaps", "longest", "no-sub", "all")
	complete(cmd, "occurrences", "all", "first", "section")
	complete(cmd, "offsets", "utf-8", "utf-16", "utf-32")
}

// options returns what the flags say.
func (f *annotateFlags) options() (postil.Options, error) {
	if !(f.minScore >= 0 && f.minScore <= 1) {
		return postil.Options{}, &usageError{&postil.ValueError{Option: "--min-score", Value: fmt.Sprint(f.minScore), Reason: "want a number from 0 to 1"}}
	}
	o := f.Options
	o.Kinds, o.Terms, o.Exclude = ask.Items(o.Kinds), ask.Items(o.Terms), ask.Items(o.Exclude)
	o.MinScore = f.minScore
	if o.MinScore == 0 {
		o.MinScore = -1 // the engine's zero is its default
	}
	return o, nil
}
