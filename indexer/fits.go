package main

import (
	"errors"
	"net/url"

	"postil"
	"postil/internal/ask"
)

// fits returns an error if the service's options name kinds or terms that an index
// lacks: it would refuse all annotations. Where sites are kept the options may be for
// their indexes, so that it is only said.
func (s *service) fits(a *postil.Annotator) error {
	err := lacking(a, s.defaults)
	if err == nil || s.data.folder == "" {
		return err
	}
	s.log.Warn("the service's own index refuses annotations that do not say otherwise", "error", err)
	return nil
}

// lacking says what of default options an index lacks.
func lacking(a *postil.Annotator, defaults string) error {
	query, err := url.ParseQuery(defaults)
	if err != nil {
		return usagef("--options: %w", err)
	}
	var o postil.Options
	options := ask.Annotate(&o)
	for _, list := range []string{"kinds", "terms", "exclude"} {
		if values, given := query[list]; given {
			if err := ask.SetParameter(options, list, values); err != nil {
				return usagef("--options: %w", err)
			}
		}
	}
	_, err = a.Annotate("", o)
	if bad := (*postil.ValueError)(nil); errors.As(err, &bad) {
		return usagef("--options: %w", err)
	}
	return err
}
