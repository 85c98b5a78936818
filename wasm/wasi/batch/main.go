// Command batch annotates many texts, or answers many queries, for WASI hosts and
// shells: one JSON object a line on standard input, one on standard output.
//
//	batch [-search] [-options JSON] INDEX < texts.ndjson > answers.ndjson
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"postil"
	"postil/internal/batch"
	"postil/language"
	"postil/wasm/internal/abi"
)

const usage = `usage: batch [-search] [-options JSON] INDEX < texts.ndjson > answers.ndjson

Lines are {"id","text"} or {"id","html"}, with -search {"id","query"}. Options are
those of the HTTP interface, such as {"offsets":"utf-32"}. Abbreviations that a text
defines are in its answer unless {"abbreviations":false} is among them.
`

const (
	exitFailed = 1
	exitUsage  = 2
)

// errUsage is for a command line that cannot be understood.
var errUsage = errors.New("want one index")

func main() {
	err := run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	var options *abi.Error
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
	case errors.Is(err, errUsage), errors.As(err, &options):
		fmt.Fprintf(os.Stderr, "batch: %v\n%s", err, usage)
		os.Exit(exitUsage)
	default:
		fmt.Fprintf(os.Stderr, "batch: %v\n", err)
		os.Exit(exitFailed)
	}
}

func run(args []string, in io.Reader, out, errs io.Writer) error {
	flags := flag.NewFlagSet("batch", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	search := flags.Bool("search", false, "")
	options := flags.String("options", "", "")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		_, err := io.WriteString(out, usage)
		return err
	} else if err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if flags.NArg() != 1 {
		return fmt.Errorf("%w, got %d arguments", errUsage, flags.NArg())
	}
	answer, err := answers(*search, []byte(*options))
	if err != nil {
		return err
	}
	data, err := os.ReadFile(flags.Arg(0))
	if err != nil {
		return err
	}
	a, err := postil.OpenWith(data, postil.OpenOptions{Languages: language.All()})
	if err != nil {
		return fmt.Errorf("%s: %w", flags.Arg(0), err)
	}
	stats, err := answer(in, out, a)
	if err == nil && stats.Failed > 0 {
		fmt.Fprintf(errs, "batch: %d of %d lines could not be answered\n", stats.Failed, stats.Lines)
	}
	return err
}

// answers returns what answers the lines.
func answers(search bool, options []byte) (func(io.Reader, io.Writer, *postil.Annotator) (batch.Stats, error), error) {
	if search {
		q, err := abi.SearchOptions(options)
		return func(in io.Reader, out io.Writer, a *postil.Annotator) (batch.Stats, error) {
			return batch.Search(context.Background(), in, out, a, q, 0)
		}, err
	}
	// As in a batch over HTTP, abbreviations are looked for.
	o, err := abi.AnnotateOptions(options, postil.Options{Abbreviations: true})
	return func(in io.Reader, out io.Writer, a *postil.Annotator) (batch.Stats, error) {
		return batch.Run(context.Background(), in, out, a, o, 0)
	}, err
}
