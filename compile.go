package postil

import (
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"postil/internal/article"
	"postil/internal/index"
	"postil/internal/match"
	"postil/internal/text"
)

// CompileOptions tunes Compile. The zero value compiles an English glossary
// without articles.
type CompileOptions struct {
	// Language is the BCP 47 tag of the glossary; empty means "en".
	Language string
	// Languages are those that are analyzed besides English. A glossary in any
	// other is compiled too: its words are found as they are written.
	Languages []*Language
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
// several are joined. That for the language is a *ValueError.
func Compile(terms []Term, o CompileOptions) ([]byte, error) {
	return CompileContext(context.Background(), terms, o)
}

// CompileContext is Compile for work that may have to be given up: thousands of
// articles, or a hundred thousand terms, take seconds. When ctx ends it returns
// the context's error soon after.
func CompileContext(ctx context.Context, terms []Term, o CompileOptions) ([]byte, error) {
	var w index.Writer
	if err := compile(ctx, &w, terms, o); err != nil {
		return nil, err
	}
	return w.Bytes(), nil
}

// CompileTo writes the index that CompileContext makes to a file, which must be
// empty, instead of holding it in memory. After an error the file is of no use.
func CompileTo(ctx context.Context, file io.WriteSeeker, terms []Term, o CompileOptions) error {
	w := index.NewWriter(file)
	if err := compile(ctx, w, terms, o); err != nil {
		return err
	}
	return w.Close()
}

func compile(until context.Context, w *index.Writer, terms []Term, o CompileOptions) error {
	if o.Language == "" {
		o.Language = "en"
	}
	if o.Progress == nil {
		o.Progress = func(string, int, int) {}
	}
	if o.Warn == nil {
		o.Warn = func(*TermError) {}
	}
	if err := checkTag(o.Language); err != nil {
		return err
	}
	if err := checkTerms(terms); err != nil {
		return err
	}
	c := &compiler{until: until, options: o, w: w, given: terms, order: make([]uint32, len(terms))}
	for i := range c.order {
		c.order[i] = uint32(i)
	}
	slices.SortFunc(c.order, func(i, j uint32) int { return strings.Compare(terms[i].ID, terms[j].ID) })
	c.dict.Language = text.LanguageOf(o.Language, o.Languages)
	return c.run()
}

type compiler struct {
	until   context.Context
	options CompileOptions
	given   []Term   // as they were given to Compile, which may be many: they are not copied
	order   []uint32 // of given, by id: terms are numbered so
	dict    match.Builder
	w       *index.Writer

	everyday map[string]bool // words that the glossary uses as everybody does
	ordinary map[string]bool // words of everybody's language

	tokens []text.Token // scratch
}

// step tells how far a stage has come, and whether to go on.
func (c *compiler) step(stage string, done, total int) error {
	c.options.Progress(stage, done, total)
	return c.until.Err()
}

// term is the term with a number.
func (c *compiler) term(i int) *Term { return &c.given[c.order[i]] }

// termError is about a field of the term with a number.
func (c *compiler) termError(i int, field string, err error) *TermError {
	return &TermError{Index: int(c.order[i]), ID: c.term(i).ID, Field: field, Err: err}
}

func (c *compiler) run() error {
	var everyday map[string]bool
	if c.dict.Language.IsEnglish() {
		everyday = text.Everyday()
	}
	c.ordinary = c.ordinaryWords(everyday)
	c.everyday = c.ambiguousWords(everyday)
	if err := c.addForms(); err != nil {
		return err
	}
	kinds := c.kinds()
	switch {
	case c.dict.Full():
		return errors.New("the glossary has too many different words: at most some five million")
	case len(kinds) > maxKinds:
		return fmt.Errorf("the glossary has %d different kinds: at most %d", len(kinds), maxKinds)
	}
	m := meta{Language: c.options.Language, Analysis: c.dict.Language.AnalysisName(), Terms: len(c.order), Forms: c.dict.Forms(), Articles: len(c.options.Articles), Kinds: kinds}
	b, err := json.Marshal(m)
	if err != nil {
		return err
	}
	c.w.Add("meta", b)
	if err := c.addSenses(); err != nil {
		return err
	}
	c.dict.Write(c.w)
	if err := c.addTerms(kinds); err != nil {
		return err
	}
	return c.addSearch()
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

func validID(s string) bool { return article.IDProblem(s) == "" }

// kinds lists the kinds in use.
func (c *compiler) kinds() []string {
	kinds := []string{}
	seen := map[string]bool{}
	for i := range c.given {
		if k := c.given[i].Kind; k != "" && !seen[k] {
			seen[k] = true
			kinds = append(kinds, k)
		}
	}
	slices.Sort(kinds)
	return kinds
}

func (c *compiler) addTerms(kinds []string) error {
	records := c.w.Records("terms")
	labels := make([]string, len(c.order))
	attrs := make([]byte, 0, attrSize*len(c.order))
	for i := range c.order {
		t := c.term(i)
		if i%1000 == 0 {
			if err := c.step("terms", i, len(c.order)); err != nil {
				return err
			}
		}
		b, err := encodeRecord(t)
		if err != nil {
			return c.termError(i, "term", err)
		}
		records.Add(b)
		labels[i] = foldLabel(t.Label)
		kind, _ := slices.BinarySearch(kinds, t.Kind)
		if t.Kind == "" {
			kind = -1
		}
		attrs = appendAttributes(attrs, t, kind+1)
	}
	records.Close()
	c.w.Add("attrs", attrs)
	c.w.Add("order", byLabel(labels))
	return nil
}

// byLabel lists the numbers of the terms in the order of their folded labels.
func byLabel(labels []string) []byte {
	order := make([]uint32, len(labels))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(strings.Compare(labels[a], labels[b]), cmp.Compare(a, b))
	})
	out := make([]byte, 0, 4*len(order))
	for _, n := range order {
		out = binary.LittleEndian.AppendUint32(out, n)
	}
	return out
}
