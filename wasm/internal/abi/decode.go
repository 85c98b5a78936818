package abi

import "postil"

// AnnotateOptions reads the options of annotate from JSON; what that does not say
// is as in unsaid. The error is an *Error.
func AnnotateOptions(given []byte, unsaid postil.Options) (postil.Options, error) {
	q, err := readInto(&request{annotate: unsaid}, given, annotateOptions)
	if err != nil {
		return postil.Options{}, errorFor(err)
	}
	return q.annotate, nil
}

// SearchOptions reads the options of search from JSON. The error is an *Error.
func SearchOptions(given []byte) (postil.SearchQuery, error) {
	q, err := read(given, searchOptions)
	if err != nil {
		return postil.SearchQuery{}, errorFor(err)
	}
	return q.search, nil
}
