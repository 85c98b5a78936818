package postil

import (
	"slices"
	"strings"

	"postil/internal/match"
)

// occurrences keeps the spans that the policy selects.
func (w *work) occurrences(o Occurrences) []match.Span {
	if o == OccurrencesAll {
		return w.spans
	}
	type place struct {
		term    uint32
		section int
	}
	seen := map[place]bool{}
	isFirst := func(m *mention) bool {
		p := place{term: m.term}
		if o == OccurrencesSection {
			p.section = sectionOf(w.sections, int32(m.start))
		}
		first := !seen[p]
		seen[p] = true
		return first
	}
	for _, s := range w.shown {
		isFirst(&w.mentions[s.Index])
	}
	return slices.DeleteFunc(w.spans, func(s match.Span) bool { return !isFirst(&w.mentions[s.Index]) })
}

// sectionOf is the number of the section in which a byte lies.
func sectionOf(sections []int32, at int32) int {
	i, found := slices.BinarySearch(sections, at)
	if found {
		i++
	}
	return i
}

// maxHeading is the length in bytes up to which a line by itself may be a
// heading.
const maxHeading = 100

// plainSections appends the byte offsets of the lines of a plain text that look
// like headings: short lines between blank lines or at the start, without a
// full stop, or Markdown headings.
func plainSections(dst []int32, text string) []int32 {
	blank := true
	for at := 0; at < len(text); {
		line, rest, _ := strings.Cut(text[at:], "\n")
		next := at + len(line) + 1
		trimmed := strings.TrimSpace(line)
		if strings.HasPrefix(trimmed, "#") || blank && isHeading(trimmed) && startsBlank(rest) {
			dst = append(dst, int32(at))
		}
		blank = trimmed == ""
		at = next
	}
	return dst
}

func isHeading(line string) bool {
	return line != "" && len(line) <= maxHeading && !strings.ContainsAny(line[len(line)-1:], ".!?:;,")
}

func startsBlank(rest string) bool {
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(line) == "" && rest != ""
}
