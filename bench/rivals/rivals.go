// Package rivals holds what one would use instead of Postil's engine: the
// Aho–Corasick libraries of Go, each in its fastest use that gives the right
// answer, and bleve's analyzer.
//
// The right answer is the same for all libraries: the forms found in a text in
// lower case, whole words only, the leftmost first and of those the longest,
// none overlapping another. Where a library cannot leave out what is inside a
// word or a longer form, this package does. A naive search says what is right.
package rivals

// Span is a form found in a text, at the byte offsets [Start, End).
type Span struct{ Start, End int }

// Finder finds a set of forms.
type Finder interface {
	// Find appends what it finds in text to dst, in order.
	Find(dst []Span, text []byte) []Span
}

// Library is an implementation of Aho and Corasick's automaton.
type Library struct {
	// Name tells it from the others, Module is where it comes from.
	Name, Module string
	// Most is the number of forms up to which it can be measured: beyond, its
	// automaton takes several gigabytes.
	Most int
	// Build compiles forms, which must be distinct.
	Build func(forms []string) (Finder, error)
}

// Libraries lists all libraries.
func Libraries() []Library {
	return []Library{
		{"petar", "github.com/petar-dambovaliev/aho-corasick", 100_000, buildPetar},
		{"bobusumisu", "github.com/BobuSumisu/aho-corasick", 100_000, buildBobuSumisu},
		{"cloudflare", "github.com/cloudflare/ahocorasick", 10_000, buildCloudflare},
		{"coregx", "github.com/coregx/ahocorasick", 100_000, buildCoregx},
	}
}
