package postil

import (
	"errors"

	"postil/internal/fulltext"
)

// Suggestions are what someone may mean who has typed so far, best first.
type Suggestions struct {
	Index    string // digest of the index
	Terms    []TermHit
	Articles []ArticleHit
}

// Suggest finds terms by their names and articles by their titles, from words of
// which the last may be unfinished and in which there may be a slip. limit bounds
// each of both; 0 means 10. Words beyond the eighth do not count, and a beginning
// that fits too much finds nothing. Without articles terms are found by the
// beginning of their labels. The errors are those of Search.
func (a *Annotator) Suggest(typed string, limit int) (*Suggestions, error) {
	return a.built().Suggest(typed, limit)
}

// Suggest is like Annotator.Suggest.
func (l *Library) Suggest(typed string, limit int) (*Suggestions, error) {
	a := l.annotator
	n, err := hits(limit)
	if err != nil {
		return nil, err
	}
	s := &Suggestions{Index: a.Digest()}
	if a.file.Has(termSection) {
		found, err := suggest(l.terms, termSection, typed, n)
		if err != nil {
			return nil, err
		}
		s.Terms = termHits(found)
	} else if s.Terms, err = a.beginning(typed, n); err != nil {
		return nil, err
	}
	found, err := suggest(l.articles, articleSection, typed, n)
	if err != nil {
		return nil, err
	}
	s.Articles = articleHits(found)
	return s, nil
}

func suggest(open func() (*fulltext.Index, error), section, typed string, n int) ([]fulltext.Hit, error) {
	x, err := open()
	if err != nil {
		return nil, err
	}
	found, err := x.Suggest(background(), typed, n)
	if errors.Is(err, ErrTooManyTerms) {
		return nil, nil // too short to say what is meant
	}
	return found, searchError(section, err)
}

// beginning lists the terms whose labels begin with a text.
func (a *Annotator) beginning(typed string, n int) ([]TermHit, error) {
	if foldLabel(typed) == "" {
		return nil, nil
	}
	terms, _, err := a.Terms(TermQuery{Prefix: typed, Limit: n})
	if err != nil {
		return nil, err
	}
	out := make([]TermHit, len(terms))
	for i, t := range terms {
		out[i] = TermHit{ID: t.ID, Label: t.Label}
	}
	return out, nil
}
