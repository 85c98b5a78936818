package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"

	"github.com/spf13/cobra"

	"postil/indexer/server"
	"postil/worker"
	"postil/worker/config"
)

// accessFlags say who may read, and how many requests a client may make.
type accessFlags struct {
	keys    string
	rate    string
	proxies int
}

func (f *accessFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.keys, "keys", "", "`file` with the SHA-256 of each key that may read, in hexadecimal digits; \"@ORIGIN\" after it limits it to pages of that origin (default: everybody may read)")
	completeFiles(cmd, "keys", nil)
	cmd.Flags().StringVar(&f.rate, "rate", "", "`requests` that a client may make in a time, such as 600/60s; a client is an IPv4 address or the /64 of an IPv6 address (default: any number)")
	cmd.Flags().IntVar(&f.proxies, "proxies", 0, "`number` of proxies before the service, of which each appends to X-Forwarded-For whom it saw; with 0 that header counts for nothing")
}

// limiter is nil without a rate.
func (f *accessFlags) limiter() (func(http.Header, *http.Request) error, error) {
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

// readKeys reads the file of keys. One without any would open the service to all.
func (f *accessFlags) readKeys() ([]worker.Key, error) {
	if f.keys == "" {
		return nil, nil
	}
	text, err := os.ReadFile(f.keys)
	if err != nil {
		return nil, err
	}
	keys, err := worker.ParseKeys(string(text))
	if err == nil && len(keys) == 0 {
		err = errors.New("there is no key")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.keys, err)
	}
	return keys, nil
}
