package worker

import (
	"errors"
	"slices"

	"postil"
	"postil/internal/ask"
)

// defaultOptions are what an operator can set for requests that do not say
// otherwise: not what a client must know to read an answer, nor what is about one
// text.
func defaultOptions(in *input) []ask.Option {
	return slices.DeleteFunc(annotateOptions(in), func(o ask.Option) bool {
		return o.Name == "offsets" || o.Name == "minify" || o.Name == "source"
	})
}

// CheckDefaults returns an error that says what is wrong with default options of
// annotations, written as in a query: "min-score=0.4&occurrences=first".
func CheckDefaults(text string) error {
	err := readParameters(text, defaultOptions(&input{}))
	if p := (*Problem)(nil); errors.As(err, &p) {
		return errors.New(p.Detail) // an operator is sent no status
	}
	return err
}

// newInput returns what a request asks for that says nothing: what the operator
// wants, and otherwise what is usual at the place.
func (s *server) newInput(usual postil.Options) (*input, error) {
	in := &input{Options: usual}
	if s.Defaults == "" {
		return in, nil
	}
	return in, readParameters(s.Defaults, defaultOptions(in))
}
