package postil

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"postil/internal/fulltext"
)

// Errors for ids of which the index knows nothing.
var (
	ErrNoTerm    = errors.New("the index has no such term")
	ErrNoArticle = errors.New("the index has no such article")
)

// MentionQuery asks where the publisher's articles mention a term.
type MentionQuery struct {
	Term string // id of a visible term
	// Order says which articles come first.
	Order MentionOrder
	// Limit is the largest number of articles; 0 means 10, at most MaxHits.
	Limit int
	// Cursor is the Next of an earlier answer for the same term and order.
	Cursor string
	// Offsets is the unit of places in the sentences.
	Offsets Offsets
}

// MentionOrder is an order of articles that mention a term.
type MentionOrder uint8

const (
	// NewestFirst puts the articles without a date last.
	NewestFirst MentionOrder = iota
	// RelevantFirst puts those first that mention few other terms; of equals the
	// newest.
	RelevantFirst
)

func (o MentionOrder) String() string { return name(mentionOrders[:], int(o)) }

var mentionOrders = [...]string{"date", "relevance"}

// UnmarshalText accepts "date" or "relevance".
func (o *MentionOrder) UnmarshalText(b []byte) error {
	i, err := value("order", mentionOrders[:], string(b))
	*o = MentionOrder(i)
	return err
}

// MentionResult is the answer to a MentionQuery.
type MentionResult struct {
	Index   string // digest of the index
	Term    string
	Offsets Offsets
	Total   int // articles that mention the term, all pages together
	// Mentions has one for each article: the first in its text, or else in its
	// title.
	Mentions []ArticleMention
	Next     string // cursor of the page after this one, or ""
}

// ArticleMention is an article and the sentence in which it first mentions a
// term.
type ArticleMention struct {
	ArticleHit
	// Sentence is where the term is mentioned, shortened if it is long.
	Sentence string
	// Start and End are the mention's place in the sentence, in the unit of the
	// result.
	Start, End int
}

// Mentions lists the articles that mention a term. For a term that the index
// lacks or hides the error wraps ErrNoTerm; the others are those of Search.
func (a *Annotator) Mentions(q MentionQuery) (*MentionResult, error) { return a.built().Mentions(q) }

// Mentions is like Annotator.Mentions.
func (l *Library) Mentions(q MentionQuery) (*MentionResult, error) {
	a := l.annotator
	limit, err := hits(q.Limit)
	if err != nil {
		return nil, err
	}
	if err := cmp.Or(known("order", mentionOrders[:], int(q.Order)), known("offsets", offsetsNames[:], int(q.Offsets))); err != nil {
		return nil, err
	}
	if _, err := a.visible(q.Term); err != nil {
		return nil, err
	}
	x, err := l.articles()
	if err != nil {
		return nil, err
	}
	order := []string{"-" + fulltext.FieldPublished, "-_score"}
	if q.Order == RelevantFirst {
		slices.Reverse(order)
	}
	found, err := x.Search(background(), fulltext.Request{Query: fulltext.Mentions(q.Term), Size: limit, Cursor: q.Cursor, Sort: order})
	if err != nil {
		return nil, searchError(articleSection, err)
	}
	r := &MentionResult{Index: a.Digest(), Term: q.Term, Offsets: q.Offsets, Total: found.Total, Next: found.Cursor}
	for i := range found.Hits {
		r.Mentions = append(r.Mentions, mentionIn(&found.Hits[i], q.Term, q.Offsets))
	}
	return r, nil
}

func mentionIn(h *fulltext.Hit, term string, unit Offsets) ArticleMention {
	s := h.Article()
	m := ArticleMention{ArticleHit: articleHit(h, &s)}
	places := readNote(s.Note).places
	i := slices.Index(s.Terms, term)
	if i < 0 || i >= len(places) {
		return m
	}
	text, p := s.Text, places[i]
	if p.start < 0 {
		title := len(s.Title) + len("\n\n")
		text, p = s.Title, place{p.start + title, p.end + title}
	}
	if p.start < 0 || p.start > p.end || p.end > len(text) {
		return m
	}
	start, end := sentence(text, p.start, p.end)
	c := counter{text: text[start:end], unit: unit}
	m.Sentence, m.Start, m.End = text[start:end], c.units(p.start-start), c.units(p.end-start)
	return m
}

// Related lists the articles most like one, by its telling words and by the terms
// that they share, best first; limit 0 means 10. For an article that the index
// lacks the error wraps ErrNoArticle; the others are those of Search.
func (a *Annotator) Related(id string, limit int) ([]ArticleHit, error) {
	return a.built().Related(id, limit)
}

// Related is like Annotator.Related.
func (l *Library) Related(id string, limit int) ([]ArticleHit, error) {
	n, err := hits(limit)
	if err != nil {
		return nil, err
	}
	x, err := l.articles()
	if err != nil {
		return nil, err
	}
	if _, ok, err := x.Article(id); err != nil {
		return nil, searchError(articleSection, err)
	} else if !ok {
		return nil, fmt.Errorf("%w: %q", ErrNoArticle, id)
	}
	found, err := x.Related(background(), id, min(n, MaxHits-1)) // it asks for one more
	if err != nil {
		return nil, searchError(articleSection, err)
	}
	return articleHits(found), nil
}
