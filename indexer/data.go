package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"postil/indexer/dirstore"
	"postil/indexer/source"
	"postil/internal/store"
	"postil/language"
	"postil/worker"
)

// dataFlags say where a service keeps what is published while it runs, and who
// may publish.
type dataFlags struct {
	folder, tokens string
	siteMemory     int // MiB
	articleMemory  int // MiB
	refresh        time.Duration
}

func (f *dataFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.folder, "data", "", "keep what is published while the service runs in this `folder`")
	flags.StringVar(&f.tokens, "tokens", "", "`file` with the SHA-256 of each token that may change something, in hexadecimal digits; \"SITE:\" before it limits it to a site")
	flags.IntVar(&f.siteMemory, "site-memory", 256, "`MiB` of sites' indexes that stay open, and so the size of the largest")
	flags.IntVar(&f.articleMemory, "article-memory", 256, "`MiB` of articles that came later and are held in memory at most")
	flags.DurationVar(&f.refresh, "refresh", worker.DefaultRefresh, "how old what is known of --data may be when a request comes")
	if err := cmd.MarkFlagDirname("data"); err != nil {
		panic(err) // the flag does not exist
	}
	completeFiles(cmd, "tokens", nil)
}

// open opens the folder; without one there is no store.
func (f *dataFlags) open() (*dirstore.Dir, error) {
	switch {
	case f.siteMemory < 1:
		return nil, usagef("--site-memory is %d, want a number of MiB", f.siteMemory)
	case f.articleMemory < 1:
		return nil, usagef("--article-memory is %d, want a number of MiB", f.articleMemory)
	case f.refresh <= 0:
		return nil, usagef("--refresh is %v, want a time such as 5s", f.refresh)
	case f.folder == "" && f.tokens != "":
		return nil, usagef("--tokens is for --data: name the folder too")
	case f.folder == "":
		return nil, nil
	}
	return dirstore.Open(f.folder)
}

// apply sets what the flags say.
func (f *dataFlags) apply(o *worker.Options, st store.Store) error {
	o.Store, o.Refresh, o.Languages = st, f.refresh, language.All()
	o.SiteMemory, o.ArticleMemory = int64(f.siteMemory)<<20, int64(f.articleMemory)<<20
	o.Markdown = source.MarkdownHTML
	if f.tokens == "" {
		return nil
	}
	text, err := os.ReadFile(f.tokens)
	if err != nil {
		return err
	}
	if o.Grants, err = worker.ParseGrants(string(text)); err != nil {
		return fmt.Errorf("%s: %w", f.tokens, err)
	}
	if len(o.Grants) == 0 {
		return fmt.Errorf("%s: there is no token", f.tokens)
	}
	return nil
}

// tidy is how often the store is tidied, as the cron trigger does it at the edge.
const tidy = 15 * time.Minute

// maintain tidies the data until the context ends.
func (s *service) maintain(ctx context.Context) {
	for tick := time.NewTicker(tidy); ; {
		if err := s.current.Load().Maintain(ctx, time.Now()); err != nil && !errors.Is(err, context.Canceled) {
			s.log.Error("maintenance of the data failed", "error", err)
		}
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
	}
}
