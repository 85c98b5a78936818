// Package fulltext stands in for internal/fulltext in a module that only
// annotates: the names that package postil needs to compile, and an index that
// holds nothing. The calls that would search are not in that module (see
// wasm/internal/abi). With package fulltext go bleve's queries, searchers and
// analyzers, zap and vellum: half of the program.
package fulltext

import (
	"context"
	"errors"
	"time"
)

// ErrNone is what every call returns.
var ErrNone = errors.New("search is not part of this build")

var (
	ErrCorrupt      = errors.New("damaged")
	ErrCursor       = errors.New("unknown cursor")
	ErrSyntax       = errors.New("syntax error")
	ErrTooComplex   = errors.New("too complex")
	ErrTooLong      = errors.New("too long")
	ErrTooManyTerms = errors.New("too many terms")
)

const (
	FieldTitle     = "title"
	FieldText      = "text"
	FieldPublished = "published"

	Plain = "plain"
)

type Article struct {
	ID, Title, Text, URL, Note string
	Published                  time.Time
	Headings, Terms, Names     []string
}

type Segment struct {
	ID       string
	Data     []byte
	Removes  []string
	Verified bool
}

type SegmentError struct {
	ID  string
	Err error
}

func (e *SegmentError) Error() string { return e.Err.Error() }

type Options struct{ Analyzer string }

type Highlight struct{ Fragments int }

type Query struct{}

type Request struct {
	Text, Cursor string
	Query        *Query
	Size         int
	Sort         []string
	Highlight    *Highlight
	Bare         bool
}

type Result struct {
	Total  int
	Hits   []Hit
	Cursor string
}

type Hit struct {
	ID        string
	Score     float64
	Fragments []Fragment
}

func (h *Hit) Article() Article { return Article{} }

type Fragment struct {
	Field, Text         string
	Start, End          int
	Marks               []Mark
	CutBefore, CutAfter bool
}

func (f *Fragment) HTML() string { return "" }

type Mark struct{ Start, End int }

type QueryError struct {
	Offset int
	Err    error
}

func (e *QueryError) Error() string { return e.Err.Error() }

type RequestError struct {
	Field string
	Err   error
}

func (e *RequestError) Error() string { return e.Err.Error() }

// Index holds nothing.
type Index struct{}

func Open([]Segment, Options) (*Index, error) { return nil, ErrNone }
func Build([]Article, string) ([]byte, error) { return nil, ErrNone }
func Mentions(string) *Query                  { return nil }

// Verify leaves alone what this module does not search; its checksum is looked at.
func Verify([]byte) error { return nil }

func (*Index) Count() int                                          { return 0 }
func (*Index) Has(string) (bool, error)                            { return false, ErrNone }
func (*Index) Merge() ([]byte, error)                              { return nil, ErrNone }
func (*Index) Article(string) (Article, bool, error)               { return Article{}, false, ErrNone }
func (*Index) Search(context.Context, Request) (*Result, error)    { return nil, ErrNone }
func (*Index) Suggest(context.Context, string, int) ([]Hit, error) { return nil, ErrNone }
func (*Index) Related(context.Context, string, int) ([]Hit, error) { return nil, ErrNone }
