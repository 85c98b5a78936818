package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"postil/indexer/indexfile"
	"postil/indexer/remote"
)

// tokenVariable is the environment variable for a token.
const tokenVariable = "POSTIL_TOKEN"

func newPublish() *cobra.Command {
	var p publication
	cmd := &cobra.Command{
		Use:   "publish --to URL (--index site.postil | --rollback [VERSION] | --list)",
		Short: "Take an index into use at a running service",
		Long: `Publish uploads an index to a site of a service that runs, such as
https://example.org/s/name. The service checks the index, keeps it, and answers
from it within seconds; until then it answers from the one before. Publishing may
be repeated safely: where the connection fails, the command does so by itself.

The service keeps the last ten versions. --list shows them, the one in use first, and
--rollback takes another one into use: the one before, or that whose name begins
with VERSION.

The token is in the variable ` + tokenVariable + ` or in the file that --token-file names.`,
		Example: `  postil publish --index site.postil --to https://example.org/s/name
  postil publish --to https://example.org/s/name --list
  postil publish --to https://example.org/s/name --rollback sha256-3f0a`,
		Args: func(cmd *cobra.Command, args []string) error {
			if p.back && len(args) <= 1 {
				return nil
			}
			return noArgs(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				p.version = args[0]
			}
			return p.run(cmd)
		},
	}
	addIndex(cmd, &p.index)
	flags := cmd.Flags()
	flags.StringVar(&p.to, "to", "", "`URL` of the site, such as https://example.org/s/name")
	flags.StringVar(&p.tokenFile, "token-file", "", "`file` that holds the token (default: the variable "+tokenVariable+")")
	flags.BoolVar(&p.back, "rollback", false, "take an older version into use again")
	flags.BoolVar(&p.list, "list", false, "show the versions that the service keeps")
	completeFiles(cmd, "token-file", nil)
	return cmd
}

// publication is one run of the command.
type publication struct {
	index, to, tokenFile string
	back, list           bool
	version              string
}

func (p *publication) run(cmd *cobra.Command) error {
	n := 0
	for _, asked := range []bool{p.index != "", p.back, p.list} {
		if asked {
			n++
		}
	}
	switch {
	case p.to == "":
		return usagef("the site is missing: name it with --to https://example.org/s/name")
	case n != 1:
		return usagef("want one of --index, --rollback and --list")
	}
	token, err := p.token()
	if err != nil {
		return err
	}
	site, err := remote.New(p.to, token)
	if err != nil {
		return &usageError{fmt.Errorf("--to: %w", err)}
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	versions, err := p.do(ctx, cmd, site)
	if err != nil {
		return fmt.Errorf("%s: %w", p.to, err)
	}
	if p.list {
		return writeVersions(cmd.OutOrStdout(), versions)
	}
	_, err = fmt.Fprintf(cmd.OutOrStdout(), "%s is in use at %s\n", versions[0].Index, p.to)
	return err
}

func (p *publication) do(ctx context.Context, cmd *cobra.Command, site *remote.Site) ([]remote.Version, error) {
	// Asked for in any case: a wrong token is found out before an upload.
	versions, err := site.Versions(ctx)
	if err != nil && !(p.index != "" && errors.Is(err, remote.ErrNoSite)) {
		return nil, err
	}
	switch {
	case p.list:
		return versions, nil
	case p.back:
		to, err := p.target(versions)
		if err != nil {
			return nil, err
		}
		return site.RollBack(ctx, to)
	}
	return p.upload(ctx, cmd, site, versions)
}

func (p *publication) upload(ctx context.Context, cmd *cobra.Command, site *remote.Site, versions []remote.Version) ([]remote.Version, error) {
	data, err := os.ReadFile(p.index)
	if err != nil {
		return nil, err
	}
	a, err := indexfile.Open(p.index, data)
	if err == nil {
		err = a.Verify()
	}
	if err != nil {
		return nil, err
	}
	if len(versions) > 0 && versions[0].Index == a.Digest() {
		return versions, nil
	}
	bar := newProgress(cmd.ErrOrStderr())
	defer bar.finish()
	versions, err = site.Publish(ctx, data, func(sent int) { bar.update("uploading", sent, len(data)) })
	if err == nil && versions[0].Index != a.Digest() {
		err = fmt.Errorf("another index is in use there: %s", versions[0].Index)
	}
	return versions, err
}

// target is the digest of the version to go back to.
func (p *publication) target(versions []remote.Version) (string, error) {
	if p.version == "" {
		if len(versions) < 2 {
			return "", errors.New("there is no version before the one in use")
		}
		return versions[1].Index, nil
	}
	var found []string
	for _, v := range versions {
		if strings.HasPrefix(v.Index, p.version) || strings.HasPrefix(strings.TrimPrefix(v.Index, "sha256-"), p.version) {
			found = append(found, v.Index)
		}
	}
	switch len(found) {
	case 0:
		return "", fmt.Errorf("there is no version %s: --list shows those that are kept", p.version)
	case 1:
		return found[0], nil
	}
	return "", fmt.Errorf("%d versions begin with %s: write more of it", len(found), p.version)
}

func (p *publication) token() (string, error) {
	token := os.Getenv(tokenVariable)
	if p.tokenFile != "" {
		b, err := os.ReadFile(p.tokenFile)
		if err != nil {
			return "", err
		}
		token = string(b)
	}
	token = strings.TrimSpace(token)
	switch {
	case token == "":
		return "", usagef("the token is missing: set %s or name a file with --token-file", tokenVariable)
	case strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return "", errors.New("the token has characters that a header cannot carry: is that the right file?")
	}
	return token, nil
}

func writeVersions(w io.Writer, versions []remote.Version) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for i, v := range versions {
		use := ""
		if i == 0 {
			use = "in use"
		}
		fmt.Fprintf(t, "%s\t%s\t%d bytes\t%s\n", v.Index, v.Published.Format(time.RFC3339), v.Size, use)
	}
	return t.Flush()
}
