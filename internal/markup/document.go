package markup

// A Document is a page as text. The zero value is ready to Parse. After that
// it may be read by many goroutines at once.
type Document struct {
	// Source is the HTML, and Text what a reader sees of it: see the package.
	Source, Text string
	// Title is the text of the first title element, as it stands there, or "".
	Title string
	// Breaks are the offsets in Text, ascending, at which a new block begins.
	// No mention may cross one: start < break < end. The byte before a break
	// is a line feed that the source does not have.
	Breaks []int32
	// Sections are the offsets in Text, ascending, at which a heading begins.
	Sections []int32
	// Headings are the headings h1 to h6, ascending and disjoint.
	Headings []Span
	// Main is the text in main elements, and Aside that in nav, aside and footer
	// elements, inside of main too. Both are ascending and disjoint.
	Main, Aside []Span
	// Skip is the text that is there to be read but must not be marked,
	// ascending and disjoint.
	Skip []Span
	// Annotated is the part of Skip that an earlier run has marked.
	Annotated []Span
	// Expansions are the texts of abbr elements that have a title, ascending and
	// disjoint. What is in another such element within is of that one.
	Expansions []Expansion

	runs []run
	tree tree
}

// An Expansion is a text with what it is short for.
type Expansion struct {
	Span
	Title string // the attribute's value
}

// A Span is the bytes [Start, End) of Document.Text.
type Span struct{ Start, End int }

// A Range is the bytes [Start, End) of Document.Source.
type Range struct{ Start, End int }

// Parse reads an HTML document. Any valid UTF-8 of less than 2 GiB is one.
func Parse(src string) *Document {
	d := new(Document)
	d.Parse(src)
	return d
}

// Parse replaces what d holds and reuses its memory. Strings taken from d stay
// valid, slices do not.
func (d *Document) Parse(src string) {
	d.tree.build(src)
	d.Source = src
	d.Title = decode(src[d.tree.title.start:d.tree.title.end], false)
	d.render()
}
