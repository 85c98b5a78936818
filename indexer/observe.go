package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"

	"github.com/spf13/cobra"

	"postil/indexer/server"
)

// observeFlags say how a service tells what it does.
type observeFlags struct {
	format, metrics string
}

func (f *observeFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.format, "log", "text", "`format` of the log: text, or json, which has a line for each request too")
	cmd.Flags().StringVar(&f.metrics, "metrics", "", "`address` of a listener of its own for Prometheus, such as localhost:9090 (default: none)")
	complete(cmd, "log", "text", "json")
}

// logger writes to w in the format that was asked for.
func (f *observeFlags) logger(w io.Writer) (*slog.Logger, error) {
	switch f.format {
	case "text":
		return slog.New(server.WithRequestID(slog.NewTextHandler(w, nil))), nil
	case "json":
		return slog.New(server.WithRequestID(slog.NewJSONHandler(w, nil))), nil
	}
	return nil, usagef("--log is %q, want text or json", f.format)
}

// observe tells of the requests of a handler, and serves the metrics until the
// context ends.
func (f *observeFlags) observe(ctx context.Context, next http.Handler, log *slog.Logger) (http.Handler, error) {
	requests := log
	if f.format != "json" {
		requests = nil
	}
	if f.metrics == "" {
		return server.Observe(next, requests, nil), nil
	}
	l, err := net.Listen("tcp", f.metrics)
	if err != nil {
		return nil, err
	}
	m := server.NewMetrics()
	go func() {
		if err := server.Serve(ctx, l, m.Handler(), log); err != nil {
			log.Error("metrics are no longer served", "error", err)
		}
	}()
	log.Info("metrics are served", "address", "http://"+l.Addr().String())
	return server.Observe(next, requests, m), nil
}
