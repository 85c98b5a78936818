package fulltext

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2/search"
)

// sortable lists the fields with doc values that one can sort by.
var sortable = []string{FieldPublished, FieldURL, FieldTerms, "_score", idField}

// sortOrder always ends with the id, so that no two hits are equal and a cursor
// names one place.
func sortOrder(fields []string) (search.SortOrder, error) {
	if len(fields) == 0 {
		fields = []string{"-_score"}
	}
	var order search.SortOrder
	for _, f := range fields {
		name := strings.TrimLeft(f, "+-")
		if len(f)-len(name) > 1 || !slices.Contains(sortable, name) {
			return nil, fmt.Errorf("%w: cannot sort by %q; can by %s", ErrValue, f, strings.Join(sortable, ", "))
		}
		order = append(order, search.ParseSearchSortString(f))
	}
	return append(order, &search.SortDocID{}), nil
}

// ErrCursor is wrapped by the error for a cursor that no such search returned.
var ErrCursor = errors.New("not a cursor of this search")

// A cursor is the order and the last hit's values in it, as JSON in base64.
type place struct {
	Sort  []string `json:"s,omitempty"`
	After []string `json:"a"`
}

func encodeCursor(d *search.DocumentMatch, sort []string, order search.SortOrder) string {
	p := place{Sort: sort}
	for i, s := range order {
		switch s.(type) {
		case *search.SortScore:
			p.After = append(p.After, strconv.FormatFloat(d.Score, 'g', -1, 64))
		case *search.SortDocID:
			p.After = append(p.After, d.ID)
		default:
			p.After = append(p.After, d.Sort[i]) // as it is in the index, or what stands for none
		}
	}
	b, _ := json.Marshal(p) // strings cannot fail
	return base64.RawURLEncoding.EncodeToString(b)
}

func decodeCursor(c string, sort []string, order search.SortOrder) ([]string, error) {
	b, err := base64.RawURLEncoding.DecodeString(c)
	if err != nil {
		return nil, ErrCursor
	}
	var p place
	if err := json.Unmarshal(b, &p); err != nil || len(p.After) != len(order) || !slices.Equal(p.Sort, sort) {
		return nil, ErrCursor
	}
	for i, s := range order {
		if _, ok := s.(*search.SortScore); !ok {
			continue
		}
		if score, err := strconv.ParseFloat(p.After[i], 64); err != nil || math.IsNaN(score) {
			return nil, ErrCursor
		}
	}
	return p.After, nil
}
