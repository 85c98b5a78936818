package source_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postil/indexer/source"
)

var errGone = errors.New("gone")

// site answers from a map of address to type, a space, and content.
func site(pages map[string]string) source.Getter {
	return func(_ context.Context, address string) (source.Page, error) {
		kind, data, ok := strings.Cut(pages[address], " ")
		if !ok {
			return source.Page{}, errGone
		}
		return source.Page{Address: address, Type: kind, Data: []byte(data)}, nil
	}
}

func zipped(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

func page(title, text string) string {
	return "text/html;charset=utf-8 <title>" + title + "</title><article><h1>" + title + "</h1><p>" + text + "</article>"
}

const sitemaps = "http://www.sitemaps.org/schemas/sitemap/0.9"

// TestWeb reads a site by its sitemap, its feeds, and page by page.
func TestWeb(t *testing.T) {
	const host = "https://news.example"
	pages := map[string]string{
		host + "/sitemap.xml": `application/xml <?xml version="1.0"?><sitemapindex xmlns="` + sitemaps + `">
			<sitemap><loc>` + host + `/a.xml.gz</loc></sitemap><sitemap><loc>` + host + `/none.xml</loc></sitemap>
			<sitemap><loc>` + host + `/sitemap.xml</loc></sitemap></sitemapindex>`,
		host + "/a.xml.gz": "application/gzip " + zipped(`<urlset xmlns="`+sitemaps+`"><url><loc> `+host+`/one/ </loc></url>
			<url><loc>`+host+`/two.html</loc></url><url><loc>`+host+`/lost</loc></url><url><loc>`+host+`/one/</loc></url>
			<url><loc>`+host+`/logo.png</loc></url><url><loc>file:///etc/passwd</loc></url></urlset>`),
		host + "/one/":     page("One", "The first text."),
		host + "/two.html": page("Two", "The second text."),
		host + "/logo.png": "image/png \x89PNG",
		host + "/rss": `application/rss+xml <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
			<item><title>Whole</title><link>/whole</link><pubDate>Mon, 27 Apr 2026 09:30:00 GMT</pubDate>
			<description>Short.</description><content:encoded><![CDATA[<h2>Head</h2><p>All of it.]]></content:encoded></item>
			<item><title>Linked</title><link>` + host + `/one/</link><description>Short.</description></item>
			<item><title>No link</title><guid isPermaLink="false">tag-7</guid><description>A note.</description></item></channel></rss>`,
		host + "/atom": `application/atom+xml <feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Entry</title>
			<link href="` + host + `/entry.html"/><id>x</id><updated>2026-04-01T00:00:00Z</updated><published>2026-04-02T00:00:00Z</published>
			<content type="html">&lt;p&gt;An entry.</content></entry></feed>`,
		host + "/note.md": "text/markdown # Note\n\nIn *Markdown*.",
		host + "/bad.xml": "application/xml <nothing/>",
	}
	for _, c := range []struct {
		path     string
		want     string // id|title|url|published|text
		problems string
	}{
		{"/sitemap.xml", "one|One|" + host + "/one/||The first text.; two|Two|" + host + "/two.html||The second text.", "/logo.png wrong-type; /lost unreachable; /none.xml unreachable"},
		{"/rss", "whole|Whole|" + host + "/whole|2026-04-27T09:30:00Z|Head All of it.; tag-7|No link|||A note.; one|One|" + host + "/one/||The first text.", ""},
		{"/atom", "entry|Entry|" + host + "/entry.html|2026-04-02|An entry.", ""},
		{"/two.html", "two|Two|" + host + "/two.html||The second text.", ""},
		{"/note.md", "note|Note|||Note In Markdown.", ""},
		{"/bad.xml", "", "/bad.xml syntax"},
	} {
		got, err := source.Web{Get: site(pages)}.ReadArticles(t.Context(), host+c.path)
		if err != nil {
			t.Fatal(err)
		}
		var all, problems []string
		for _, a := range got.Articles {
			all = append(all, strings.Join([]string{a.ID, a.Title, a.URL, a.Published, strings.Join(strings.Fields(a.Text), " ")}, "|"))
		}
		for _, p := range got.Problems {
			problems = append(problems, strings.TrimPrefix(p.Position.File, host)+" "+p.Code)
		}
		if s := strings.Join(all, "; "); s != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.path, s, c.want)
		}
		if s := strings.Join(problems, "; "); s != c.problems {
			t.Errorf("%s: problems %v, want %s", c.path, got.Problems, c.problems)
		}
	}
	if _, err := (source.Web{Get: site(pages)}).ReadArticles(t.Context(), host+"/lost"); !errors.Is(err, errGone) {
		t.Errorf("an address that has nothing: %v", err)
	}
	if _, err := source.ReadArticles(host); err == nil {
		t.Error("an address is read without a getter")
	}
}

// TestWebAndFiles: files and addresses come in the order in which they are named,
// and a large sitemap is read whole, with its progress.
func TestWebAndFiles(t *testing.T) {
	dir := t.TempDir()
	feed := `<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Local</title><id>x</id><content>Of a file.</content><link href="https://x.example/local"/></entry></feed>`
	if err := os.WriteFile(filepath.Join(dir, "f.atom"), []byte(feed), 0o600); err != nil {
		t.Fatal(err)
	}
	const host = "https://news.example"
	pages, list := map[string]string{}, ""
	for i := range 50 {
		address := fmt.Sprintf("%s/p%02d", host, i)
		pages[address] = page("P", "Text.")
		list += "<url><loc>" + address + "</loc></url>"
	}
	pages[host+"/map"] = "text/xml <urlset>" + list + "</urlset>"
	var done, total int
	web := source.Web{Get: site(pages), Progress: func(d, n int) { done, total = d, n }}
	got, err := web.ReadArticles(t.Context(), host+"/map", dir, host+"/p07")
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Articles) != 51 || got.Articles[0].ID != "p00" || got.Articles[49].ID != "p49" || got.Articles[50].ID != "local" {
		t.Errorf("%d articles", len(got.Articles))
	}
	if done != 50 || total != 50 {
		t.Errorf("progress %d of %d", done, total)
	}
}
