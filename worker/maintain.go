package worker

import (
	"context"
	"errors"
	"fmt"
	"time"

	"postil/internal/site"
	"postil/internal/store"
)

// Maintain tidies a store. It may be interrupted at any time, and run while
// others write; what one part of it cannot do keeps it from no other.
func Maintain(ctx context.Context, st store.Store, now time.Time) error {
	names, err := site.Names(ctx, st)
	problems := []error{err}
	for _, name := range names {
		at := site.Site{Store: st, Name: name}
		if err := at.Sweep(ctx, now); err != nil {
			problems = append(problems, fmt.Errorf("site %s: %w", name, err))
		}
	}
	return errors.Join(problems...)
}
