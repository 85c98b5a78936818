package postil

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"postil/internal/fulltext"
	"postil/internal/index"
)

// archive is a searchable section, opened by the first that searches it: nothing
// of it costs anything before. What it waits for is work on bytes in memory, never
// I/O, so that the requests of an isolate may share it.
type archive struct {
	section string
	sound   atomic.Bool // it has been verified
	once    sync.Once
	index   *fulltext.Index
	err     error
}

// archive returns what can be searched of a section; nothing if the index lacks
// it. The error is a *FormatError, the same each time.
func (a *Annotator) archive(of *archive) (*fulltext.Index, error) {
	of.once.Do(func() { of.index, of.err = a.openArchive(of) })
	return of.index, of.err
}

func (a *Annotator) openArchive(of *archive) (*fulltext.Index, error) {
	data, err := a.verified(of)
	if err != nil {
		return nil, err
	}
	var segments []fulltext.Segment
	if data != nil {
		segments = append(segments, fulltext.Segment{ID: of.section, Data: data, Verified: true})
	}
	x, err := fulltext.Open(segments, fulltext.Options{Analyzer: a.finds})
	if err != nil {
		return nil, index.Errorf(of.section, "%w", err)
	}
	return x, nil
}

// verified returns the section, if the index has it, and reads the whole of it the
// first time: whoever wrote the index may have given it the checksums of anything.
func (a *Annotator) verified(of *archive) ([]byte, error) {
	if !a.file.Has(of.section) {
		return nil, nil
	}
	data, err := a.file.Checked(of.section)
	if err != nil || of.sound.Load() {
		return data, err
	}
	if err := fulltext.Verify(data); err != nil {
		return nil, index.Errorf(of.section, "%w", err)
	}
	of.sound.Store(true)
	return data, nil
}

// analyzerOf names the analyzer with which articles in a language are searched.
func analyzerOf(l *Language) string {
	if l == nil {
		return fulltext.Plain
	}
	return cmp.Or(l.Analyzer, fulltext.Plain)
}

// background is for searches that nothing interrupts: their cost is bounded.
func background() context.Context { return context.Background() }

// QueryError says what is wrong with the text of a query, and where: Offset
// counts the bytes before the place and is -1 if it is not one place.
type QueryError = fulltext.QueryError

// Errors that a QueryError wraps.
var (
	// ErrSyntax is for a query that is not in the syntax of queries.
	ErrSyntax = fulltext.ErrSyntax
	// ErrTooComplex is for one with too many clauses or wildcards.
	ErrTooComplex = fulltext.ErrTooComplex
	// ErrTooLong is for one of too many bytes.
	ErrTooLong = fulltext.ErrTooLong
	// ErrTooManyTerms is for a pattern or a prefix that fits too many words.
	ErrTooManyTerms = fulltext.ErrTooManyTerms
)

// searchError makes an error of package fulltext one of ours.
func searchError(section string, err error) error {
	var request *fulltext.RequestError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fulltext.ErrCorrupt):
		return index.Errorf(section, "%w", err)
	case errors.Is(err, fulltext.ErrCursor):
		return fmt.Errorf("%w: %w", ErrCursor, err)
	case errors.As(err, &request):
		return &ValueError{Option: request.Field, Reason: request.Err.Error()}
	}
	return err
}
