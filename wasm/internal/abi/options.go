package abi

import (
	"fmt"
	"strconv"

	"postil"
)

// asked is what the options of all calls are read into.
type asked struct {
	annotate postil.Options
	search   postil.SearchQuery
	mentions postil.MentionQuery
	terms    postil.TermQuery
	limit    int
}

// An option is one member of the options' object.
type option struct {
	name string
	kind kind
	set  func(*asked, value) error
}

type kind uint8

const (
	word kind = iota
	number
	flag
	list
)

func (k kind) String() string {
	return [...]string{"a string", "a number", "true or false", "an array of strings"}[k]
}

// A value holds what was given, in the field that fits the option's kind.
type value struct {
	word   string
	number float64
	flag   bool
	list   []string
}

func annotateOptions() []option {
	return []option{
		{"overlaps", word, func(q *asked, v value) error { return q.annotate.Overlaps.UnmarshalText([]byte(v.word)) }},
		{"occurrences", word, func(q *asked, v value) error { return q.annotate.Occurrences.UnmarshalText([]byte(v.word)) }},
		{"offsets", word, func(q *asked, v value) error { return q.annotate.Offsets.UnmarshalText([]byte(v.word)) }},
		{"min_score", number, setMinScore},
		{"kinds", list, func(q *asked, v value) error { q.annotate.Kinds = v.list; return nil }},
		{"terms", list, func(q *asked, v value) error { q.annotate.Terms = v.list; return nil }},
		{"exclude", list, func(q *asked, v value) error { q.annotate.Exclude = v.list; return nil }},
		{"candidates", flag, func(q *asked, v value) error { q.annotate.Candidates = v.flag; return nil }},
		{"explain", flag, func(q *asked, v value) error { q.annotate.Explain = v.flag; return nil }},
		{"abbreviations", flag, func(q *asked, v value) error { q.annotate.Abbreviations = v.flag; return nil }},
		{"language", word, func(q *asked, v value) error { q.annotate.Language = v.word; return nil }},
	}
}

func setMinScore(q *asked, v value) error {
	if !(v.number >= 0 && v.number <= 1) {
		return &postil.ValueError{Option: "min_score", Value: fmt.Sprint(v.number), Reason: "want a number from 0 to 1"}
	}
	q.annotate.MinScore = v.number
	if v.number == 0 {
		q.annotate.MinScore = -1 // the engine's zero is its default
	}
	return nil
}

func searchOptions() []option {
	return []option{
		{"in", word, func(q *asked, v value) error { return q.search.Scope.UnmarshalText([]byte(v.word)) }},
		limited(postil.MaxHits, func(q *asked, n int) { q.search.Limit = n }),
		{"cursor", word, func(q *asked, v value) error { q.search.Cursor = v.word; return nil }},
		{"offsets", word, func(q *asked, v value) error { return q.search.Offsets.UnmarshalText([]byte(v.word)) }},
	}
}

func mentionOptions() []option {
	return []option{
		{"order", word, func(q *asked, v value) error { return q.mentions.Order.UnmarshalText([]byte(v.word)) }},
		limited(postil.MaxHits, func(q *asked, n int) { q.mentions.Limit = n }),
		{"cursor", word, func(q *asked, v value) error { q.mentions.Cursor = v.word; return nil }},
		{"offsets", word, func(q *asked, v value) error { return q.mentions.Offsets.UnmarshalText([]byte(v.word)) }},
	}
}

func termOptions() []option {
	return []option{
		{"prefix", word, func(q *asked, v value) error { q.terms.Prefix = v.word; return nil }},
		{"kind", word, func(q *asked, v value) error { q.terms.Kind = v.word; return nil }},
		{"cursor", word, func(q *asked, v value) error { q.terms.Cursor = v.word; return nil }},
		limited(maxTerms, func(q *asked, n int) { q.terms.Limit = n }),
	}
}

// limitOption is for calls that take nothing else.
func limitOption() []option {
	return []option{limited(postil.MaxHits-1, func(q *asked, n int) { q.limit = n })}
}

// limited makes the option limit.
func limited(most int, set func(*asked, int)) option {
	return option{"limit", number, func(q *asked, v value) error {
		if v.number != float64(int(v.number)) || v.number < 1 || v.number > float64(most) {
			return &postil.ValueError{Option: "limit", Value: strconv.FormatFloat(v.number, 'g', -1, 64), Reason: "want a whole number from 1 to " + strconv.Itoa(most)}
		}
		set(q, int(v.number))
		return nil
	}}
}
