package source

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"postil/indexer/suggest"
)

// didYouMean returns a hint about which known name was meant by an unknown one,
// or "".
func didYouMean(unknown string, known []string) string {
	name := snake(unknown)
	for _, meant := range otherNames(name) {
		if slices.Contains(known, meant) {
			return fmt.Sprintf(": did you mean %s?", meant)
		}
	}
	if best := suggest.Closest(name, known); best != "" {
		return fmt.Sprintf(": did you mean %s?", best)
	}
	return ""
}

// snake writes seeAlso, see-also and "See also" as see_also.
func snake(name string) string {
	var b strings.Builder
	lower := false
	for _, r := range strings.TrimSpace(name) {
		switch {
		case r == '-' || r == ' ' || r == '.':
			r = '_'
		case unicode.IsUpper(r):
			if lower {
				b.WriteByte('_')
			}
			r = unicode.ToLower(r)
			lower = false
			b.WriteRune(r)
			continue
		}
		lower = unicode.IsLower(r)
		b.WriteRune(r)
	}
	return b.String()
}

// otherNames knows what glossaries elsewhere call the same thing.
func otherNames(name string) []string {
	switch name {
	case "name", "term", "title", "preflabel", "pref_label", "headword":
		return []string{"label", "title"}
	case "alias", "synonym", "synonyms", "altlabel", "alt_label", "forms", "variants":
		return []string{"aliases"}
	case "abbr", "abbreviation", "acronym", "acronyms":
		return []string{"abbreviations"}
	case "description", "desc", "meaning", "text", "def":
		return []string{"definition"}
	case "source", "reference", "references", "link", "links", "uri", "href", "url", "urls":
		return []string{"sources", "url"}
	case "see", "related_terms", "xref":
		return []string{"see_also"}
	case "type", "category", "tag", "tags", "group":
		return []string{"kind"}
	case "key", "slug", "identifier":
		return []string{"id"}
	case "lang", "locale":
		return []string{"language"}
	case "entries", "glossary", "items":
		return []string{"terms"}
	}
	return nil
}
