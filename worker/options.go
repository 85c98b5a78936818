package worker

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"postil"
)

// An option is one thing a request may ask for, by query parameter or by JSON
// member, and how it is kept in a T.
type option[T any] struct {
	name string // as a query parameter, with dashes
	kind kind
	set  func(*T, value) error
}

type kind uint8

const (
	word   kind = iota // a string
	number             // a decimal number
	flag               // true or false
	list               // strings; in a query separated by commas
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

// member is the option's name in JSON.
func (o option[T]) member() string { return strings.ReplaceAll(o.name, "-", "_") }

// annotateOptions are the options of POST /v1/annotate.
func annotateOptions() []option[input] {
	return []option[input]{
		{"overlaps", word, func(in *input, v value) error { return in.Overlaps.UnmarshalText([]byte(v.word)) }},
		{"occurrences", word, func(in *input, v value) error { return in.Occurrences.UnmarshalText([]byte(v.word)) }},
		{"offsets", word, func(in *input, v value) error { return in.Offsets.UnmarshalText([]byte(v.word)) }},
		{"min-score", number, setMinScore},
		{"kinds", list, func(in *input, v value) error { in.Kinds = v.list; return nil }},
		{"terms", list, func(in *input, v value) error { in.Terms = v.list; return nil }},
		{"exclude", list, func(in *input, v value) error { in.Exclude = v.list; return nil }},
		{"candidates", flag, func(in *input, v value) error { in.Candidates = v.flag; return nil }},
		{"explain", flag, func(in *input, v value) error { in.Explain = v.flag; return nil }},
		{"abbreviations", flag, func(in *input, v value) error { in.Abbreviations = v.flag; return nil }},
		{"language", word, func(in *input, v value) error { in.Language = v.word; return nil }},
		{"minify", flag, func(in *input, v value) error { in.minify = v.flag; return nil }},
		{"source", word, setSource},
	}
}

func setMinScore(in *input, v value) error {
	if !(v.number >= 0 && v.number <= 1) {
		return &postil.ValueError{Option: "min-score", Value: fmt.Sprint(v.number), Reason: "want a number from 0 to 1"}
	}
	in.MinScore = v.number
	if v.number == 0 {
		in.MinScore = -1 // the engine's zero is its default
	}
	return nil
}

// maxSource is the longest address of a document, in bytes: each annotation of a page
// of JSON-LD repeats it.
const maxSource = 2048

// setSource takes what can be the name of a document and, wherever it is shown,
// an address that is safe to follow.
func setSource(in *input, v value) error {
	if len(v.word) > maxSource {
		return &postil.ValueError{Option: "source", Value: v.word[:40] + "…", Reason: fmt.Sprintf("want at most %d bytes", maxSource)}
	}
	u, err := url.Parse(v.word)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.ContainsAny(v.word, " <>\"{}|\\^`") {
		return &postil.ValueError{Option: "source", Value: v.word, Reason: "want an absolute http or https address"}
	}
	in.source = v.word
	return nil
}

// A setting is an option whose T is given: the code for all of them is there
// once, which at the edge counts.
type setting struct {
	name   string
	member string // in JSON
	kind   kind
	set    func(value) error
}

func settings[T any](dst *T, options []option[T]) []setting {
	all := make([]setting, len(options))
	for i, o := range options {
		all[i] = setting{o.name, o.member(), o.kind, func(v value) error { return o.set(dst, v) }}
	}
	return all
}

// readQuery sets dst from the query parameters. All unknown names and bad
// values are reported together.
func readQuery[T any](r *http.Request, dst *T, options []option[T]) error {
	if r.URL.RawQuery == "" {
		return nil
	}
	return readParameters(r.URL.RawQuery, settings(dst, options))
}

func readParameters(raw string, known []setting) error {
	query, err := url.ParseQuery(raw)
	if err != nil {
		return malformed("the query is malformed: " + err.Error())
	}
	var bad []Detail
	for name, values := range query {
		if err := setParameter(known, name, values); err != nil {
			bad = append(bad, Detail{Detail: err.Error(), Parameter: name})
		}
	}
	if len(bad) > 0 {
		slices.SortFunc(bad, func(a, b Detail) int { return strings.Compare(a.Parameter, b.Parameter) })
		return unprocessable(bad...)
	}
	return nil
}

func setParameter(known []setting, name string, values []string) error {
	i := slices.IndexFunc(known, func(o setting) bool { return o.name == name })
	if i < 0 {
		return unknownOption(name, known, setting.parameter)
	}
	o := known[i]
	if len(values) > 1 && o.kind != list {
		return fmt.Errorf("%s is given %d times, want it once", name, len(values))
	}
	v := value{word: values[0]}
	for _, s := range values {
		if !utf8.ValidString(s) {
			return fmt.Errorf("%s is not valid UTF-8", name)
		}
	}
	switch o.kind {
	case number:
		n, err := strconv.ParseFloat(v.word, 64)
		if err != nil || strings.Trim(v.word, "0123456789.eE+-") != "" {
			return fmt.Errorf("%s is %q, want %s", name, v.word, o.kind)
		}
		v.number = n
	case flag:
		if v.word != "true" && v.word != "false" {
			return fmt.Errorf("%s is %q, want %s", name, v.word, o.kind)
		}
		v.flag = v.word == "true"
	case list:
		for _, s := range values {
			v.list = append(v.list, strings.Split(s, ",")...)
		}
		v.list = slices.DeleteFunc(v.list, func(s string) bool { return s == "" })
	}
	return o.set(v)
}

func (o setting) parameter() string { return o.name }

func (o setting) inJSON() string { return o.member }

func unknownOption(name string, options []setting, spell func(setting) string) error {
	if len(options) == 0 {
		return fmt.Errorf("unknown option %q: none are taken here", name)
	}
	names := make([]string, len(options))
	for i, o := range options {
		names[i] = spell(o)
	}
	return fmt.Errorf("unknown option %q, want one of %s", name, strings.Join(names, ", "))
}
