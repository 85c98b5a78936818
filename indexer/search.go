package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"postil"
	"postil/internal/batch"
)

func newSearch() *cobra.Command {
	var s search
	cmd := &cobra.Command{
		Use:   "search --index site.postil QUERY",
		Short: "Search the articles of an index, and its terms",
		Long: `Search finds articles and terms, best first, in an index that was built with
articles. A query is words, "phrases", +must and -must not, prefix*,
approximate~, /patterns/, field:word with the fields title, text, headings, url,
published and terms, and ranges of dates: published:>"2026-01-01".

With --ndjson it answers batches: one object a line with id and query in, one
object a line with id and hits, of which each has id and score, out, in the same
order. A bad line is answered by an error and the run goes on.

The exit status is 1 if nothing is found.`,
		Example: `  postil search --index site.postil 'merger control'
  postil search --index site.postil --articles '+terms:agi +published:>"2026-01-01"'
  postil search --index site.postil --articles --ndjson < queries.ndjson > hits.ndjson`,
		Args: func(_ *cobra.Command, args []string) error {
			if s.ndjson && len(args) > 0 {
				return usagef("unexpected argument %q: with --ndjson queries come from standard input", args[0])
			}
			if !s.ndjson && len(args) == 0 {
				return usagef("the query is missing")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return s.run(cmd, strings.Join(args, " ")) },
	}
	addIndex(cmd, &s.index)
	s.color.add(cmd)
	cmd.Flags().BoolVar(&s.articles, "articles", false, "search articles only")
	cmd.Flags().BoolVar(&s.terms, "terms", false, "search terms only")
	cmd.Flags().IntVar(&s.limit, "limit", 0, "largest `number` of hits, up to 1000 (default: 10, and 1000 with --ndjson)")
	cmd.Flags().StringVar(&s.format, "format", "text", "text or json")
	cmd.Flags().BoolVar(&s.ndjson, "ndjson", false, "answer a batch, one JSON object a line")
	cmd.Flags().IntVar(&s.jobs, "jobs", 0, "`number` of lines of a batch to work on at a time (default: one for each processor)")
	complete(cmd, "format", "text", "json")
	return cmd
}

// search is one run of the command.
type search struct {
	index, format   string
	articles, terms bool
	ndjson          bool
	limit, jobs     int
	color           colorFlag
}

func (s *search) run(cmd *cobra.Command, text string) error {
	q := postil.SearchQuery{Text: text, Limit: s.limit, Offsets: postil.UTF8}
	switch {
	case s.format != "text" && s.format != "json":
		return usagef("--format is %q, want text or json", s.format)
	case s.articles && s.terms:
		return usagef("--articles and --terms exclude each other: without both, both are searched")
	case s.ndjson && !s.articles && !s.terms:
		return usagef("--ndjson searches either: say --articles or --terms")
	case s.ndjson && cmd.Flags().Changed("format"):
		return usagef("--ndjson has a format of its own: leave --format out")
	case cmd.Flags().Changed("limit") && (s.limit < 1 || s.limit > postil.MaxHits):
		return usagef("--limit is %d, want a number from 1 to %d", s.limit, postil.MaxHits)
	case s.jobs < 0:
		return usagef("--jobs is %d, want a number above 0", s.jobs)
	case s.articles:
		q.Scope = postil.ScopeArticles
	case s.terms:
		q.Scope = postil.ScopeTerms
	}
	a, err := openIndex(s.index)
	if err != nil {
		return err
	}
	if a.Articles() == 0 {
		return fmt.Errorf("%s: no articles, so that there is nothing to search: build it with --articles", s.index)
	}
	if s.ndjson {
		return s.batch(cmd, a, q)
	}
	return s.one(cmd, a, q)
}

func (s *search) batch(cmd *cobra.Command, a *postil.Annotator, q postil.SearchQuery) error {
	if q.Limit == 0 {
		q.Limit = postil.MaxHits
	}
	stats, err := batch.Search(context.Background(), cmd.InOrStdin(), cmd.OutOrStdout(), a, q, s.jobs)
	if err != nil {
		return err
	}
	if stats.Failed > 0 {
		fmt.Fprintf(cmd.ErrOrStderr(), "postil: %d of %s could not be answered\n", stats.Failed, plural(stats.Lines, "line"))
	}
	return nil
}

// one answers one query.
func (s *search) one(cmd *cobra.Command, a *postil.Annotator, q postil.SearchQuery) error {
	if s.format == "json" {
		q.Offsets = postil.UTF16
	}
	r, err := a.Search(q)
	var bad *postil.QueryError
	if errors.As(err, &bad) && bad.Offset >= 0 {
		return fmt.Errorf("%w\n  %s\n  %*s", err, harmless(q.Text), 1+len([]rune(q.Text[:bad.Offset])), "^")
	}
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	if s.format == "json" {
		_, err = out.Write(append(r.AppendJSON(nil), '\n'))
	} else {
		_, err = io.WriteString(out, showHits(a, r, s.color.on(out)))
	}
	if err == nil && len(r.Articles)+len(r.Terms) == 0 {
		fmt.Fprintln(cmd.ErrOrStderr(), "nothing found")
		return errFound
	}
	return err
}
