package fulltext

import (
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/registry"

	"postil/internal/text"
)

// tokenizer splits texts in languages that have no analyzer of their own as
// package text does: as bleve's unicode tokenizer, and into words, or parts of
// them, where that sees none, as in Thai.
type tokenizer struct{}

const tokenizerName = "postil"

// registerTokenizer makes bleve know tokenizer by its name.
var registerTokenizer = sync.OnceValue(func() error {
	return registry.RegisterTokenizer(tokenizerName, func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) { return tokenizer{}, nil })
})

func (tokenizer) Tokenize(input []byte) analysis.TokenStream {
	if !utf8.Valid(input) {
		return unicode.NewUnicodeTokenizer().Tokenize(input)
	}
	found := text.Tokens(nil, string(input))
	tokens, stream := make([]analysis.Token, len(found)), make(analysis.TokenStream, len(found))
	for i, t := range found {
		tokens[i] = analysis.Token{Term: input[t.Start:t.End], Start: int(t.Start), End: int(t.End), Position: i + 1, Type: analysis.AlphaNumeric}
		stream[i] = &tokens[i]
	}
	return stream
}
