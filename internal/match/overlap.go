package match

import (
	"cmp"
	"slices"
)

// Span is a stretch of a text, in tokens and bytes, that competes with others.
// Index is the caller's.
type Span struct {
	First, Last uint32 // tokens, inclusive
	Start, End  uint32 // bytes, half-open
	Index       int
}

// Longest keeps the longest span (in bytes; of equals the rightmost), drops
// those that overlap it, and repeats: the policy LONGEST_DOMINANT_RIGHT of
// Solr's text tagger. Spans come in order of First and go in that of Start. It works
// in place, and takes time in proportion to sorting the spans that overlap.
func Longest(spans []Span) []Span {
	kept := spans[:0]
	var taken []bool // scratch
	for i := 0; i < len(spans); {
		last, j := spans[i].Last, i+1
		for ; j < len(spans) && spans[j].First <= last; j++ {
			last = max(last, spans[j].Last)
		}
		cluster := spans[i:j]
		if len(cluster) > 1 {
			cluster, taken = longestOf(cluster, taken)
		}
		kept = append(kept, cluster...)
		i = j
	}
	return kept
}

// longestOf is Longest for spans each of which overlaps another; taken is
// scratch memory.
func longestOf(spans []Span, taken []bool) ([]Span, []bool) {
	first, last := spans[0].First, uint32(0)
	for _, s := range spans {
		last = max(last, s.Last)
	}
	slices.SortFunc(spans, func(a, b Span) int {
		if d := int(b.End-b.Start) - int(a.End-a.Start); d != 0 {
			return d
		}
		if a.Start != b.Start {
			return int(b.Start) - int(a.Start)
		}
		return a.Index - b.Index
	})
	// A kept span is at least as long in bytes as those that come after it, so
	// that one that overlaps it has its first or last token in it.
	taken = append(taken[:0], make([]bool, last-first+1)...)
	kept := spans[:0]
	for _, s := range spans {
		if taken[s.First-first] || taken[s.Last-first] {
			continue
		}
		for i := s.First; i <= s.Last; i++ {
			taken[i-first] = true
		}
		kept = append(kept, s)
	}
	sortByPlace(kept)
	return kept, taken
}

// NoSub drops spans that lie wholly within another, in bytes, of equal ones all but
// the first. They go in order of Start.
func NoSub(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Index, b.Index))
	})
	kept := spans[:0]
	end := uint32(0)
	for _, s := range spans {
		if s.End > end {
			kept = append(kept, s)
			end = s.End
		}
	}
	return kept
}

func sortByPlace(spans []Span) {
	slices.SortFunc(spans, func(a, b Span) int {
		if a.First != b.First {
			return int(a.First) - int(b.First)
		}
		return int(a.Last) - int(b.Last)
	})
}
