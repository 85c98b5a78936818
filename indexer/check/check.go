// Package check finds what is wrong with a glossary although it is well
// formed: what would mislead readers, match in the wrong places, or break.
package check

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	bcp47 "golang.org/x/text/language"

	"postil"
	"postil/indexer/diag"
	"postil/indexer/source"
	"postil/indexer/suggest"
	"postil/internal/article"
	"postil/internal/text"
	"postil/language"
)

// Glossary returns the diagnostics for a glossary, its problems of form
// included, sorted by place.
func Glossary(g *source.Glossary) []diag.Diagnostic {
	c := &checker{
		Glossary: g,
		ids:      make(map[string]int, len(g.Terms)),
		sharing:  map[int]bool{},
		common:   commonWords(),
		analysis: text.LanguageOf(cmp.Or(g.Language, "en"), language.All()),
		markdown: goldmark.New(goldmark.WithExtensions(extension.Strikethrough)).Parser(),
		found:    slices.Clone(g.Problems),
	}
	c.files()
	for i := range g.Terms {
		c.identity(i, &g.Terms[i])
	}
	for i := range g.Terms {
		t := &g.Terms[i]
		c.language(i, t)
		c.forms(i, t)
		c.lists(i, t)
		c.definition(i, t)
		c.sources(i, t)
		c.seeAlso(i, t)
		c.shown(i, t)
	}
	c.ids, c.names = nil, nil // room for what follows
	c.ambiguity()
	c.effect()
	return diag.Sort(c.found)
}

// Editorial reports whether a diagnostic's code stands for a question of
// judgement: an index can be built and does no harm, but serves its readers
// badly. The mistakes of form, identity and safety are not editorial.
func Editorial(code string) bool {
	switch code {
	case "ambiguous", "common-word", "single-letter", "unmatchable", "repeated-form", "list-in-item", "not-as-in-texts", "long-definition", "markup",
		"damaged-text", "dangling-see-also", "no-definition", "no-source", "address-in-title",
		"idle-context", "other-language":
		return true
	}
	return false
}

type checker struct {
	*source.Glossary
	ids      map[string]int    // number of the first term with an id
	names    map[string]string // ids by what terms are called, loosely, once asked for
	common   words
	analysis *text.Language // nil: as written
	markdown parser.Parser
	tokens   []text.Token
	key      []byte
	first    map[uint64]int32 // the first term with a form, by the hash of what is compared
	seed     maphash.Seed     // of that hash
	sharing  map[int]bool     // terms with a form that others have
	found    []diag.Diagnostic
}

func (c *checker) report(at diag.Position, s diag.Severity, code, format string, args ...any) {
	c.found = append(c.found, diag.Diagnostic{Position: at, Severity: s, Code: code, Message: fmt.Sprintf(format, args...)})
}

func (c *checker) errorf(at diag.Position, code, format string, args ...any) {
	c.report(at, diag.Error, code, format, args...)
}

// identity checks id and label. A field that is there but of a wrong type has
// been reported already.
func (c *checker) identity(i int, t *postil.Term) {
	if t.Label == "" && !c.ill(i, "label") {
		c.errorf(c.At(i, "label"), "missing-label", "the term has no label")
	}
	if t.ID == "" {
		if !c.ill(i, "id") {
			c.errorf(c.At(i, "id"), "missing-id", "the term has no id")
		}
		return
	}
	if problem := article.IDProblem(t.ID); problem != "" {
		c.errorf(c.At(i, "id"), "bad-id", "the id %.60q %s", t.ID, problem)
	}
	if first, twice := c.ids[t.ID]; twice {
		c.errorf(c.At(i, "id"), "duplicate-id", "the id %q is that of %s already", t.ID, c.At(first, "id"))
		return
	}
	c.ids[t.ID] = i
}

// ill reports whether a field has been found to be of a wrong type.
func (c *checker) ill(i int, field string) bool {
	at := c.At(i, field)
	return slices.ContainsFunc(c.Problems, func(d diag.Diagnostic) bool { return d.Position == at && d.Code == "wrong-type" })
}

func (c *checker) language(i int, t *postil.Term) {
	stated := func(s source.Statement) bool { return s.Language == t.Language } // which files looks at
	if t.Language != "" && !slices.ContainsFunc(c.Stated, stated) {
		c.tag(c.At(i, "language"), t.Language)
	}
}

// IsTag reports whether s is a BCP 47 tag of subtags that are registered. The parser
// takes underscores too, which nothing that reads the index would.
func IsTag(s string) bool {
	_, err := bcp47.Parse(s)
	return err == nil && !strings.Contains(s, "_")
}

// tag reports what is no language tag, and whether it is one.
func (c *checker) tag(at diag.Position, tag string) bool {
	if IsTag(tag) {
		return true
	}
	c.errorf(at, "bad-language", "the language %.40q is not a BCP 47 tag such as en or pt-BR", tag)
	return false
}

// files reports files whose language is no tag, or not that of the index: an index has
// one, by which the words of all terms are compared.
func (c *checker) files() {
	index := cmp.Or(c.Language, "en")
	for _, s := range c.Stated {
		if c.tag(s.At, s.Language) && !strings.EqualFold(text.PrimaryTag(s.Language), text.PrimaryTag(index)) {
			c.report(s.At, diag.Warning, "other-language",
				"the file is in %.40q, but the index in %q, by whose rules its words are compared: build an index for each language, or say --language %s", s.Language, index, s.Language)
		}
	}
}

func (c *checker) seeAlso(i int, t *postil.Term) {
	for n, id := range t.SeeAlso {
		at := c.AtItem(i, "see_also", n)
		j, known := c.ids[id]
		switch {
		case id == t.ID:
			c.errorf(at, "dangling-see-also", "see_also names the term itself")
		case !known:
			c.errorf(at, "dangling-see-also", "see_also names %q, which no term has as its id%s", id, c.similar(id))
		case c.Terms[j].Hidden:
			c.errorf(at, "dangling-see-also", "see_also names %q, which is hidden", id)
		}
	}
}

// similar suggests a term whose name, or nearly whose id, is what was given for
// an id.
func (c *checker) similar(id string) string {
	if c.names == nil {
		c.names = map[string]string{}
		for i := range c.Terms {
			c.name(c.Terms[i].ID, i)
		}
		for i := range c.Terms {
			for _, f := range formsOf(&c.Terms[i]) {
				c.name(f.written, i)
			}
		}
	}
	meant := c.names[loose(id)]
	if meant == "" && len(c.Terms) <= fewTerms {
		meant = suggest.Closest(id, slices.Sorted(maps.Keys(c.ids)))
	}
	if meant == "" {
		return ""
	}
	return fmt.Sprintf(": did you mean %s?", meant)
}

// name notes what a term is called, unless another one is called so.
func (c *checker) name(s string, i int) {
	if key := loose(s); c.names[key] == "" {
		c.names[key] = c.Terms[i].ID
	}
}

// loose is what names have in common that differ in letter case, blanks and hyphens.
func loose(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_.", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, name)
}

// fewTerms is the size up to which a glossary is searched for similar ids.
const fewTerms = 5000

// shown checks that readers of a visible term are told something, and where it
// comes from.
func (c *checker) shown(i int, t *postil.Term) {
	if t.Hidden || t.ID == "" {
		return
	}
	if t.Definition == "" {
		c.report(c.At(i, "id"), diag.Warning, "no-definition", "%q has no definition: write one, or hide the term", t.ID)
	}
	if len(t.Sources) == 0 {
		c.report(c.At(i, "id"), diag.Warning, "no-source", "%q has no source: name one, or hide the term", t.ID)
	}
}
