package postil

import (
	"fmt"

	"postil/internal/fulltext"
)

// StoredArticle is an article as the index keeps it.
type StoredArticle struct {
	Article
	// Terms are the ids of the terms that it mentions, in the order of the first
	// mentions.
	Terms []string `json:"terms,omitempty"`
}

// Articles is the number of articles in the index.
func (a *Annotator) Articles() int { return a.meta.Articles }

// Article returns the article with an id. Its headings have been made single
// lines. For one that the index lacks the error wraps ErrNoArticle; any other is
// a *FormatError.
func (a *Annotator) Article(id string) (StoredArticle, error) { return a.built().Article(id) }

// Article is like Annotator.Article.
func (l *Library) Article(id string) (StoredArticle, error) {
	x, err := l.articles()
	if err != nil {
		return StoredArticle{}, err
	}
	s, ok, err := x.Article(id)
	if err != nil {
		return StoredArticle{}, searchError(articleSection, err)
	}
	if !ok {
		return StoredArticle{}, fmt.Errorf("%w: %q", ErrNoArticle, id)
	}
	n := readNote(s.Note)
	return StoredArticle{
		Article: Article{ID: s.ID, Title: s.Title, Text: s.Text, URL: s.URL, Published: n.published, Headings: n.headings},
		Terms:   s.Terms,
	}, nil
}

// ArticleHit is an article that was found.
type ArticleHit struct {
	ID, Title, URL string
	Published      string // as in Article
	// Score orders the hits of one answer, and means nothing beside it.
	Score     float64
	Fragments []Fragment
}

// articleHit is a hit whose stored fields are s.
func articleHit(h *fulltext.Hit, s *fulltext.Article) ArticleHit {
	return ArticleHit{ID: s.ID, Title: s.Title, URL: s.URL, Published: readNote(s.Note).published, Score: h.Score}
}

func articleHits(found []fulltext.Hit) []ArticleHit {
	out := make([]ArticleHit, len(found))
	for i := range found {
		s := found[i].Article()
		out[i] = articleHit(&found[i], &s)
	}
	return out
}
