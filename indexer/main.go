// Command postil compiles a publisher's glossary and articles into an index,
// checks them, and answers from the index: on the terminal, in batches, and
// over HTTP.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"postil/indexer/suggest"
)

// version names the build; the linker sets it.
var version = "dev"

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Exit statuses. The second is also that of a grep that found nothing: the
// command did its work and the answer is no.
const (
	exitOK     = 0
	exitFound  = 1 // the input has errors
	exitFailed = 2 // wrong usage, or a file that cannot be read or written
)

// errFound says that errors in the input have been reported already.
var errFound = errors.New("errors were found")

func run(args []string, in io.Reader, out, errs io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errs)
	cmd, err := root.ExecuteC()
	var usage *usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFound):
		return exitFound
	case errors.As(err, &usage):
		fmt.Fprintf(errs, "postil: %v\nRun '%s --help' for what it takes.\n", err, cmd.CommandPath())
	default:
		fmt.Fprintf(errs, "postil: %v\n", err)
	}
	return exitFailed
}

// usageError is a mistake in the command line.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "postil",
		Short: "Put a glossary into the margin of articles",
		Long: `Postil compiles a glossary and a publisher's articles into an index, and finds
the glossary's terms in texts and pages.`,
		Example: `  postil check --glossary glossary/
  postil build --glossary glossary/ --articles articles/ -o site.postil
  postil annotate --index site.postil article.txt
  postil serve --index site.postil`,
		Version:       version,
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          knownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newBuild(), newCheck(), newAnnotate(), newSearch(), newInspect(), newServe(), newPublish())
	return root
}

// knownCommand refuses what is left when no command has that name.
func knownCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range root.Commands() {
		names = append(names, c.Name())
	}
	if meant := suggest.Closest(args[0], names); meant != "" {
		return usagef("unknown command %q: did you mean %s?", args[0], meant)
	}
	return usagef("unknown command %q", args[0])
}

// noFiles refuses arguments that are no flags, where they may be meant as files.
func noFiles(flags string) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) > 0 {
			return usagef("unexpected argument %q: name each file with %s", args[0], flags)
		}
		return nil
	}
}

// noArgs refuses arguments that are no flags.
func noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("unexpected argument %q", args[0])
	}
	return nil
}
