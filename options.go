package postil

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"postil/internal/match"
)

// Options tunes an annotation. The zero value holds the defaults.
type Options struct {
	// Overlaps says what to do with overlapping mentions.
	Overlaps Overlaps `json:"overlaps,omitempty"`
	// Occurrences says which mentions of a term to return.
	Occurrences Occurrences `json:"occurrences,omitempty"`
	// Offsets is the unit in which positions are counted.
	Offsets Offsets `json:"offsets,omitempty"`
	// MinScore drops annotations with a lower score. Zero means
	// DefaultMinScore; a negative value keeps all. Mentions of DefaultMinScore or
	// more win their place from shorter ones even if they are dropped. Below
	// DefaultMinScore, a mention that means a hidden term is given as what else it
	// may mean, with the score of that.
	MinScore float64 `json:"min_score,omitempty"`
	// Kinds, Terms, if not empty, keep only terms of these kinds or ids.
	// Exclude drops terms by id. Dropped terms still compete for the meaning
	// of a form, but never for its place.
	Kinds   []string `json:"kinds,omitempty"`
	Terms   []string `json:"terms,omitempty"`
	Exclude []string `json:"exclude,omitempty"`
	// Candidates adds the other senses of each mention with their scores.
	Candidates bool `json:"candidates,omitempty"`
	// Explain adds the reasons for each score.
	Explain bool `json:"explain,omitempty"`
	// Abbreviations returns the abbreviations that the document defines.
	Abbreviations bool `json:"abbreviations,omitempty"`
	// Language is the BCP 47 tag of the document, which the answer repeats; empty
	// means the index's. The text is analysed in that of the index all the same.
	Language string `json:"language,omitempty"`
	// MaxMentions is how many mentions an answer has at most: of a text with more the
	// error is ErrTooMany, before memory is taken for them. 0 means any number.
	MaxMentions int `json:"-"`
}

// DefaultMinScore is the score below which annotations are dropped unless
// Options.MinScore says otherwise.
const DefaultMinScore = 0.5

// Overlaps is a policy for overlapping mentions, after Solr's text tagger.
type Overlaps uint8

const (
	// OverlapsLongest keeps, in every cluster of overlapping mentions, the
	// longest (of equals the rightmost), drops what overlaps it, and repeats.
	OverlapsLongest Overlaps = iota
	// OverlapsNoSub drops mentions that lie wholly within another.
	OverlapsNoSub
	// OverlapsAll keeps every mention.
	OverlapsAll
)

// resolve applies the policy to spans in order of First, in place.
func (o Overlaps) resolve(spans []match.Span) []match.Span {
	switch o {
	case OverlapsLongest:
		return match.Longest(spans)
	case OverlapsNoSub:
		return match.NoSub(spans)
	}
	return spans
}

// Occurrences selects among the mentions of one term.
type Occurrences uint8

const (
	// OccurrencesAll keeps every mention.
	OccurrencesAll Occurrences = iota
	// OccurrencesFirst keeps the first mention of each term.
	OccurrencesFirst
	// OccurrencesSection keeps the first mention of each term in each section;
	// a heading starts a section.
	OccurrencesSection
)

// Offsets is a unit of position.
type Offsets uint8

const (
	// UTF16 counts UTF-16 code units, as JavaScript strings do.
	UTF16 Offsets = iota
	// UTF8 counts bytes, as Go strings do.
	UTF8
	// UTF32 counts code points, as the W3C Web Annotation model does.
	UTF32
)

var (
	overlapsNames    = [...]string{"longest", "no-sub", "all"}
	occurrencesNames = [...]string{"all", "first", "section"}
	offsetsNames     = [...]string{"utf-16", "utf-8", "utf-32"}
)

func (o Overlaps) String() string    { return name(overlapsNames[:], int(o)) }
func (o Occurrences) String() string { return name(occurrencesNames[:], int(o)) }
func (o Offsets) String() string     { return name(offsetsNames[:], int(o)) }

// MarshalText and UnmarshalText use the names of the HTTP interface; an
// unknown name, or a value that has none, is a *ValueError.
func (o Overlaps) MarshalText() ([]byte, error) {
	return named("overlaps", overlapsNames[:], int(o))
}

// MarshalText is that of Overlaps.
func (o Occurrences) MarshalText() ([]byte, error) {
	return named("occurrences", occurrencesNames[:], int(o))
}

// MarshalText is that of Overlaps.
func (o Offsets) MarshalText() ([]byte, error) { return named("offsets", offsetsNames[:], int(o)) }

// UnmarshalText accepts "longest", "no-sub" or "all".
func (o *Overlaps) UnmarshalText(b []byte) error {
	i, err := value("overlaps", overlapsNames[:], string(b))
	*o = Overlaps(i)
	return err
}

// UnmarshalText accepts "all", "first" or "section".
func (o *Occurrences) UnmarshalText(b []byte) error {
	i, err := value("occurrences", occurrencesNames[:], string(b))
	*o = Occurrences(i)
	return err
}

// UnmarshalText accepts "utf-16", "utf-8" or "utf-32".
func (o *Offsets) UnmarshalText(b []byte) error {
	i, err := value("offsets", offsetsNames[:], string(b))
	*o = Offsets(i)
	return err
}

// ValueError says that an option has a value that it does not take.
type ValueError struct {
	Option  string   // the option's name, such as "overlaps"
	Value   string   // what was given
	Allowed []string // what would do; nil where Reason says it better
	Reason  string
}

func (e *ValueError) Error() string {
	if len(e.Allowed) > 0 {
		return fmt.Sprintf("%s is %q, want one of %q", e.Option, e.Value, e.Allowed)
	}
	return fmt.Sprintf("%s is %q: %s", e.Option, e.Value, e.Reason)
}

// named is the name of a value that has one.
func named(option string, names []string, i int) ([]byte, error) {
	if i >= len(names) {
		return nil, &ValueError{Option: option, Value: strconv.Itoa(i), Allowed: names}
	}
	return []byte(names[i]), nil
}

func name(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("invalid(%d)", i)
}

func value(option string, names []string, s string) (int, error) {
	for i, n := range names {
		if n == s {
			return i, nil
		}
	}
	return 0, &ValueError{Option: option, Value: s, Allowed: names}
}

// known is an error for a number that is none of some names.
func known(option string, names []string, i int) error {
	if i < len(names) {
		return nil
	}
	return &ValueError{Option: option, Value: name(names, i), Allowed: names}
}

// check reports option values that no request may carry.
func (o *Options) check() error {
	err := cmp.Or(
		known("overlaps", overlapsNames[:], int(o.Overlaps)),
		known("occurrences", occurrencesNames[:], int(o.Occurrences)),
		known("offsets", offsetsNames[:], int(o.Offsets)),
	)
	if err != nil {
		return err
	}
	if o.MinScore > 1 || o.MinScore != o.MinScore {
		return &ValueError{Option: "min-score", Value: fmt.Sprint(o.MinScore), Reason: "want a number from 0 to 1"}
	}
	return checkTag(o.Language)
}

// checkTag reports a language that has other characters than tags are made of (RFC
// 5646, section 2.1).
func checkTag(s string) error {
	if !strings.ContainsFunc(s, func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r|0x20 < 'a' || r|0x20 > 'z')
	}) {
		return nil
	}
	return &ValueError{Option: "language", Value: s, Reason: "want a BCP 47 tag such as en or de-CH"}
}
