package main

// page is what the layout needs to know of a page; Data is for its template.
type page struct {
	Path        string // from the root; a final slash stands for index.html
	Template    string
	Section     string // which entry of the navigation it belongs to
	Title       string
	Description string
	Script      string // asset of the page's own script, or ""
	Embed       bool   // whether the page carries Postil's tag
	Origin      string
	Data        any
}

// pages lists all pages of the site.
func pages(g *glossary, articles []*article, described *interfaceDoc) []page {
	all := []page{
		{
			Path: "/", Template: "home", Embed: true, Script: "gloss.js",
			Title:       "Postil – a note in the margin",
			Description: "Postil finds the terms of a publisher's glossary in its articles and sets a note beside each one.",
			Data:        map[string]any{"Articles": articles, "Terms": len(g.Terms)},
		},
		{
			Path: "/articles/", Template: "articles", Section: "articles",
			Title:       "Articles",
			Description: "Ten articles on AI policy, law and infrastructure, each with one script tag.",
			Data:        articles,
		},
		{
			Path: "/glossary/", Template: "glossary", Section: "glossary", Script: "glossary.js",
			Title:       "Glossary",
			Description: "Terms of AI policy, law and infrastructure, defined in a few sentences and with their sources.",
			Data:        g,
		},
		{
			Path: "/search/", Template: "search", Section: "search", Script: "search.js",
			Title:       "Search",
			Description: "Search the articles and the terms of the glossary, by words, phrases and fields.",
		},
		{
			Path: "/guide/", Template: "guide", Section: "guide",
			Title:       "Guide",
			Description: "How to put Postil on a page: one tag, its options, its look, its events, and the interface behind it.",
		},
		{
			Path: "/docs/", Template: "docs", Section: "docs", Script: "docs.js",
			Title:       "Interface",
			Description: "The HTTP interface: every call with its parameters, answers and errors, with examples to copy and to try.",
			Data:        described,
		},
		{
			Path: "/playground/", Template: "playground", Section: "playground", Embed: true, Script: "playground.js",
			Title:       "Playground",
			Description: "Paste a text or a page and see what Postil finds in it, with scores and the request to copy.",
			Data:        articles,
		},
		{
			Path: "/404.html", Template: "missing",
			Title:       "Not found",
			Description: "There is no page at this address.",
		},
	}
	for i, a := range articles {
		all = append(all, page{
			Path: a.Path(), Template: "article", Section: "articles", Embed: true, Script: "gloss.js",
			Title: a.Title, Description: a.Summary,
			Data: map[string]any{"Article": a, "Next": articles[(i+1)%len(articles)]},
		})
	}
	for _, t := range g.Terms {
		all = append(all, page{
			Path: t.Path, Template: "term", Section: "glossary",
			Title: t.Label, Description: t.Definition,
			Data: t,
		})
	}
	return all
}
