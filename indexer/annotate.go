package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"postil"
	"postil/internal/batch"
)

// maxInput is the size of the largest text annotated at once, in bytes.
const maxInput = 256 << 20

func newAnnotate() *cobra.Command {
	var n annotation
	cmd := &cobra.Command{
		Use:   "annotate --index site.postil [FILE|-]",
		Short: "Find the glossary's terms in a text or a page",
		Long: `Annotate reads a text or an HTML page and shows which terms it mentions, each
with its id and its score: in colour on a terminal, as JSON, as JSON-LD, which is a
page of W3C annotations, or as HTML with the mentions marked.

With --ndjson it answers batches: one object a line with id and text or html in,
one object a line with id, annotations and abbreviations out, in the same order. A
bad line is answered by an error and the run goes on.`,
		Example: `  postil annotate --index site.postil article.txt
  postil annotate --index site.postil --format json --occurrences first page.html
  curl -s https://example.org/ | postil annotate --index site.postil --input html --format html -
  postil annotate --index site.postil --ndjson --offsets utf-32 < texts.ndjson > answers.ndjson`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef("one file at a time, got %d: for many texts use --ndjson", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			n.file = "-"
			if len(args) > 0 {
				n.file = args[0]
			}
			return n.run(cmd)
		},
	}
	addIndex(cmd, &n.index)
	n.flags.add(cmd)
	n.color.add(cmd)
	cmd.Flags().StringVar(&n.format, "format", "text", "text, json, jsonld, or html with the mentions marked")
	cmd.Flags().StringVar(&n.linked.Source, "source", "", "`IRI` of the document, for jsonld (default: a hash of its content)")
	cmd.Flags().StringVar(&n.linked.Terms, "terms-base", "", "`IRI` to which ids of terms are appended, for jsonld, such as https://example.org/v1/terms/ (default: UUIDs)")
	cmd.Flags().StringVar(&n.input, "input", "auto", "what the input is: text, html, or auto, which goes by the file's name")
	cmd.Flags().BoolVar(&n.ndjson, "ndjson", false, "answer a batch, one JSON object a line")
	cmd.Flags().IntVar(&n.jobs, "jobs", 0, "`number` of lines of a batch to work on at a time (default: one for each processor)")
	complete(cmd, "format", "text", "json", "jsonld", "html")
	complete(cmd, "input", "auto", "text", "html")
	return cmd
}

// annotation is one run of the command.
type annotation struct {
	index, file, format, input string
	flags                      annotateFlags
	color                      colorFlag
	linked                     postil.LinkedData
	ndjson                     bool
	jobs                       int
}

func (n *annotation) run(cmd *cobra.Command) error {
	options, err := n.flags.options()
	if err != nil {
		return err
	}
	switch {
	case !slices.Contains([]string{"text", "json", "jsonld", "html"}, n.format):
		return usagef("--format is %q, want text, json, jsonld or html", n.format)
	case n.linked != postil.LinkedData{} && n.format != "jsonld":
		return usagef("--source and --terms-base are for --format jsonld")
	case n.input != "auto" && n.input != "text" && n.input != "html":
		return usagef("--input is %q, want auto, text or html", n.input)
	case n.ndjson && cmd.Flags().Changed("format"):
		return usagef("--ndjson has a format of its own: leave --format out")
	case n.jobs < 0:
		return usagef("--jobs is %d, want a number above 0", n.jobs)
	}
	a, err := openIndex(n.index)
	if err != nil {
		return err
	}
	in, err := n.open(cmd)
	if err != nil {
		return err
	}
	defer in.Close()
	if n.ndjson {
		if !cmd.Flags().Changed("abbreviations") {
			options.Abbreviations = true
		}
		return n.batch(cmd, a, in, options)
	}
	src, err := n.read(in)
	if err != nil {
		return err
	}
	return n.one(cmd.OutOrStdout(), a, src, options)
}

func (n *annotation) open(cmd *cobra.Command) (io.ReadCloser, error) {
	if n.file == "-" {
		return io.NopCloser(cmd.InOrStdin()), nil
	}
	return os.Open(n.file)
}

func (n *annotation) batch(cmd *cobra.Command, a *postil.Annotator, in io.Reader, o postil.Options) error {
	stats, err := batch.Run(context.Background(), in, cmd.OutOrStdout(), a, o, n.jobs)
	if err != nil {
		return err
	}
	if stats.Failed > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "postil: %d of %s could not be answered\n", stats.Failed, plural(stats.Lines, "line"))
	}
	return nil
}

// read reads the whole input.
func (n *annotation) read(in io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(in, maxInput+1))
	switch {
	case err != nil:
		return "", err
	case len(data) > maxInput:
		return "", fmt.Errorf("%s: longer than %d MiB: split it, or use --ndjson", n.name(), maxInput>>20)
	case !utf8.Valid(data):
		return "", fmt.Errorf("%s: not UTF-8: convert it first, for example with iconv", n.name())
	}
	return string(data), nil
}

func (n *annotation) name() string {
	if n.file == "-" {
		return "standard input"
	}
	return n.file
}

// isHTML tells pages from texts.
func (n *annotation) isHTML() bool {
	if n.input != "auto" {
		return n.input == "html"
	}
	switch strings.ToLower(filepath.Ext(n.file)) {
	case ".html", ".htm", ".xhtml":
		return true
	}
	return false
}

// one annotates one text and writes the answer.
func (n *annotation) one(w io.Writer, a *postil.Annotator, src string, o postil.Options) error {
	annotate := a.Annotate
	if n.isHTML() {
		annotate = a.AnnotateHTML
	}
	switch n.format {
	case "json", "jsonld":
		result, err := annotate(src, o)
		if err != nil {
			return err
		}
		var answer []byte
		if n.format == "json" {
			answer = result.AppendJSON(nil)
		} else {
			answer = result.AppendJSONLD(nil, n.linked)
		}
		_, err = w.Write(append(answer, '\n'))
		return err
	case "html":
		if !n.isHTML() {
			src = paragraphs(src)
		}
		marked, _, err := a.MarkHTML(nil, src, o)
		if err != nil {
			return err
		}
		_, err = w.Write(marked)
		return err
	}
	o.Offsets = postil.UTF8
	result, err := annotate(src, o)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, paint(src, result, n.color.on(w)))
	return err
}
