// Command site builds Postil's demo site: the articles, each with the one
// script tag that a publisher adds, the glossary with a page for every term,
// a guide and the playground. It writes static files that work under a strict
// content security policy.
//
//	go run ./web/site -glossary glossary -articles web/demo/articles -index build/index/site.postil -out build/web
//
// The scripts must have been bundled into the same folder before, by
// web/build.mjs.
package main

import (
	"flag"
	"fmt"
	"log"
	"strings"
)

type config struct {
	glossary string // file or folder of the glossary
	articles string // folder of the articles
	index    string // file of the index that knows the articles, or "" for none
	out      string // folder to write to, with the bundled scripts in it
	origin   string // where the site will be, such as https://postil.example, or ""
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("site: ")
	var c config
	flag.StringVar(&c.glossary, "glossary", "glossary", "file or folder of the glossary")
	flag.StringVar(&c.articles, "articles", "web/demo/articles", "folder of the articles")
	flag.StringVar(&c.index, "index", "", "index with the articles, from which those related to an article are taken")
	flag.StringVar(&c.out, "out", "build/web", "folder to write to")
	flag.StringVar(&c.origin, "origin", "", "scheme and host of the finished site, for canonical links")
	flag.Parse()
	c.origin = strings.TrimSuffix(c.origin, "/")
	if err := c.build(); err != nil {
		log.Fatal(err)
	}
}

func (c config) build() error {
	glossary, err := readGlossary(c.glossary)
	if err != nil {
		return err
	}
	articles, err := readArticles(c.articles)
	if err != nil {
		return err
	}
	if c.index != "" {
		if err := relate(articles, glossary, c.index); err != nil {
			return err
		}
	}
	assets, err := writeAssets(c.out)
	if err != nil {
		return err
	}
	r, err := newRenderer(c, assets)
	if err != nil {
		return err
	}
	values := map[string]string{}
	if len(articles) > 0 {
		values["/v1/articles/{id}"], values["/v1/articles/{id}/related"] = articles[0].Slug, articles[0].Slug
	}
	described, err := readInterface(values)
	if err != nil {
		return fmt.Errorf("docs/openapi.yaml: %w", err)
	}
	for _, p := range pages(glossary, articles, described) {
		if err := r.write(p); err != nil {
			return fmt.Errorf("page %s: %w", p.Path, err)
		}
	}
	if err := writeDescription(c.out); err != nil {
		return err
	}
	return writeHeaders(c.out)
}
