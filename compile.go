package postil

import (
	"cmp"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"postil/internal/index"
	"postil/internal/match"
)

// CompileOptions tunes Compile. The zero value compiles an English glossary
// without articles.
type CompileOptions struct {
	// Language is the BCP 47 tag of the glossary; empty means "en".
	Language string
	// Vectors are word vectors as package indexer/vectors has them; with them an
	// index tells senses apart by meaning, not only by words, and is half a
	// megabyte larger. nil means none. They are English, and used for no other
	// language.
	Vectors []byte
	// Articles are stored in the index, and can be searched with the glossary. What
	// each mentions is found with the glossary as it is compiled. One whose date is
	// none, or before 1678 or after 2261, counts as undated.
	Articles []Article
	// Warn, if not nil, is told of each form that no text can match (see
	// MaxWords); such a form is left out.
	Warn func(*TermError)
	// Progress, if not nil, is called now and then with the name of a stage of
	// the work and how far it has come.
	Progress func(stage string, done, total int)
}

// TermError says which term cannot be compiled, and why.
type TermError struct {
	Index int    // in the slice given to Compile
	ID    string // "" if that is what is missing
	Field string // such as "aliases[2]"
	Err   error
}

func (e *TermError) Error() string {
	return fmt.Sprintf("term %d (%q): %s: %v", e.Index, e.ID, e.Field, e.Err)
}

func (e *TermError) Unwrap() error { return e.Err }

var (
	errID        = errors.New("want 1 to 512 bytes of UTF-8, without control characters and without white space at either end")
	errLabel     = errors.New("want 1 to 1024 bytes of UTF-8")
	errDuplicate = errors.New("another term has this id")
	errCase      = errors.New("want smart, exact or any")
	errPrior     = errors.New("want a number from 0 to 1")
	errFormUTF8  = errors.New("want at most 1024 bytes of UTF-8")
)

const maxForm = 1024

// MaxWords is the largest number of words in a surface form.
const MaxWords = match.MaxTokens

// Compile makes an index of terms and articles. The same input gives the same
// bytes, whatever the order of the terms. The error for a term is a *TermError;
// several are joined.
func Compile(terms []Term, o CompileOptions) ([]byte, error) {
	if o.Language == "" {
		o.Language = "en"
	}
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	if o.Warn == nil {
		o.Warn = func(*TermError) {}
	}
	if err := checkTerms(terms); err != nil {
		return nil, err
	}
	c := &compiler{options: o, common: map[uint32]bool{}}
	for i := range terms {
		c.given = append(c.given, i)
	}
	slices.SortFunc(c.given, func(i, j int) int { return strings.Compare(terms[i].ID, terms[j].ID) })
	for _, i := range c.given {
		c.terms = append(c.terms, terms[i])
	}
	c.dict.English = isEnglish(o.Language)
	return c.run()
}

type compiler struct {
	options CompileOptions
	terms   []Term // by id
	given   []int  // their places in the slice given to Compile
	dict    match.Builder
	w       index.Writer

	everyday map[string]bool // words that the glossary uses as everybody does
	common   map[uint32]bool // terms with such a form
}

func (c *compiler) run() ([]byte, error) {
	c.everyday = c.ambiguousWords()
	if err := c.addForms(); err != nil {
		return nil, err
	}
	kinds := c.kinds()
	m := meta{Language: c.options.Language, Terms: len(c.terms), Forms: c.dict.Forms(), Articles: len(c.options.Articles), Kinds: kinds}
	b, err := json.Marshal(m)
	if err != nil {
		return nil, err
	}
	c.w.Add("meta", b)
	if err := c.addSenses(); err != nil {
		return nil, err
	}
	c.dict.Write(&c.w)
	if err := c.addTerms(kinds); err != nil {
		return nil, err
	}
	if err := c.addSearch(); err != nil {
		return nil, err
	}
	return c.w.Bytes(), nil
}

// checkTerms reports what no index can hold. What merely is no good glossary is
// for the command's check to say.
func checkTerms(terms []Term) error {
	var errs []error
	seen := make(map[string]bool, len(terms))
	for i, t := range terms {
		bad := func(field string, err error) {
			errs = append(errs, &TermError{Index: i, ID: t.ID, Field: field, Err: err})
		}
		if !validID(t.ID) {
			bad("id", errID)
		} else if seen[t.ID] {
			bad("id", errDuplicate)
		}
		seen[t.ID] = true
		if t.Label == "" || len(t.Label) > maxForm || !utf8.ValidString(t.Label) {
			bad("label", errLabel)
		}
		if !slices.Contains([]Case{"", CaseSmart, CaseExact, CaseAny}, t.Case) {
			bad("case", errCase)
		}
		if !(t.Prior >= 0 && t.Prior <= 1) {
			bad("prior", errPrior)
		}
	}
	return errors.Join(errs...)
}

func validID(s string) bool {
	return s != "" && len(s) <= 512 && utf8.ValidString(s) && strings.TrimSpace(s) == s && !strings.ContainsFunc(s, unicode.IsControl)
}

// fieldForm is a surface form of a term and the field where it stands.
type fieldForm struct{ field, written string }

// formsOf lists the surface forms of a term.
func formsOf(t *Term) []fieldForm {
	out := []fieldForm{{"label", t.Label}}
	for i, s := range t.Aliases {
		out = append(out, fieldForm{fmt.Sprintf("aliases[%d]", i), s})
	}
	for i, s := range t.Abbreviations {
		out = append(out, fieldForm{fmt.Sprintf("abbreviations[%d]", i), s})
	}
	return out
}

func (c *compiler) addForms() error {
	var errs []error
	for i := range c.terms {
		t := &c.terms[i]
		if i%1000 == 0 {
			c.options.Progress("forms", i, len(c.terms))
		}
		for _, f := range formsOf(t) {
			if err := c.addForm(uint32(i), t, f.field, f.written); err != nil {
				errs = append(errs, &TermError{Index: c.given[i], ID: t.ID, Field: f.field, Err: err})
			}
		}
	}
	c.addVariants()
	return errors.Join(errs...)
}

func (c *compiler) addForm(number uint32, t *Term, field, written string) error {
	if len(written) > maxForm || !utf8.ValidString(written) {
		return errFormUTF8
	}
	f := c.form(number, t, fieldForm{field, written})
	f.Weak = isLetter(written) && len(formsOf(t)) > 1
	if err := c.dict.Add(f); err != nil {
		c.options.Warn(&TermError{Index: c.given[number], ID: t.ID, Field: field, Err: fmt.Errorf("%q: %w", written, err)})
	}
	return nil
}

// form is how a form of a term is compiled.
func (c *compiler) form(number uint32, t *Term, of fieldForm) match.Form {
	written := of.written
	f := match.Form{Term: number, Written: written, Exact: wantsCase(t.Case, written), NoPlural: !t.plural(), Evidence: t.Evidence, Alias: strings.HasPrefix(of.field, "aliases")}
	if w, ok := oneWord(written); ok && c.everyday[w] && !f.Exact {
		f.Everyday = true
		c.common[number] = true
	}
	return f
}

// plural reports whether a text may have plurals of the term's forms.
func (t *Term) plural() bool { return t.Plural == nil || *t.Plural }

// isLetter reports whether a form is a single letter of an alphabet with
// capitals, or a digit.
func isLetter(written string) bool {
	r, size := utf8.DecodeRuneInString(written)
	return size == len(written) && (unicode.IsUpper(r) || unicode.IsLower(r) || unicode.IsDigit(r))
}

// wantsCase applies a term's case rule to one of its forms.
func wantsCase(rule Case, written string) bool {
	switch rule {
	case CaseExact:
		return true
	case CaseAny:
		return false
	}
	capitals, letters := 0, 0
	for _, r := range written {
		letters++
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return capitals >= 2 || capitals == 1 && letters <= 2
}

// kinds lists the kinds in use.
func (c *compiler) kinds() []string {
	kinds := []string{}
	for _, t := range c.terms {
		if t.Kind != "" {
			kinds = append(kinds, t.Kind)
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

func (c *compiler) addTerms(kinds []string) error {
	records := make([][]byte, len(c.terms))
	order := make([]uint32, len(c.terms))
	labels := make([]string, len(c.terms))
	var attrs []byte
	for i := range c.terms {
		t := &c.terms[i]
		if i%1000 == 0 {
			c.options.Progress("terms", i, len(c.terms))
		}
		b, err := encodeRecord(t)
		if err != nil {
			return &TermError{Index: c.given[i], ID: t.ID, Field: "term", Err: err}
		}
		records[i], labels[i], order[i] = b, foldLabel(t.Label), uint32(i)
		kind, _ := slices.BinarySearch(kinds, t.Kind)
		if t.Kind == "" {
			kind = -1
		}
		attrs = appendAttributes(attrs, t, kind+1)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(strings.Compare(labels[a], labels[b]), cmp.Compare(a, b))
	})
	var byLabel []byte
	for _, n := range order {
		byLabel = binary.LittleEndian.AppendUint32(byLabel, n)
	}
	c.w.AddRecords("terms", records)
	c.w.Add("attrs", attrs)
	c.w.Add("order", byLabel)
	return nil
}
