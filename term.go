package postil

// Term is one entry of a glossary: a concept, the surface forms that name it,
// and what a reader is told about it. Only ID and Label are required.
type Term struct {
	// ID is unique in a glossary and stable across builds: 1 to 512 bytes of
	// UTF-8, without control characters and without white space at either end.
	ID string `json:"id"`
	// Label is the preferred name, itself a surface form.
	Label string `json:"label"`
	// Abbreviations are short forms (AGI); surface forms too.
	Abbreviations []string `json:"abbreviations,omitempty"`
	// Kind is a free category such as "concept" or "regulator".
	Kind string `json:"kind,omitempty"`
	// Definition is plain text, one to three sentences.
	Definition string `json:"definition,omitempty"`
	// Sources say where the definition can be checked.
	Sources []Source `json:"sources,omitempty"`
	// SeeAlso names other terms of the glossary by id.
	SeeAlso []string `json:"see_also,omitempty"`
	// Language is the BCP 47 tag of label and definition; empty means the
	// glossary's.
	Language string `json:"language,omitempty"`

	// Aliases are exact synonyms, matched like the label.
	Aliases []string `json:"aliases,omitempty"`
	// Related are names that are close but not exact (broader, narrower or
	// merely related synonyms). They are evidence for the term, not mentions.
	Related []string `json:"related,omitempty"`
	// Context are words that speak for this sense of an ambiguous form.
	Context []string `json:"context,omitempty"`
	// NotContext are words that speak against it.
	NotContext []string `json:"not_context,omitempty"`
	// Case says how the letter case of a text must agree with the forms.
	Case Case `json:"case,omitempty"`
	// Plural allows inflected plurals of the forms; nil means true. In German,
	// whose plurals look like other cases, false leaves only genitives.
	Plural *bool `json:"plural,omitempty"`
	// Evidence demands support from the context even where the form is not
	// shared with another term, as for common words such as "training".
	Evidence bool `json:"evidence,omitempty"`
	// Prior is the share of the uses of its forms that mean this term, 0 to 1;
	// 0 means unknown.
	Prior float64 `json:"prior,omitempty"`
	// Hidden terms are known, so that they win their mentions from others, but
	// never shown.
	Hidden bool `json:"hidden,omitempty"`
}

// Source is a reference for a definition.
type Source struct {
	Title string `json:"title"`
	URL   string `json:"url,omitempty"`
}

// Case is a term's rule for letter case.
type Case string

const (
	// CaseSmart demands the written case of forms with two or more capitals, or
	// with one and no more than two characters, and ignores case for all others. An
	// abbreviation may be written as is the custom: DoJ for DOJ, and, where the
	// context speaks for it, Nato for NATO. In
	// German the first letters of words do not count, but a noun must be written as
	// one: Recht is not recht. It is the default; the empty Case means the same.
	CaseSmart Case = "smart"
	// CaseExact demands the written case.
	CaseExact Case = "exact"
	// CaseAny ignores case.
	CaseAny Case = "any"
)

// Article is one document of the publisher's archive.
type Article struct {
	// ID is unique in an index, by the same rules as Term.ID.
	ID    string `json:"id"`
	Title string `json:"title,omitempty"`
	// Text is plain text; blocks are separated by blank lines.
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
	// Published is an RFC 3339 date or date-time, or empty.
	Published string `json:"published,omitempty"`
	// Headings are the article's section headings in order; they are part of
	// Text as well.
	Headings []string `json:"headings,omitempty"`
}
