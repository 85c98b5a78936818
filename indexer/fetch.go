package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"postil/indexer/source"
)

const (
	// maxPage is the size of the largest page that is read, in bytes.
	maxPage = 16 << 20
	// pageTime is how long one may take.
	pageTime = 30 * time.Second
)

// fetch returns what gets pages for postil build.
func fetch(client *http.Client) source.Getter {
	return func(ctx context.Context, address string) (source.Page, error) {
		ctx, cancel := context.WithTimeout(ctx, pageTime)
		defer cancel()
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
		if err != nil {
			return source.Page{}, err
		}
		r.Header.Set("User-Agent", "postil/"+version)
		r.Header.Set("Accept", "text/html, application/xhtml+xml, application/xml, application/rss+xml, application/atom+xml, text/markdown, text/plain, */*;q=0.1")
		res, err := client.Do(r)
		if err != nil {
			return source.Page{}, err
		}
		defer res.Body.Close()
		if res.StatusCode != http.StatusOK {
			return source.Page{}, fmt.Errorf("it answers %s", res.Status)
		}
		data, err := io.ReadAll(io.LimitReader(res.Body, maxPage+1))
		if err != nil {
			return source.Page{}, err
		}
		if len(data) > maxPage {
			return source.Page{}, fmt.Errorf("it is larger than %d MiB", maxPage>>20)
		}
		return source.Page{Address: res.Request.URL.String(), Type: res.Header.Get("Content-Type"), Data: data}, nil
	}
}
