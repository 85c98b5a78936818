// Package postil finds a glossary's terms in texts and says what they mean.
//
// For most uses, [Open] an index that the command postil has built, and
// [Annotator.Annotate] a text with it:
//
//	annotator, err := postil.Open(data)
//	…
//	result, err := annotator.Annotate("The CMA looked at AGI.", postil.Options{})
//	for _, a := range result.Annotations {
//		fmt.Println(a.Exact, a.Term, a.Score)
//	}
//
// An index holds a compiled glossary and the publisher's articles. It is used
// where it lies: opening one does not take time in proportion to its size. The
// package needs neither network nor file system and runs natively, in browsers
// and under WASI alike, with the same answers.
//
// # Concurrency
//
// One [Annotator] serves any number of goroutines at the same time; there is
// nothing to be gained by opening an index twice. A [Result] may be read by
// several goroutines. Different calls of [Compile] do not touch each other, but
// must not be given terms or articles that something else is changing.
//
// To annotate, to search and to look up terms takes milliseconds, in proportion
// to the text and never to the glossary, so these calls take no context: a
// megabyte of text takes some ten milliseconds. What may take long does:
// [CompileContext], [CompileTo] and [Annotator.AnnotateAll].
//
// # Compatibility
//
// Versions are semantic. Until 1.0 a minor version may change exported names,
// and the changelog says how to follow; a patch version changes none. From 1.0
// on what compiles with one version compiles with the later ones of the same
// major version, as long as structs are written with field names and errors are
// compared with errors.Is and errors.As: fields and sentinels may be added, and
// the texts of errors may change.
//
// Scores and what is found are no part of this promise: they change where the
// engine gets better, and the changelog says so. The index file has a format
// version of its own. A program opens the indexes of its own format version and
// refuses others with an error that wraps [ErrVersion], so that an index is
// built anew when the program is.
package postil

import (
	"cmp"
	"errors"
	"fmt"
	"sort"
	"sync"

	"postil/internal/index"
	"postil/internal/match"
	"postil/internal/sense"
)

var (
	// ErrTooMany is returned for a text with more mentions than Options.MaxMentions.
	ErrTooMany = errors.New("the text has too many mentions")
	// ErrUTF8 is returned for a text that is not valid UTF-8.
	ErrUTF8 = errors.New("text is not valid UTF-8")
	// ErrVersion is wrapped by the error for an index of another format version.
	ErrVersion = index.ErrVersion
	// ErrCursor is wrapped by the error for a cursor that no query returned.
	ErrCursor = errors.New("unknown cursor")
)

// FormatError says which section of an index is damaged.
type FormatError = index.FormatError

// Annotator answers from one index. It is safe for concurrent use.
type Annotator struct {
	file    *index.File
	meta    meta
	dict    *match.Dictionary
	senses  *sense.Model
	terms   *index.Records
	attrs   []byte          // attrSize bytes per term
	order   []byte          // u32 per term: numbers by folded label
	stops   map[string]bool // in normal form; nil where the language has no stemmer
	finds   string          // the analyzer of what can be searched
	library archive         // of articles
	lexicon archive         // of terms
	work    sync.Pool       // *work
}

// Open opens an index in English, or one whose words are compared as they are
// written. See OpenWith.
func Open(data []byte) (*Annotator, error) { return OpenWith(data, OpenOptions{}) }

// OpenWith opens an index. It keeps data, which must not change as long as the
// Annotator or a Result of it is in use. A damaged file gives a *FormatError,
// one of another version an error that wraps ErrVersion, one in a language that
// is not among the options a *LanguageError.
func OpenWith(data []byte, o OpenOptions) (*Annotator, error) {
	f, err := index.Open(data)
	if err != nil {
		return nil, err
	}
	a := &Annotator{file: f, library: archive{section: articleSection}, lexicon: archive{section: termSection}}
	a.work.New = func() any { return new(work) }
	return a, a.open(o.Languages)
}

func (a *Annotator) open(languages []*Language) error {
	b, err := a.file.Section("meta")
	if err != nil {
		return err
	}
	if err := a.meta.read(b); err != nil {
		return err
	}
	language, err := a.meta.language(languages)
	if err != nil {
		return err
	}
	if a.dict, err = match.Open(a.file, language); err != nil {
		return err
	}
	a.finds = analyzerOf(language)
	if language.Inflects() {
		a.stops = functionWords(language)
	}
	if b, err = a.file.Section("sense"); err != nil {
		return err
	}
	if a.senses, err = sense.Open(b); err != nil {
		return index.Errorf("sense", "%w", err)
	}
	if a.terms, err = a.file.Records("terms"); err != nil {
		return err
	}
	if a.attrs, err = a.sized("attrs", attrSize); err != nil {
		return err
	}
	a.order, err = a.sized("order", 4)
	return err
}

// sized returns a section that must have size bytes per term.
func (a *Annotator) sized(name string, size int) ([]byte, error) {
	b, err := a.file.Section(name)
	if err == nil && len(b) != size*a.terms.Len() {
		err = index.Errorf(name, "%d bytes for %d terms", len(b), a.terms.Len())
	}
	return b, err
}

// Digest names the index's content: "sha256-" and 64 hexadecimal digits.
func (a *Annotator) Digest() string { return a.file.Digest() }

// Language is the BCP 47 tag of the glossary.
func (a *Annotator) Language() string { return a.meta.Language }

// Info describes an index.
type Info struct {
	Digest   string    `json:"digest"`
	Version  int       `json:"version"` // of the format
	Language string    `json:"language"`
	Analysis string    `json:"analysis"` // how words are compared: "english", "german", …; "exact" leaves inflected forms out
	Size     int64     `json:"size"`     // bytes
	Terms    int       `json:"terms"`
	Forms    int       `json:"forms"` // surface forms
	Articles int       `json:"articles"`
	Kinds    []string  `json:"kinds"`
	Sections []Section `json:"sections"`
}

// Section describes a part of the file. Offset and Length count bytes.
type Section struct {
	Name   string `json:"name"`
	Offset int64  `json:"offset"`
	Length int64  `json:"length"`
	CRC32C string `json:"crc32c"`
}

// Info describes the index.
func (a *Annotator) Info() Info {
	i := Info{
		Digest: a.Digest(), Version: a.file.Version(), Language: a.meta.Language, Analysis: a.meta.Analysis, Size: a.file.Size(),
		Terms: a.meta.Terms, Forms: a.meta.Forms, Articles: a.meta.Articles, Kinds: a.meta.Kinds,
	}
	for _, s := range a.file.Sections() {
		i.Sections = append(i.Sections, Section{s.Name, s.Offset, s.Length, fmt.Sprintf("%08x", s.CRC)})
	}
	return i
}

// Verify reads the whole index and checks it against its digest, and what decides
// how much work a text or a search is. The error is a *FormatError.
func (a *Annotator) Verify() error {
	if err := a.file.Verify(); err != nil {
		return err
	}
	if err := a.dict.Verify(); err != nil {
		return index.Errorf("forms", "%w", err)
	}
	if err := a.senses.Verify(); err != nil {
		return index.Errorf("sense", "%w", err)
	}
	for _, of := range []*archive{&a.library, &a.lexicon} {
		if _, err := a.verified(of); err != nil {
			return err
		}
	}
	return nil
}

// number returns the number of the term with an id. For one that the index lacks
// the error is ErrNoTerm; if the search meets a damaged record, a *FormatError.
func (a *Annotator) number(id string) (int, error) {
	found := false
	i, err := a.firstTerm(func(i int) (bool, error) {
		r, err := a.record(i)
		found = found || r.id == id
		return r.id >= id, err
	})
	if err == nil && !found {
		err = ErrNoTerm
	}
	return i, err
}

// firstTerm is the first number for which f is true, as it is for all after it;
// f has been asked about it.
func (a *Annotator) firstTerm(f func(int) (bool, error)) (int, error) {
	var failed error
	i := sort.Search(a.terms.Len(), func(i int) bool {
		yes, err := f(i)
		failed = cmp.Or(failed, err)
		return yes
	})
	return i, failed
}
