package worker

import (
	"context"
	"errors"
	"fmt"
	"time"

	"postil/internal/live"
	"postil/internal/site"
)

// Maintain tidies the store, if there is one. It may be interrupted at any time,
// and run while others write; what one part of it cannot do keeps it from no
// other.
func (s *Service) Maintain(ctx context.Context, now time.Time) error {
	if s.own.Store == nil {
		return nil
	}
	problems := []error{s.own.live.Compact(ctx)}
	names, err := site.Names(ctx, s.own.Store)
	problems = append(problems, err)
	for _, name := range names {
		if err := s.maintain(ctx, site.Site{Store: s.own.Store, Name: name}, now); err != nil {
			problems = append(problems, fmt.Errorf("site %s: %w", name, err))
		}
	}
	return errors.Join(problems...)
}

// maintain tidies what the store has of a site. To merge its articles its index
// must be open.
func (s *Service) maintain(ctx context.Context, at site.Site, now time.Time) error {
	problems := []error{at.Sweep(ctx, now)}
	some, err := live.Any(ctx, at.Store, at.Prefix())
	if some {
		var of *server
		if of, _, err = s.own.sites.open(ctx, at.Name); err == nil {
			err = of.live.Compact(ctx)
		}
	}
	return errors.Join(append(problems, err)...)
}
