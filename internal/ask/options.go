package ask

import "postil"

// Annotate are the options of an annotation.
func Annotate(o *postil.Options) []Option {
	return []Option{
		Choice("overlaps", o.Overlaps.UnmarshalText),
		Choice("occurrences", o.Occurrences.UnmarshalText),
		Choice("offsets", o.Offsets.UnmarshalText),
		minScore(&o.MinScore),
		Texts("kinds", &o.Kinds),
		Texts("terms", &o.Terms),
		Texts("exclude", &o.Exclude),
		Switch("candidates", &o.Candidates),
		Switch("explain", &o.Explain),
		Switch("abbreviations", &o.Abbreviations),
		Text("language", &o.Language),
	}
}

func minScore(to *float64) Option {
	const name = "min-score"
	return Option{name, Number, func(v Value) error {
		if !(v.Number >= 0 && v.Number <= 1) {
			return &postil.ValueError{Option: name, Value: show(v.Number), Reason: "want a number from 0 to 1"}
		}
		*to = v.Number
		if v.Number == 0 {
			*to = -1 // the engine's zero is its default
		}
		return nil
	}}
}

// Search are the options of a search besides its text, for pages of most hits.
func Search(q *postil.SearchQuery, most int) []Option {
	return []Option{Choice("in", q.Scope.UnmarshalText), Limit(most, &q.Limit), Text("cursor", &q.Cursor), Choice("offsets", q.Offsets.UnmarshalText)}
}

// Mentions are the options of what mentions a term.
func Mentions(q *postil.MentionQuery, most int) []Option {
	return []Option{Choice("order", q.Order.UnmarshalText), Limit(most, &q.Limit), Text("cursor", &q.Cursor), Choice("offsets", q.Offsets.UnmarshalText)}
}

// MaxTerms is the largest page of a glossary.
const MaxTerms = 1000

// Terms are the options of a list of terms.
func Terms(q *postil.TermQuery) []Option {
	return []Option{Text("prefix", &q.Prefix), Text("kind", &q.Kind), Text("cursor", &q.Cursor), Limit(MaxTerms, &q.Limit)}
}
