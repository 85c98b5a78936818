package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"postil/indexer/check"
	"postil/indexer/diag"
)

func newCheck() *cobra.Command {
	var s sources
	var format string
	var color colorFlag
	cmd := &cobra.Command{
		Use:   "check --glossary FILE|DIR…",
		Short: "Find mistakes in a glossary, with file, line and column",
		Long: `Check reads a glossary and reports mistakes of form (unknown fields, wrong
types), of identity (ids that are missing or taken), of safety (sources that are
no web addresses), and of judgement: forms that name several terms without
context to tell them apart, forms that are common words, definitions that are too
long for a card or have markup, see_also that leads nowhere.

Glossary files are YAML (a list of terms, or an object with language and terms),
JSON Lines (a term a line), JSON, or CSV and TSV. The first row of these names the
fields; items of a list have | between them, and a source is written as
Title <https://…> or as its address alone. docs/glossary.schema.json describes the fields.

The exit status is 1 if there are errors and 2 if a file cannot be read.`,
		Example: `  postil check --glossary glossary/
  postil check --glossary glossary/ --strict --format json`,
		Args: noFiles("--glossary"),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case format != "text" && format != "json":
				return usagef("--format is %q, want text or json", format)
			case len(s.glossary) == 0:
				return usagef("nothing to check: name files with --glossary")
			}
			defer saveMemory()()
			g, err := s.readGlossary()
			if err != nil {
				return err
			}
			found := check.Glossary(g)
			if s.strict {
				diag.Strict(found)
			}
			if err := writeFound(cmd, found, format, color); err != nil {
				return err
			}
			if n := notice(g.Language); n != "" {
				fmt.Fprintln(cmd.ErrOrStderr(), n)
			}
			errors, warnings := diag.Count(found)
			if errors > 0 {
				fmt.Fprintf(cmd.ErrOrStderr(), "%s in %s\n", counts(errors, warnings), plural(len(g.Terms), "term"))
				return errFound
			}
			fmt.Fprintf(cmd.ErrOrStderr(), "%s: %s\n", plural(len(g.Terms), "term"), counts(errors, warnings))
			return nil
		},
	}
	s.addGlossary(cmd)
	s.addStrict(cmd)
	s.addLanguage(cmd)
	cmd.Flags().StringVar(&format, "format", "text", "text or json, an array of {file, line, column, severity, code, message}")
	complete(cmd, "format", "text", "json")
	color.add(cmd)
	return cmd
}

func writeFound(cmd *cobra.Command, found []diag.Diagnostic, format string, color colorFlag) error {
	out := cmd.OutOrStdout()
	if format == "json" {
		return diag.WriteJSON(out, found)
	}
	return diag.WriteText(out, found, diag.Style{Color: color.on(out), Excerpt: color == "always" || isTerminal(out)})
}
