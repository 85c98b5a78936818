package abi

import (
	"errors"

	"github.com/go-json-experiment/json/jsontext"

	"postil"
	"postil/internal/ask"
)

// request is what the options of all calls are read into.
type request struct {
	annotate postil.Options
	search   postil.SearchQuery
	mentions postil.MentionQuery
	terms    postil.TermQuery
	limit    int
}

func annotateOptions(q *request) []ask.Option { return ask.Annotate(&q.annotate) }

func searchOptions(q *request) []ask.Option { return ask.Search(&q.search, postil.MaxHits) }

func mentionOptions(q *request) []ask.Option { return ask.Mentions(&q.mentions, postil.MaxHits) }

func termOptions(q *request) []ask.Option { return ask.Terms(&q.terms) }

// limitOption is for calls that take nothing else.
func limitOption(q *request) []ask.Option {
	return []ask.Option{ask.Limit(postil.MaxHits-1, &q.limit)}
}

// read reads the options of a call: an object, or nothing. What is wrong with
// their values is reported together.
func read(given []byte, options func(*request) []ask.Option) (*request, error) {
	return readInto(&request{}, given, options)
}

// readInto is read for a call that has other defaults.
func readInto(q *request, given []byte, options func(*request) []ask.Option) (*request, error) {
	if len(given) == 0 {
		return q, nil
	}
	var known []ask.Option
	if options != nil {
		known = options(q)
	}
	var bad []Cause
	_, err := ask.SetMembers(given, known, func(_ string, at jsontext.Pointer, err error) {
		bad = append(bad, Cause{err.Error(), string(at)})
	})
	if errors.Is(err, ask.ErrNoObject) {
		bad, err = []Cause{{"the options are not an object", ""}}, nil
	}
	if err != nil {
		return nil, err
	}
	if len(bad) > 0 {
		return nil, &Error{BadOption, bad[0].Detail, bad}
	}
	return q, nil
}
