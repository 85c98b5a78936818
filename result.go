package postil

// Result is the answer to one annotation. It refers to the annotated text and
// to the index, and is safe for concurrent reading.
type Result struct {
	// Index is the digest of the index, "sha256-" and 64 hex digits.
	Index string
	// Language is what Options.Language says, or else the index's.
	Language string
	// Offsets is the unit of all positions in this result.
	Offsets Offsets
	// Annotations are sorted by Start, then End, then Term.
	Annotations []Annotation
	// Abbreviations, if asked for, are sorted by the short form's Start.
	Abbreviations []Abbreviation
	// MaxBytes is how much AppendJSON, AppendMembers and AppendJSONLD may append: an
	// answer that is longer they break off once that is passed, so that one with more
	// bytes is not whole. 0 means any number.
	MaxBytes int

	annotator *Annotator
	terms     []uint32 // numbers of the terms named, in order of first mention
	source    string   // the document as given
	text      string   // its text
}

// Annotation says that Exact, at [Start, End) of the text, names a term.
// For HTML, positions count in the source as given, End is the end of the last
// range, and Exact is the rendered text.
type Annotation struct {
	Start, End int
	Exact      string
	Term       string
	// Score estimates the probability that the annotation is right, 0 to 1.
	Score float64
	// Ranges are set for HTML only, where the mention is interrupted by tags:
	// the source ranges that hold its text, in order.
	Ranges []Range
	// Candidates are the other senses considered, best first.
	Candidates []Candidate
	// Reasons explain Score, strongest first.
	Reasons []Reason

	from, to uint32 // bytes of Result.text
	number   uint32 // of the term
}

// Range is a half-open interval in the result's unit.
type Range struct{ Start, End int }

// Candidate is a sense that was considered for a mention.
type Candidate struct {
	Term  string
	Score float64
}

// Reason is one piece of evidence for or against a sense.
type Reason struct {
	// Kind is "form", "definition", "context", "prior" or "document".
	Kind string
	// Detail is the word or phrase that counted.
	Detail string
	// Weight is its share in the log-odds of the score.
	Weight float64
}

// Abbreviation is a short form that the document defines itself.
type Abbreviation struct {
	Short, Long Mention
	// Term is the glossary term whose label or alias the long form is, if in other
	// words, or "".
	Term string
}

// Mention is a stretch of the text, in the result's unit.
type Mention struct {
	Start, End int
	Text       string
}

// exceeds reports whether so many bytes are more than may be appended.
func (r *Result) exceeds(n int) bool { return r.MaxBytes > 0 && n > r.MaxBytes }
