package source

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"postil"
	"postil/indexer/diag"
	"postil/internal/article"
)

// Articles is what ReadArticles found, in the order of the files.
type Articles struct {
	// Articles are complete: each has an id that no other one has, and text.
	Articles []postil.Article
	// Problems are warnings about articles that were left out, or about parts
	// of them that could not be used.
	Problems []diag.Diagnostic
	// Files are the files read.
	Files []string

	places []diag.Position // of Articles
}

// At returns where Articles[i] begins: its file, and in a file of many its
// line.
func (a *Articles) At(i int) diag.Position { return a.places[i] }

// maxArticle is the size of the largest file read as one article.
const maxArticle = 16 << 20

func articleFormats() ([]string, map[string]func(*file, *collector)) {
	return []string{".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text", ".jsonl", ".ndjson", ".rss", ".atom"},
		map[string]func(*file, *collector){
			".html": readHTML, ".htm": readHTML, ".xhtml": readHTML,
			".md": readMarkdown, ".markdown": readMarkdown,
			".txt": readPlain, ".text": readPlain,
			".jsonl": readArticleLines, ".ndjson": readArticleLines,
			".rss": readFeed, ".atom": readFeed,
		}
}

// ArticleExtensions lists the file name extensions that ReadArticles takes.
func ArticleExtensions() []string {
	extensions, _ := articleFormats()
	return extensions
}

// ReadArticles reads articles from files and folders. A folder stands for all
// article files in it and below it, in lexical order; other files there are
// passed over, hidden ones too.
//
// An article's id is what the file states, or its path below the folder that
// was named, without extension and with hyphens for slashes. An article that
// cannot be used is left out and reported. The error says which path cannot
// be read.
func ReadArticles(paths ...string) (*Articles, error) {
	return Web{}.ReadArticles(context.Background(), paths...)
}

// ReadArticles reads articles from files, folders and addresses, in the order in
// which they are named. Of a page that cannot be had although a sitemap or a feed
// names it there is a warning.
func (w Web) ReadArticles(ctx context.Context, paths ...string) (*Articles, error) {
	out := &Articles{}
	c := &crawl{Web: w, collector: &collector{out: out, first: map[string]diag.Position{}}, ctx: ctx, seen: map[string]bool{}}
	for len(paths) > 0 {
		n := slices.IndexFunc(paths, IsAddress)
		if n < 0 {
			n = len(paths)
		}
		err := c.readFiles(paths[:n])
		if err == nil && n < len(paths) {
			if w.Get == nil {
				return nil, fmt.Errorf("read articles: %s: only files are read here", paths[n])
			}
			err = c.read(paths[n])
			n++
		}
		if err != nil {
			return nil, fmt.Errorf("read articles: %w", err)
		}
		paths = paths[n:]
	}
	out.Problems = diag.Sort(out.Problems)
	return out, nil
}

func (c *collector) readFiles(paths []string) error {
	extensions, readers := articleFormats()
	files, err := find("article", extensions, paths)
	if err != nil {
		return err
	}
	for i := range files {
		c.file = &files[i]
		readers[files[i].ext](c.file, c)
		if c.err != nil {
			return c.err
		}
		c.out.Files = append(c.out.Files, files[i].path)
	}
	return nil
}

// collector gathers the articles of all files.
type collector struct {
	out   *Articles
	file  *file
	first map[string]diag.Position // of each id
	err   error                    // of the file system
}

func (c *collector) warn(at diag.Position, code, format string, args ...any) {
	c.out.Problems = append(c.out.Problems, diag.Diagnostic{
		Position: at, Severity: diag.Warning, Code: code, Message: fmt.Sprintf(format, args...)})
}

// load reads a file that is one article.
func (c *collector) load() ([]byte, bool) {
	data, err := c.file.read(maxArticle)
	if errors.Is(err, errTooLarge) {
		d := c.file.tooLarge(maxArticle, "it is left out")
		c.warn(d.Position, d.Code, "%s", d.Message)
		return nil, false
	}
	c.err = err
	return data, err == nil
}

// text is load for formats that are UTF-8 by definition.
func (c *collector) text() ([]byte, bool) {
	data, ok := c.load()
	if !ok {
		return nil, false
	}
	data = unixText(data)
	if d, bad := c.file.notUTF8(data); bad {
		c.warn(d.Position, d.Code, "%s", d.Message)
		return nil, false
	}
	return data, true
}

// add completes an article and keeps it, or says why not.
func (c *collector) add(at diag.Position, a postil.Article) {
	if a.ID == "" {
		a.ID = idOf(c.file.name)
	}
	before, twice := c.first[a.ID]
	switch problem := article.IDProblem(a.ID); {
	case problem != "":
		c.warn(at, "bad-id", "the article is left out: its id %q %s", a.ID, problem)
		return
	case twice:
		c.warn(at, "duplicate-id", "the article is left out: its id %q is that of %s", a.ID, before)
		return
	case strings.TrimSpace(a.Text) == "":
		c.warn(at, "empty", "the article is left out: it has no text")
		return
	}
	if a.URL != "" && !article.UsableURL(a.URL) {
		c.warn(at, "bad-url", "the article's URL %q is left out: want one with http or https, or a path", a.URL)
		a.URL = ""
	}
	if published, ok := article.Date(a.Published); ok {
		a.Published = published
	} else {
		c.warn(at, "bad-date", "the article's date %q is left out: want one like 2026-04-27 or 2026-04-27T09:30:00Z", a.Published)
		a.Published = ""
	}
	c.first[a.ID] = at
	c.out.Articles = append(c.out.Articles, a)
	c.out.places = append(c.out.places, at)
}

// idOf makes an id of a path.
func idOf(name string) string {
	return strings.Join(strings.FieldsFunc(name, func(r rune) bool {
		return r == '/' || unicode.IsSpace(r) || unicode.IsControl(r)
	}), "-")
}
