package main

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"postil"
	"postil/indexer/source"
)

// glossary is what the site shows of a glossary: its visible terms by label.
type glossary struct {
	Terms []*term
	Kinds []string // distinct, sorted
	byID  map[string]*term
}

type term struct {
	postil.Term
	Path     string
	Letter   string    // heading that it stands under in the index
	Related  []*term   // SeeAlso, as far as visible
	Back     []*term   // terms that name this one in their SeeAlso, and are not in Related
	Mentions []mention // articles that mention it, newest first
}

// pageName are the ids that can be a folder's name and part of an address as
// they are.
var pageName = regexp.MustCompile(`^[\p{L}\p{N}][\p{L}\p{N}._-]*$`)

func readGlossary(path string) (*glossary, error) {
	read, err := source.ReadGlossary(path)
	if err != nil {
		return nil, err
	}
	g := &glossary{byID: map[string]*term{}}
	for _, t := range read.Terms {
		if t.Hidden {
			continue
		}
		if !pageName.MatchString(t.ID) {
			return nil, fmt.Errorf("the term id %q cannot name a page: use letters, digits, dots and dashes", t.ID)
		}
		shown := &term{Term: t, Path: "/glossary/" + url.PathEscape(t.ID) + "/", Letter: letter(t.Label)}
		g.Terms = append(g.Terms, shown)
		g.byID[t.ID] = shown
		if t.Kind != "" && !slices.Contains(g.Kinds, t.Kind) {
			g.Kinds = append(g.Kinds, t.Kind)
		}
	}
	slices.Sort(g.Kinds)
	order := collate.New(language.English, collate.Loose)
	slices.SortFunc(g.Terms, func(a, b *term) int {
		return cmp.Or(order.CompareString(a.Label, b.Label), cmp.Compare(a.ID, b.ID))
	})
	g.relate()
	return g, nil
}

// relate resolves the references between terms, in both directions.
func (g *glossary) relate() {
	for _, t := range g.Terms {
		for _, id := range t.SeeAlso {
			if other := g.byID[id]; other != nil {
				t.Related = append(t.Related, other)
			}
		}
	}
	for _, t := range g.Terms {
		for _, other := range t.Related {
			if !slices.Contains(other.Related, t) {
				other.Back = append(other.Back, t)
			}
		}
	}
}

func letter(label string) string {
	for _, r := range label {
		if unicode.IsLetter(r) {
			return strings.ToUpper(string(r))
		}
	}
	return "#"
}

// Names are all forms that the term is found by, other than its label.
func (t *term) Names() []string {
	return slices.Concat(t.Abbreviations, t.Aliases)
}

// LD describes the term in schema.org's vocabulary.
func (t *term) LD() map[string]any {
	ld := map[string]any{
		"@context":    "https://schema.org",
		"@type":       "DefinedTerm",
		"@id":         t.Path + "#term",
		"url":         t.Path,
		"name":        t.Label,
		"termCode":    t.ID,
		"description": t.Definition,
		"inDefinedTermSet": map[string]any{
			"@type": "DefinedTermSet",
			"@id":   "/glossary/#set",
			"name":  "AI policy, law and infrastructure",
			"url":   "/glossary/",
		},
	}
	if names := t.Names(); len(names) > 0 {
		ld["alternateName"] = names
	}
	var urls []string
	for _, s := range t.Sources {
		if s.URL != "" {
			urls = append(urls, s.URL)
		}
	}
	if len(urls) > 0 {
		ld["citation"] = urls
	}
	return ld
}

// Group is the terms under one letter.
type group struct {
	Letter string
	Terms  []*term
}

// Groups are the terms by letter, as the index shows them.
func (g *glossary) Groups() []group {
	var groups []group
	for _, t := range g.Terms {
		if n := len(groups); n == 0 || groups[n-1].Letter != t.Letter {
			groups = append(groups, group{Letter: t.Letter})
		}
		last := &groups[len(groups)-1]
		last.Terms = append(last.Terms, t)
	}
	return groups
}
