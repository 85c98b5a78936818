package source

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/mmcdole/gofeed"

	"postil"
)

// readFeed reads a file in RSS or Atom: each entry with its content is an
// article.
func readFeed(f *file, c *collector) {
	data, ok := c.load()
	if ok {
		entries(f, c, data, func(*gofeed.Item) bool { return false })
	}
}

// takeFeed is readFeed for a feed with an address: of entries without their
// content it notes the pages.
func (w *crawl) takeFeed(f *file) {
	entries(f, w.collector, f.data, func(item *gofeed.Item) bool {
		if strings.TrimSpace(item.Content) != "" || item.Link == "" {
			return false
		}
		w.note(absolute(f.address, item.Link))
		return true
	})
}

// entries adds the entries of a feed but for those that other takes care of.
func entries(f *file, c *collector, data []byte, other func(*gofeed.Item) bool) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(data))
	if err != nil {
		c.warn(f.at(0, 0), "syntax", "it is left out: it is neither a sitemap nor a feed: %v", err)
		return
	}
	for _, item := range feed.Items {
		if !other(item) {
			c.entry(f, item)
		}
	}
}

func (c *collector) entry(f *file, item *gofeed.Item) {
	content := item.Content
	if strings.TrimSpace(content) == "" {
		content = item.Description
	}
	a := postil.Article{Title: strings.Join(strings.Fields(item.Title), " "), URL: absolute(f.address, item.Link)}
	doc, err := parseHTML([]byte(content))
	if err != nil {
		c.warn(f.at(0, 0), "syntax", "the entry %q is left out: %v", a.Title, err)
		return
	}
	a.Text, a.Headings = proseOf(doc)
	if item.PublishedParsed != nil {
		a.Published = timestamp(*item.PublishedParsed)
	}
	for _, name := range []string{item.Link, item.GUID, item.Title} {
		if u, err := url.Parse(name); err == nil && a.ID == "" {
			a.ID = idOf(strings.TrimSuffix(u.Path, ".html"))
		}
	}
	if a.ID == "" {
		a.ID = idOf(f.name)
	}
	c.add(f.at(0, 0), a)
}

// absolute resolves an address, if there is one, against that of where it stands.
func absolute(base, address string) string {
	b, err := url.Parse(base)
	if err != nil || address == "" {
		return address
	}
	u, err := b.Parse(address)
	if err != nil {
		return address
	}
	return u.String()
}
