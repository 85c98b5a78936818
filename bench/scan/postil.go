package main

import (
	"fmt"
	"os"

	"postil"
	"postil/internal/abbrev"
	"postil/internal/index"
	"postil/internal/match"
	"postil/internal/text"
)

// engine returns Postil's whole pipeline, and the look-up in its dictionary
// alone.
func engine(file, s string) ([]*contender, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	annotator, err := postil.Open(data)
	if err != nil {
		return nil, err
	}
	if err := check(annotator, s); err != nil {
		return nil, err
	}
	find, err := dictionary(data, s)
	if err != nil {
		return nil, err
	}
	return []*contender{
		{name: "postil", run: func() (int, error) {
			r, err := annotator.Annotate(s, postil.Options{Offsets: postil.UTF16})
			if err != nil {
				return 0, err
			}
			return len(r.Annotations), nil
		}},
		{name: "postil_find", run: find},
	}, nil
}

// check reports annotations that are out of order or do not say what stands in
// the text.
func check(a *postil.Annotator, s string) error {
	r, err := a.Annotate(s, postil.Options{Offsets: postil.UTF8})
	if err != nil {
		return err
	}
	last := 0
	for _, x := range r.Annotations {
		if x.Start < last || x.End <= x.Start || x.End > len(s) || s[x.Start:x.End] != x.Exact {
			return fmt.Errorf("wrong annotation: [%d, %d) %q", x.Start, x.End, x.Exact)
		}
		last = x.End
	}
	return nil
}

// dictionary returns tokens and look-up without any choice of senses.
func dictionary(data []byte, s string) (func() (int, error), error) {
	f, err := index.Open(data)
	if err != nil {
		return nil, err
	}
	d, err := match.Open(f, text.English())
	if err != nil {
		return nil, err
	}
	var doc match.Document
	var found []match.Match
	return func() (int, error) {
		doc.Reset(s)
		doc.Plain = true
		found = d.Find(found[:0], &doc)
		return len(found), nil
	}, nil
}

// parts returns those parts of Postil that need no dictionary.
func parts(s string) []*contender {
	var tokens []text.Token
	var pairs []abbrev.Pair
	return []*contender{
		{name: "postil_tokens", run: func() (int, error) {
			tokens = text.Tokens(tokens[:0], s)
			return len(tokens), nil
		}},
		{name: "postil_abbreviations", run: func() (int, error) {
			pairs = abbrev.Find(pairs[:0], s)
			return len(pairs), nil
		}},
	}
}
