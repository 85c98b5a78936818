package markup

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// article is a page of some 10 KB as publishers make them: a head with
// metadata and a script, a menu, and paragraphs with links and emphasis.
func article() string {
	var s strings.Builder
	s.WriteString(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Cloud contracts under review</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/site.css">
<script>window.site = {section: "policy", track: function (n) { return n < 3 && "<p>"; }};</script></head>
<body class="page page--article"><header><nav aria-label="Main"><ul>`)
	for range 8 {
		s.WriteString(`<li class="menu__item"><a class="menu__link" href="/section/policy">Policy &amp; law</a></li>` + "\n")
	}
	s.WriteString(`</ul></nav></header><main><article><h1>Regulators look again at cloud contracts</h1>`)
	for range 8 {
		s.WriteString(`<h2 id="exit">What leaving costs</h2>
<p>The authority&rsquo;s second report on <a href="https://example.org/market-study?part=2&amp;page=7" rel="external">public
cloud</a> says that <em>egress fees</em> and committed spend keep customers where they are. Providers answer that prices
fell by a third, and that moving a workload costs <strong>less than in 2021</strong>, whatever the invoice shows.</p>
<p>Nobody disputes that the largest three hold most of the market. The dispute is about remedies: interoperability by
default, a cap on fees, or &ldquo;nothing that a court would have to supervise&rdquo;, as one adviser put it. Two bidders
for the training cluster withdrew their offers in March; a third asked for more time.</p>
<figure><img src="/img/cluster.avif" alt="" width="720" height="405" loading="lazy"><figcaption>A hall of accelerators
before the racks arrived.</figcaption></figure>
<ul><li>Notice of six months instead of twelve</li><li>Export of logs in an open format</li><li>No charge below 100 GB</li></ul>
`)
	}
	s.WriteString(`</article></main><footer><p>&copy; 2026 <a href="/imprint">Imprint</a></p></footer></body></html>`)
	return s.String()
}

func BenchmarkParse(b *testing.B) {
	bench := func(name string, pages []string) {
		size := 0
		for _, page := range pages {
			size += len(page)
		}
		run := func(parser string, parse func(string) bool) {
			b.Run(name+"/"+parser, func(b *testing.B) {
				b.SetBytes(int64(size))
				b.ReportAllocs()
				for b.Loop() {
					for _, page := range pages {
						if !parse(page) {
							b.Fatal("no text")
						}
					}
				}
			})
		}
		run("new", func(page string) bool { return Parse(page).Text != "" })
		var d Document
		run("reused", func(page string) bool { d.Parse(page); return d.Text != "" })
		run("x-net-html", func(page string) bool {
			doc, err := html.Parse(strings.NewReader(page))
			return err == nil && doc.FirstChild != nil
		})
		run("x-net-tokenizer", func(page string) bool {
			z := html.NewTokenizer(strings.NewReader(page))
			n := 0
			for z.Next() != html.ErrorToken {
				n += len(z.Raw())
			}
			return n > 0
		})
	}
	bench("article", []string{article()})
	if pages := realPages(b); len(pages) > 0 {
		bench("real", pages)
	}
}

func BenchmarkInsert(b *testing.B) {
	src := article()
	d := Parse(src)
	marks := wordMarks(d, 20)
	dst := make([]byte, 0, 2*len(src))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		dst = Insert(dst[:0], src, marks)
	}
}

// realPages are the pages that the project measures with, if they are at hand.
func realPages(t testing.TB) []string {
	files, err := filepath.Glob("../../../shared/eval/html/*.html")
	if err != nil {
		t.Fatal(err)
	}
	var pages []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, strings.ToValidUTF8(string(data), "\uFFFD"))
	}
	return pages
}
