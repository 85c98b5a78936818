// Package batch annotates many texts, or answers many queries, one a line.
//
// A line of the input is an object with id and either text or html, or query. The
// line of the output at the same place has the same id, its annotations and, if
// they were asked for, its abbreviations, or its hits; or the id and an error with
// code, detail and the number of the line.
package batch

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io"
	"runtime"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"postil"
	"postil/internal/lines"
)

// MaxLine is the length of the longest line, in bytes.
const MaxLine = 64 << 20

// window is how many bytes of lines are worked on at a time, so that memory
// does not grow with the number of goroutines.
const window = 2 * MaxLine

// Stats says what a run has done.
type Stats struct {
	Lines  int // answered, blank lines are not
	Failed int // of these, with an error
}

// Run answers the lines of in on out, in their order, with as many goroutines
// as workers says; 0 means one for each processor. A bad line is answered with
// an error and the run goes on; Run itself fails only if in or out fail or the
// context ends. Answers are written as soon as no earlier one is missing.
func Run(ctx context.Context, in io.Reader, out io.Writer, a *postil.Annotator, o postil.Options, workers int) (Stats, error) {
	line := func(l lines.Line) ([]byte, bool) { return Answer(nil, l, MaxLine, 0, a, o) }
	return answer(ctx, in, out, line, workers)
}

// answer answers lines with a function that several goroutines call.
func answer(ctx context.Context, in io.Reader, out io.Writer, line func(lines.Line) ([]byte, bool), workers int) (Stats, error) {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	g, ctx := errgroup.WithContext(ctx)
	r := &run{
		work:  make(chan *job, workers),
		order: make(chan *job, 4*workers),
		bytes: semaphore.NewWeighted(window),
	}
	// What was read before reading failed is answered all the same.
	var failed error
	g.Go(func() error {
		defer close(r.work)
		defer close(r.order)
		failed = r.read(ctx, in)
		return ctx.Err()
	})
	for range workers {
		g.Go(func() error {
			for j := range r.work {
				j.answer, j.failed = line(j.line)
				close(j.done)
			}
			return nil
		})
	}
	var stats Stats
	g.Go(func() (err error) {
		stats, err = r.write(ctx, out)
		return err
	})
	err := g.Wait()
	return stats, cmp.Or(err, failed)
}

type run struct {
	work  chan *job // to be done by any worker
	order chan *job // the same jobs, to be written in this order
	bytes *semaphore.Weighted
}

type job struct {
	line   lines.Line
	answer []byte
	failed bool
	done   chan struct{} // closed when there is an answer
}

func (r *run) read(ctx context.Context, in io.Reader) error {
	reader := lines.NewReader(in, MaxLine)
	for {
		l, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if Blank(l) {
			continue
		}
		if err := r.bytes.Acquire(ctx, int64(len(l.Data))); err != nil {
			return err
		}
		l.Data = append([]byte(nil), l.Data...)
		j := &job{line: l, done: make(chan struct{})}
		for _, queue := range []chan *job{r.work, r.order} {
			select {
			case queue <- j:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
	}
}

func (r *run) write(ctx context.Context, out io.Writer) (Stats, error) {
	var stats Stats
	w := bufio.NewWriterSize(out, 1<<16)
	for {
		var j *job
		select {
		case j = <-r.order:
		default: // nothing is waiting: let the reader see what there is
			if err := w.Flush(); err != nil {
				return stats, err
			}
			select {
			case j = <-r.order:
			case <-ctx.Done():
				return stats, ctx.Err()
			}
		}
		if j == nil {
			return stats, w.Flush()
		}
		select {
		case <-j.done:
		case <-ctx.Done():
			return stats, ctx.Err()
		}
		stats.Lines++
		if j.failed {
			stats.Failed++
		}
		if _, err := w.Write(append(j.answer, '\n')); err != nil {
			return stats, err
		}
		r.bytes.Release(int64(len(j.line.Data)))
	}
}
