//go:build !searchless

package abi

import (
	"strings"

	"postil"
)

// What the build searchless leaves out, with all that it needs: the calls that
// ask the full-text index, and compile, which makes one.

func search() call {
	return call{options: searchOptions, run: func(a *postil.Annotator, q *request, text string) ([]byte, error) {
		q.search.Text = text
		return found(a.Search(q.search))
	}}
}

func suggest() call {
	return call{options: limitOption, run: func(a *postil.Annotator, q *request, text string) ([]byte, error) {
		return found(a.Suggest(text, q.limit))
	}}
}

func mentions() call {
	return call{options: mentionOptions, run: func(a *postil.Annotator, q *request, id string) ([]byte, error) {
		q.mentions.Term = id
		return found(a.Mentions(q.mentions))
	}}
}

func related() call {
	return call{options: limitOption, run: func(a *postil.Annotator, q *request, id string) ([]byte, error) {
		hits, err := a.Related(id, q.limit)
		if err != nil {
			return nil, err
		}
		return a.AppendRelatedJSON(nil, hits), nil
	}}
}

func article() call {
	return call{run: func(a *postil.Annotator, _ *request, id string) ([]byte, error) {
		s, err := a.Article(id)
		if err != nil {
			return nil, err
		}
		return s.AppendJSON(nil), nil
	}}
}

// compile makes an index, without one.
func (p *Program) compile() call {
	return call{run: func(_ *postil.Annotator, _ *request, glossary string) ([]byte, error) {
		g, err := readGlossary(strings.TrimSpace(glossary))
		if err != nil {
			return nil, err
		}
		b, err := postil.Compile(g.Terms, postil.CompileOptions{Language: g.Language, Languages: p.Languages, Articles: g.Articles})
		if err != nil {
			return nil, g.errorIn(err)
		}
		return b, nil
	}}
}
