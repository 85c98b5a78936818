package main

import (
	"errors"
	"fmt"
	"os"

	"postil"
)

// relatedCount is how many articles stand under an article.
const relatedCount = 3

// relate gives every article those most like it, by the index that the service
// answers from. An article that the index lacks keeps only the next one.
func relate(articles []*article, index string) error {
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
	return nil
}
