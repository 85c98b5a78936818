package main

import (
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"postil/indexer/diag"
)

// isTerminal reports whether what is written to w appears on a screen.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// colorFlag is when to use colour: auto, always or never.
type colorFlag string

func (c *colorFlag) String() string { return string(*c) }
func (c *colorFlag) Type() string   { return "when" }

func (c *colorFlag) Set(s string) error {
	switch s {
	case "auto", "always", "never":
		*c = colorFlag(s)
		return nil
	}
	return usagef("want auto, always or never")
}

func (c *colorFlag) add(cmd *cobra.Command) {
	*c = "auto"
	cmd.Flags().Var(c, "color", "use colour: auto, always or never; auto heeds NO_COLOR")
	complete(cmd, "color", "auto", "always", "never")
}

// on decides for a writer: with auto, a terminal gets colour unless NO_COLOR is
// set (https://no-color.org) or the terminal is a dumb one.
func (c colorFlag) on(w io.Writer) bool {
	if c == "auto" {
		return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	}
	return c == "always"
}

// complete names the values of a flag for the shell.
func complete(cmd *cobra.Command, flag string, values ...string) {
	err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic(err) // the flag does not exist
	}
}

// completeFiles restricts the shell's completion of a flag to file extensions.
func completeFiles(cmd *cobra.Command, flag string, extensions []string) {
	bare := make([]string, len(extensions))
	for i, e := range extensions {
		bare[i] = strings.TrimPrefix(e, ".")
	}
	if err := cmd.MarkFlagFilename(flag, bare...); err != nil {
		panic(err) // the flag does not exist
	}
}

// harmless is a text of lines as a terminal may show it.
func harmless(s string) string {
	return diag.Printable(strings.ReplaceAll(s, "\r\n", "\n"), "\n\t")
}
