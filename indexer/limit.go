package main

import (
	"net/http"

	"github.com/spf13/cobra"

	"postil/indexer/server"
	"postil/worker/config"
)

// limitFlags say how many requests a client may make.
type limitFlags struct {
	rate    string
	proxies int
}

func (f *limitFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.rate, "rate", "", "`requests` that a client may make in a time, such as 600/60s; a client is an IPv4 address or the /64 of an IPv6 address (default: any number)")
	cmd.Flags().IntVar(&f.proxies, "proxies", 0, "`number` of proxies before the service, of which each appends to X-Forwarded-For whom it saw; with 0 that header counts for nothing")
}

// limiter is nil without a rate.
func (f *limitFlags) limiter() (func(http.Header, *http.Request) error, error) {
	r, err := config.ParseRate(f.rate)
	switch {
	case err != nil:
		return nil, usagef("--rate is %q, want requests and seconds such as 600/60s", f.rate)
	case f.proxies < 0:
		return nil, usagef("--proxies is %d, want a number of proxies", f.proxies)
	case r.Requests == 0:
		return nil, nil
	}
	l, err := server.NewLimiter(server.LimitOptions{Requests: r.Requests, Period: r.Period, Proxies: f.proxies})
	if err != nil {
		return nil, err
	}
	return l.Limit, nil
}
