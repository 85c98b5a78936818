package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"postil"
	"postil/indexer/check"
	"postil/indexer/diag"
	"postil/indexer/source"
)

// sources are the files that an index is made of.
type sources struct {
	glossary []string
	articles []string
	strict   bool
	lenient  bool
	language string
}

func (s *sources) addGlossary(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&s.glossary, "glossary", nil, "glossary `file` or folder: YAML, JSON Lines, JSON, CSV or TSV; may be repeated")
	completeFiles(cmd, "glossary", source.GlossaryExtensions())
}

func (s *sources) addStrict(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&s.strict, "strict", false, "take warnings for errors")
}

func (s *sources) addAll(cmd *cobra.Command) {
	s.addGlossary(cmd)
	s.addStrict(cmd)
	cmd.Flags().StringArrayVar(&s.articles, "articles", nil, "article `file`, folder or address: HTML, Markdown, plain text, JSON Lines, RSS or Atom; at an address also a sitemap; may be repeated")
	completeFiles(cmd, "articles", source.ArticleExtensions())
	cmd.Flags().BoolVar(&s.lenient, "lenient", false, "build in spite of errors of judgement, such as ambiguous forms; .jsonl files are always built so")
	s.addLanguage(cmd)
}

func (s *sources) addLanguage(cmd *cobra.Command) {
	addTag(cmd.Flags(), &s.language, "BCP 47 `tag` of the glossary (default: what its files say, or en)")
}

// material is what was read from the sources.
type material struct {
	terms    []postil.Term
	articles []postil.Article
	language string
	found    []diag.Diagnostic
	// passed counts the errors that do not stop the build.
	passed int
}

// readGlossary reads the glossary, in the language that the flag says if it says one.
func (s *sources) readGlossary() (*source.Glossary, error) {
	g, err := source.ReadGlossary(s.glossary...)
	if err == nil && s.language != "" {
		g.Language = s.language
	}
	return g, err
}

// read reads and checks everything. The error is of the file system; mistakes
// are in found.
func (s *sources) read(progress func(stage string, done, total int)) (*material, error) {
	m := &material{language: s.language}
	progress("glossary", 0, 2)
	g, err := s.readGlossary()
	if err != nil {
		return nil, err
	}
	progress("glossary", 1, 2)
	m.terms, m.language = g.Terms, g.Language
	m.found = check.Glossary(g)
	progress("reading articles", 0, 1)
	web := source.Web{Get: fetch(&http.Client{}), Progress: func(done, total int) { progress("reading pages", done, total) }}
	articles, err := web.ReadArticles(context.Background(), s.articles...)
	if err != nil {
		return nil, err
	}
	m.articles = articles.Articles
	m.found = append(m.found, articles.Problems...)
	if s.strict {
		diag.Strict(m.found)
	} else {
		m.pass(s.lenient)
	}
	return m, nil
}

// pass turns errors of judgement into warnings, where the glossary is not the
// author's own: a vocabulary of others, exported to JSON Lines, is as it is.
func (m *material) pass(lenient bool) {
	for i := range m.found {
		d := &m.found[i]
		if d.Severity == diag.Error && check.Editorial(d.Code) && (lenient || exported(d.File)) {
			d.Severity = diag.Warning
			m.passed++
		}
	}
}

// exported tells files that programs write.
func exported(file string) bool {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".jsonl", ".ndjson":
		return true
	}
	return false
}

// shown is how many diagnostics a build prints; postil check prints them all.
const shown = 20

// report writes the errors, or else the first of the warnings, and returns
// errFound if there are errors.
func (m *material) report(w io.Writer, style diag.Style) error {
	errors, warnings := diag.Count(m.found)
	list := m.found
	if errors > 0 {
		list = nil
		for _, d := range m.found {
			if d.Severity == diag.Error {
				list = append(list, d)
			}
		}
	}
	if err := diag.WriteText(w, list[:min(len(list), shown)], style); err != nil {
		return err
	}
	if len(list) > shown {
		fmt.Fprintf(w, "… and %d more: see postil check\n", len(list)-shown)
	}
	if errors > 0 {
		fmt.Fprintf(w, "%s, nothing was built\n", counts(errors, warnings))
		return errFound
	}
	return nil
}

// counts says "2 errors, 1 warning".
func counts(errors, warnings int) string {
	return plural(errors, "error") + ", " + plural(warnings, "warning")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
