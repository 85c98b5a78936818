package source

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"mime"
	"net/url"
	"path"
	"strings"
	"sync"

	"postil/indexer/diag"
)

// A Page is what an address has.
type Page struct {
	Address string // where it was found in the end
	Type    string // its Content-Type
	Data    []byte
}

// A Getter fetches pages. It is called by several goroutines at once.
type Getter func(ctx context.Context, address string) (Page, error)

// Web reads articles from addresses besides files: pages, feeds in RSS or Atom,
// and sitemaps, whose pages it reads. The zero value reads files only.
type Web struct {
	Get Getter
	// Progress is told how many of the pages are read that are known of; nil means
	// that nobody is.
	Progress func(done, total int)
}

const (
	// fetchers is how many pages are fetched at once.
	fetchers = 4
	// maxPages bounds the pages of one ReadArticles.
	maxPages = 100_000
	// maxMaps bounds how deep sitemaps name sitemaps; their protocol has one level.
	maxMaps = 3
)

// IsAddress tells addresses of the web from paths.
func IsAddress(s string) bool {
	return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}

// crawl reads what the addresses that were named have.
type crawl struct {
	Web
	*collector
	ctx   context.Context
	seen  map[string]bool
	pages []string
}

// read reads one address that was named; if it cannot be had that is an error.
func (w *crawl) read(address string) error {
	p, err := w.Get(w.ctx, address)
	if err != nil {
		return fmt.Errorf("%s: %w", address, err)
	}
	w.seen[address] = true
	w.take(p, 0)
	return w.readPages()
}

// take reads a page as what it is. Of a sitemap it notes the pages.
func (w *crawl) take(p Page, depth int) {
	if err := w.err; err != nil {
		return
	}
	f := pageFile(p)
	w.file = &f
	switch f.ext {
	case ".html":
		readHTML(&f, w.collector)
	case ".md":
		readMarkdown(&f, w.collector)
	case ".txt":
		readPlain(&f, w.collector)
	case ".xml":
		w.takeXML(&f, depth)
	default:
		w.warn(f.at(0, 0), "wrong-type", "it is left out: its type is %q, want HTML, Markdown, plain text, RSS, Atom or a sitemap", p.Type)
	}
}

// pageFile makes a file of a page.
func pageFile(p Page) file {
	media, _, _ := mime.ParseMediaType(p.Type)
	f := file{path: p.Address, data: p.Data, address: p.Address}
	if bytes.HasPrefix(f.data, []byte{0x1f, 0x8b}) {
		f.data = inflate(f.data)
		media = "application/xml"
	}
	switch {
	case media == "text/html", media == "application/xhtml+xml":
		f.ext = ".html"
	case media == "text/markdown":
		f.ext = ".md"
	case media == "application/xml", media == "text/xml", strings.HasSuffix(media, "+xml"):
		f.ext = ".xml"
	case media == "text/plain":
		f.ext = ".txt"
	}
	if u, err := url.Parse(p.Address); err == nil {
		f.name = strings.Trim(strings.TrimSuffix(u.Path, path.Ext(u.Path)), "/")
		if f.name == "" {
			f.name = u.Host
		}
	}
	return f
}

// inflate decompresses a sitemap, up to the size of the largest that there is.
func inflate(data []byte) []byte {
	zip, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	data, err = io.ReadAll(io.LimitReader(zip, maxSitemap))
	if err != nil {
		return nil
	}
	return data
}

// maxSitemap is the size of the largest sitemap by its protocol, in bytes.
const maxSitemap = 50 << 20

// sitemap is a sitemap, or an index of sitemaps: https://www.sitemaps.org/protocol.html
type sitemap struct {
	XMLName xml.Name
	Pages   []location `xml:"url"`
	Maps    []location `xml:"sitemap"`
}

type location struct {
	Address string `xml:"loc"`
}

func (w *crawl) takeXML(f *file, depth int) {
	var m sitemap
	if err := xml.Unmarshal(f.data, &m); err != nil || m.XMLName.Local != "urlset" && m.XMLName.Local != "sitemapindex" {
		w.takeFeed(f)
		return
	}
	for _, p := range m.Pages {
		w.note(strings.TrimSpace(p.Address))
	}
	for _, p := range m.Maps {
		address := strings.TrimSpace(p.Address)
		if !IsAddress(address) || w.seen[address] || depth == maxMaps {
			continue
		}
		w.seen[address] = true
		next, err := w.Get(w.ctx, address)
		if err != nil {
			w.missing(address, err)
			continue
		}
		w.take(next, depth+1)
	}
}

// note has a page read later, once.
func (w *crawl) note(address string) {
	if IsAddress(address) && !w.seen[address] && len(w.pages) < maxPages {
		w.seen[address] = true
		w.pages = append(w.pages, address)
	}
}

func (w *crawl) missing(address string, err error) {
	w.warn(diag.Position{File: address}, "unreachable", "it is left out: %v", err)
}

// readPages fetches the pages that were noted, some at once, and reads them in
// their order.
func (w *crawl) readPages() error {
	for done := 0; len(w.pages) > 0; {
		batch := w.pages[:min(len(w.pages), fetchers)]
		w.pages = w.pages[len(batch):]
		got, errs := make([]Page, len(batch)), make([]error, len(batch))
		var all sync.WaitGroup
		for i, address := range batch {
			all.Go(func() { got[i], errs[i] = w.Get(w.ctx, address) })
		}
		all.Wait()
		for i := range batch {
			switch {
			case w.ctx.Err() != nil:
				return w.ctx.Err()
			case errs[i] != nil:
				w.missing(batch[i], errs[i])
			default:
				w.take(got[i], maxMaps)
			}
		}
		done += len(batch)
		if w.Progress != nil {
			w.Progress(done, done+len(w.pages))
		}
	}
	return w.err
}
