package main

import (
	"errors"
	"fmt"
	"os"

	"postil"
)

// relatedCount is how many articles stand under an article.
const relatedCount = 3

// mentionCount is how many articles stand under a term.
const mentionCount = 5

// relate gives every article those most like it and every term the articles
// that mention it, by the index that the service answers from. An article that
// the index lacks keeps only the next one.
func relate(articles []*article, g *glossary, index string) error {
	data, err := os.ReadFile(index)
	if err != nil {
		return err
	}
	annotator, err := postil.Open(data)
	if err != nil {
		return fmt.Errorf("%s: %w", index, err)
	}
	bySlug := make(map[string]*article, len(articles))
	for _, a := range articles {
		bySlug[a.Slug] = a
	}
	for _, a := range articles {
		hits, err := annotator.Related(a.Slug, relatedCount)
		if errors.Is(err, postil.ErrNoArticle) {
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: what is related to %s: %w", index, a.Slug, err)
		}
		for _, hit := range hits {
			if other := bySlug[hit.ID]; other != nil {
				a.Related = append(a.Related, other)
			}
		}
	}
	for _, t := range g.Terms {
		if err := t.findMentions(annotator, bySlug); err != nil {
			return fmt.Errorf("%s: what mentions %s: %w", index, t.ID, err)
		}
	}
	return nil
}

// mention is an article that mentions a term, with the sentence cut at the mention.
type mention struct {
	*article
	Before, Exact, After string
}

// findMentions gives a term the articles that mention it, newest first. Those
// that have no page are left out, as is a term that the index lacks.
func (t *term) findMentions(annotator *postil.Annotator, bySlug map[string]*article) error {
	found, err := annotator.Mentions(postil.MentionQuery{Term: t.ID, Limit: mentionCount, Offsets: postil.UTF8})
	if errors.Is(err, postil.ErrNoTerm) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, m := range found.Mentions {
		if a := bySlug[m.ID]; a != nil {
			s := m.Sentence
			t.Mentions = append(t.Mentions, mention{a, s[:m.Start], s[m.Start:m.End], s[m.End:]})
		}
	}
	return nil
}
