// Package stem makes stemmers of bleve's token filters.
package stem

import (
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// With returns a function that sends one folded word through the filters, in
// order, unless same says that it would come back as it is. It may be called by
// several goroutines.
func With(same func(word []byte) bool, filters ...analysis.TokenFilter) func(word []byte) []byte {
	streams := sync.Pool{New: func() any { return &analysis.TokenStream{new(analysis.Token)} }}
	return func(word []byte) []byte {
		if same(word) {
			return word
		}
		stream := streams.Get().(*analysis.TokenStream)
		defer streams.Put(stream)
		token := (*stream)[0]
		token.Term = word
		for _, f := range filters {
			f.Filter(*stream) // in place
		}
		word, token.Term = token.Term, nil
		return word
	}
}

// IsShort reports whether a word has nothing but ASCII and at most n bytes.
func IsShort(word []byte, n int) bool {
	if len(word) > n {
		return false
	}
	for _, c := range word {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
