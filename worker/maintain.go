package worker

import (
	"context"
	"errors"
	"fmt"
	"time"

	"postil/internal/site"
)

// Maintain tidies the store, if there is one. It may be interrupted at any time,
// and run while others write; what one part of it cannot do keeps it from no
// other.
func (s *Service) Maintain(ctx context.Context, now time.Time) error {
	if s.own.Store == nil {
		return nil
	}
	names, err := site.Names(ctx, s.own.Store)
	problems := []error{err}
	for _, name := range names {
		at := site.Site{Store: s.own.Store, Name: name}
		if err := at.Sweep(ctx, now); err != nil {
			problems = append(problems, fmt.Errorf("site %s: %w", name, err))
		}
	}
	return errors.Join(problems...)
}
