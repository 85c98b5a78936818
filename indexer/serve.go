package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"postil"
	"postil/indexer/atomicfile"
	"postil/indexer/diag"
	"postil/indexer/dirstore"
	"postil/indexer/indexfile"
	"postil/indexer/outbound"
	"postil/indexer/server"
	"postil/indexer/source"
	"postil/indexer/vectors"
	"postil/language"
	"postil/worker"
	"postil/worker/config"
)

func newServe() *cobra.Command {
	var s service
	cmd := &cobra.Command{
		Use:   "serve --index site.postil [--addr HOST:PORT]",
		Short: "Answer over HTTP, as the Worker does at the edge",
		Long: `Serve runs the HTTP interface natively: the same handler that runs at the edge,
with the same answers. --static adds the files of a folder, such as the built demo
site.

With --watch it builds the index from --glossary and --articles, and builds it
again when they change; a glossary with errors is reported, and the index that
is there stays in use. Without these it opens the index again when its file
is replaced.

With --data it keeps what is published to it: the indexes of sites, see postil
publish, and articles, which PUT /v1/articles/ID takes. Several services may share
a folder.`,
		Example: `  postil serve --index site.postil
  postil serve --index site.postil --static build/web --addr localhost:8080
  postil serve --index site.postil --watch --glossary glossary/`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return s.run(cmd) },
	}
	addIndex(cmd, &s.index)
	cmd.Flags().StringVar(&s.addr, "addr", "localhost:8787", "`host:port` to listen on; port 0 takes a free one")
	cmd.Flags().StringVar(&s.static, "static", "", "serve the files of this `folder` too, such as the page script of build/web")
	cmd.Flags().StringSliceVar(&s.origins, "origins", nil, "web `origins`, separated by commas, whose pages may read the answers (default: all)")
	cmd.Flags().StringSliceVar(&s.pageOrigins, "page-origins", nil, "`origins`, separated by commas, whose pages GET /v1/page shows with their terms marked (default: none)")
	cmd.Flags().StringVar(&s.address, "address", "", "`origin` of the service in its own answers, such as https://example.org (default: what requests say); where it listens is --addr")
	cmd.Flags().StringVar(&s.defaults, "options", "", "`options` of annotations for requests that do not say otherwise, such as \"min-score=0.4&occurrences=first\"")
	cmd.Flags().Int64Var(&s.maxBody, "max-body", worker.DefaultMaxBody, "largest text, article, page or line of a batch in `bytes`")
	cmd.Flags().DurationVar(&s.maxWait, "max-wait", worker.DefaultMaxWait, "how long a request may wait for its turn; one that would have to wait longer is answered 503 at once")
	cmd.Flags().Int64Var(&s.maxBatch, "max-batch", 0, "largest body of NDJSON in `bytes`; 0 means no limit, and the answer is streamed")
	cmd.Flags().BoolVar(&s.watch, "watch", false, "follow changes of the files")
	s.access.add(cmd)
	s.observing.add(cmd)
	s.data.add(cmd)
	s.sources.addAll(cmd)
	if err := cmd.MarkFlagDirname("static"); err != nil {
		panic(err) // the flag does not exist
	}
	return cmd
}

// service is one run of the command.
type service struct {
	index, addr, static string
	address             string
	defaults            string
	maxBody, maxBatch   int64
	maxWait             time.Duration
	origins             []string
	pageOrigins         []string
	watch               bool
	sources             sources
	data                dataFlags
	access              accessFlags
	observing           observeFlags

	options worker.Options
	current atomic.Pointer[worker.Service] // what live serves
	live    server.Live
	digest  string // of the index in use
	log     *slog.Logger
	errs    io.Writer
}

func (s *service) run(cmd *cobra.Command) error {
	fromSources := len(s.sources.glossary)+len(s.sources.articles) > 0
	switch {
	case s.index == "":
		return usagef("the index is missing: name it with --index site.postil")
	case s.maxBody < 1:
		return usagef("--max-body is %d, want a number of bytes", s.maxBody)
	case s.maxWait <= 0:
		return usagef("--max-wait is %v, want a time such as 1s", s.maxWait)
	case s.maxBatch < 0:
		return usagef("--max-batch is %d, want a number of bytes, or 0 for no limit", s.maxBatch)
	case fromSources && !s.watch:
		return usagef("--glossary and --articles are for --watch: build the index first, with postil build")
	}
	s.errs = cmd.ErrOrStderr()
	var err error
	if s.log, err = s.observing.logger(s.errs); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	st, err := s.data.open()
	if err != nil {
		return err
	}
	if err := s.configure(st); err != nil {
		return err
	}
	var w *server.Watcher
	if s.watch { // from before the first build, so that no change is missed
		var err error
		if w, err = server.NewWatcher(s.watched(fromSources)...); err != nil {
			return fmt.Errorf("watch files: %w", err)
		}
		defer w.Close()
	}
	if err := s.start(fromSources); err != nil {
		return err
	}
	handler, err := s.handler()
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", s.addr)
	if err != nil {
		return err
	}
	if handler, err = s.observing.observe(ctx, handler, s.log); err != nil {
		l.Close()
		return err
	}
	if w != nil {
		go s.follow(ctx, w, fromSources)
	}
	if st != nil {
		go s.maintain(ctx)
	}
	fmt.Fprintf(cmd.OutOrStdout(), "listening on http://%s\n", l.Addr())
	return server.Serve(ctx, l, handler, s.log)
}

// start makes the first index available.
func (s *service) start(fromSources bool) error {
	if !fromSources {
		return s.reopen()
	}
	err := s.rebuild()
	if err == nil {
		return nil
	}
	if s.reopen() != nil {
		return err
	}
	s.log.Warn("the sources cannot be built, serving the index as it was", "index", s.index, "error", err)
	return nil
}

func (s *service) handler() (http.Handler, error) {
	api, err := server.NewDescription(&s.live)
	if err != nil || s.static == "" {
		return api, err
	}
	root, err := os.OpenRoot(s.static) // stays open as long as the server runs
	if err != nil {
		return nil, err
	}
	return server.NewStatic(root.FS(), api)
}

func (s *service) watched(fromSources bool) []string {
	if fromSources {
		files := append(slices.Clone(s.sources.glossary), s.sources.articles...)
		return slices.DeleteFunc(files, source.IsAddress)
	}
	return []string{s.index}
}

// follow keeps the index up to date; on errors the old one stays.
func (s *service) follow(ctx context.Context, w *server.Watcher, fromSources bool) {
	err := w.Run(ctx, func() {
		update := s.reopen
		if fromSources {
			update = s.rebuild
		}
		if err := update(); err != nil {
			s.log.Warn("the change was not taken over", "error", err)
		}
	})
	if err != nil {
		s.log.Error("files are no longer watched", "error", err)
	}
}

// reopen reads the index file.
func (s *service) reopen() error {
	a, err := indexfile.Read(s.index)
	if err == nil {
		err = s.fits(a)
	}
	if err != nil {
		return err
	}
	s.use(a)
	return nil
}

// rebuild compiles the sources, and if that changes the index, keeps it in its
// file and takes it into use.
func (s *service) rebuild() error {
	m, err := s.sources.read(func(string, int, int) {})
	if err != nil {
		return err
	}
	if err := m.report(s.errs, diag.Style{Color: colorFlag("auto").on(s.errs)}); err != nil {
		return err
	}
	index, err := postil.Compile(m.terms, m.options(vectors.English()))
	if err != nil {
		return err
	}
	a, err := postil.OpenWith(index, postil.OpenOptions{Languages: language.All()})
	if err != nil {
		return err
	}
	if s.digest == a.Digest() {
		return nil
	}
	if err := s.fits(a); err != nil {
		return err
	}
	err = atomicfile.Write(s.index, func(w io.WriteSeeker) error {
		_, err := w.Write(index)
		return err
	})
	if err != nil {
		return err
	}
	s.use(a)
	return nil
}

// configure sets what the interface is told besides its index.
func (s *service) configure(st *dirstore.Dir) error {
	s.options = worker.Options{MaxBody: s.maxBody, MaxBatch: s.maxBatch, MaxWait: s.maxWait, Turns: runtime.GOMAXPROCS(0), Version: version, Log: s.log}
	s.options.Pages = worker.PageOptions{Transport: outbound.New(outbound.Options{}), Decode: outbound.Decode}
	for _, flag := range [][2]string{
		{"origins", strings.Join(s.origins, " ")}, {"page-origins", strings.Join(s.pageOrigins, " ")}, {"address", s.address}, {"options", s.defaults},
	} {
		if err := config.ReadFlag(flag[0], flag[1], &s.options); err != nil {
			return usagef("%v", err)
		}
	}
	limit, err := s.access.limiter()
	if err != nil {
		return err
	}
	s.options.Limit = limit
	if s.options.Keys, err = s.access.readKeys(); err != nil {
		return err
	}
	if s.maxBatch == 0 {
		s.options.MaxBatch = -1
	}
	if st == nil {
		return nil
	}
	return s.data.apply(&s.options, st)
}

func (s *service) use(a *postil.Annotator) {
	s.digest = a.Digest()
	api := worker.New(a, s.options)
	s.current.Store(api)
	s.live.Set(api)
	s.log.Info("index in use", "digest", a.Digest(), "terms", a.Info().Terms, "articles", a.Articles())
}
