package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"postil"
	"postil/indexer/indexfile"
)

func newInspect() *cobra.Command {
	var index, format string
	cmd := &cobra.Command{
		Use:   "inspect --index site.postil",
		Short: "Show what an index holds, and whether it is whole",
		Long: `Inspect prints an index's counts, versions and sections, and checks every byte
of it against its digest.`,
		Example: `  postil inspect --index site.postil
  postil inspect --index site.postil --format json | jq .digest`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if format != "text" && format != "json" {
				return usagef("--format is %q, want text or json", format)
			}
			a, err := openIndex(index)
			if err != nil {
				return err
			}
			if err := a.Verify(); err != nil {
				return fmt.Errorf("%s: %w", index, err)
			}
			if format == "json" {
				return writeJSON(cmd.OutOrStdout(), a.Info())
			}
			return writeInfo(cmd.OutOrStdout(), index, a.Info())
		},
	}
	addIndex(cmd, &index)
	cmd.Flags().StringVar(&format, "format", "text", "text or json")
	complete(cmd, "format", "text", "json")
	return cmd
}

func addIndex(cmd *cobra.Command, path *string) {
	cmd.Flags().StringVar(path, "index", "", "index `file`, as postil build writes it")
	completeFiles(cmd, "index", []string{".postil"})
}

// openIndex maps the index that the flag names.
func openIndex(path string) (*postil.Annotator, error) {
	if path == "" {
		return nil, usagef("the index is missing: name it with --index site.postil")
	}
	return indexfile.Map(path)
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

func writeInfo(w io.Writer, path string, i postil.Info) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s: %s, %s, %s, %s\n", path, plural(i.Terms, "term"), plural(i.Forms, "surface form"),
		plural(i.Articles, "article"), plural(int(i.Size), "byte"))
	if len(i.Kinds) > 0 {
		fmt.Fprintf(&b, "kinds: %s\n", strings.Join(i.Kinds, ", "))
	}
	fmt.Fprintf(&b, "language %s, analysis %s, format version %d\n%s\n", i.Language, i.Analysis, i.Version, i.Digest)
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(t, "section\tbytes\tcrc-32c\t")
	for _, s := range i.Sections {
		fmt.Fprintf(t, "%s\t%d\t%s\t\n", s.Name, s.Length, s.CRC32C)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}
