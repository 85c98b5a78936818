package fulltext

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/facet"
)

// Facet asks how the articles found spread over the values of a field: its
// most frequent terms, or the given ranges of dates.
type Facet struct {
	Field string // FieldTerms or FieldURL; FieldPublished with Ranges
	Size  int    // number of terms or ranges; 10 if it is zero
	// Ranges of dates, each of which includes its start and not its end.
	Ranges []DateRange
}

// DateRange is a named range; a zero time is no bound.
type DateRange struct {
	Name       string
	Start, End time.Time
}

const maxFacetSize = 1000

func facets(r *reader, asked map[string]Facet) (*search.FacetsBuilder, error) {
	all := search.NewFacetsBuilder(r)
	for name, f := range asked {
		b, err := f.builder()
		if err != nil {
			return nil, fmt.Errorf("%q: %w", name, err)
		}
		all.Add(name, b)
	}
	return all, nil
}

func (f Facet) builder() (search.FacetBuilder, error) {
	if f.Size == 0 {
		f.Size = defaultSize
	}
	if f.Size < 0 || f.Size > maxFacetSize || len(f.Ranges) > maxFacetSize {
		return nil, fmt.Errorf("%w: a size of %d; want 1 to %d", ErrValue, f.Size, maxFacetSize)
	}
	if f.Field == FieldPublished && len(f.Ranges) > 0 {
		b := facet.NewDateTimeFacetBuilder(f.Field, f.Size)
		for _, r := range f.Ranges {
			b.AddRange(r.Name, r.Start, r.End)
		}
		return b, nil
	}
	if !slices.Contains([]string{FieldTerms, FieldURL}, f.Field) || len(f.Ranges) > 0 {
		return nil, fmt.Errorf("%w: cannot count %q; can count %s", ErrValue, f.Field, strings.Join([]string{FieldTerms, FieldURL, FieldPublished + " with ranges"}, ", "))
	}
	return facet.NewTermsFacetBuilder(f.Field, f.Size), nil
}
