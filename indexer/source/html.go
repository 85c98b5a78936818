package source

import (
	"bytes"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"postil"
	"postil/internal/article"
)

// readHTML reads a page as an article: its main content as readability finds
// it, its title, date, canonical URL and headings. A page without a main
// content is read whole.
func readHTML(f *file, c *collector) {
	data, ok := c.load()
	if !ok {
		return
	}
	doc, err := parseHTML(data)
	if err != nil {
		c.warn(f.at(0, 0), "syntax", "the article is left out: %v", err)
		return
	}
	a := postil.Article{URL: canonical(doc)}
	if a.URL == "" {
		a.URL = f.address
	}
	if title := element(doc, func(n *html.Node) bool { return n.DataAtom == atom.Title }); title != nil && title.FirstChild != nil {
		a.Title = strings.Join(strings.Fields(title.FirstChild.Data), " ")
	}
	dated := timeElement(doc) // a footer may have it
	dropAround(doc)           // of a short page readability takes all
	parser := readability.NewParser()
	if page, err := parser.ParseDocument(doc, base(a.URL)); err == nil {
		a.Title = mainTitle(a.Title, strings.Join(strings.Fields(page.Title()), " "))
		if published, err := page.PublishedTime(); err == nil {
			a.Published = timestamp(published)
		}
		if page.Node != nil {
			a.Text, a.Headings = proseOf(page.Node)
		}
	}
	if a.Text == "" {
		a.Text, a.Headings = proseOf(doc)
	}
	if a.Published == "" {
		a.Published = dated
	}
	c.add(f.at(0, 0), a)
}

// mainTitle chooses between a page's whole title and what readability leaves
// of it. Readability drops the site's name, and also what precedes a colon,
// which is as often part of the title.
func mainTitle(whole, short string) string {
	before, _, found := strings.Cut(whole, short)
	if short == "" || found && strings.HasSuffix(strings.TrimSpace(before), ":") {
		return whole
	}
	return short
}

// parseHTML decodes a page as its bytes and its meta elements say; without a
// word it is UTF-8 if it can be.
func parseHTML(data []byte) (*html.Node, error) {
	if !utf8.Valid(data) {
		encoding, _, _ := charset.DetermineEncoding(data, "")
		decoded, err := encoding.NewDecoder().Bytes(data)
		if err != nil {
			return nil, err
		}
		data = decoded
	}
	return html.Parse(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
}

// canonical returns the page's own address as it states it.
func canonical(doc *html.Node) string {
	link := element(doc, func(n *html.Node) bool {
		return n.DataAtom == atom.Link && strings.EqualFold(attribute(n, "rel"), "canonical") && attribute(n, "href") != ""
	})
	if link != nil {
		return attribute(link, "href")
	}
	meta := element(doc, func(n *html.Node) bool {
		return n.DataAtom == atom.Meta && attribute(n, "property") == "og:url"
	})
	if meta != nil {
		return attribute(meta, "content")
	}
	return ""
}

// base is what readability resolves links against; it wants some URL.
func base(address string) *url.URL {
	if u, err := url.Parse(address); err == nil && u.IsAbs() {
		return u
	}
	return &url.URL{Scheme: "http", Host: "localhost", Path: "/"}
}

// timeElement is the first date of a time element that can be read.
func timeElement(doc *html.Node) string {
	n := element(doc, func(n *html.Node) bool {
		_, ok := article.Date(attribute(n, "datetime"))
		return n.DataAtom == atom.Time && attribute(n, "datetime") != "" && ok
	})
	if n == nil {
		return ""
	}
	return attribute(n, "datetime")
}

// timestamp drops a time of day that was not given.
func timestamp(t time.Time) string {
	if t.Equal(t.Truncate(24 * time.Hour)) {
		return t.UTC().Format(time.DateOnly)
	}
	return t.Format(time.RFC3339)
}
