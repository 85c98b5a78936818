package worker

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"postil"
	"postil/internal/batch"
	"postil/internal/lines"
)

// limit is the longest body that a request may have; negative means that there
// is none.
func (s *server) limit(r *http.Request) int64 {
	kind := r.Header.Get("Content-Type")
	if len(kind) >= len(mediaLines) && strings.EqualFold(kind[:len(mediaLines)], mediaLines) {
		return s.MaxBatch
	}
	return s.MaxBody
}

// annotateLines answers a batch: one object with id and text or html a line in,
// one with id and annotations, or an error, a line out. Unlike elsewhere,
// abbreviations are looked for unless the query says otherwise.
func (s *server) annotateLines(r *http.Request) (*answer, error) {
	in, err := s.newInput(postil.Options{Abbreviations: true})
	if err != nil {
		return nil, err
	}
	if err := readQuery(r, annotateOptions(in)...); err != nil {
		return nil, err
	}
	if _, err := negotiate(r, mediaLines); err != nil {
		return nil, err
	}
	if in.minify || in.source != "" {
		return nil, unprocessable(Detail{Detail: "minify and source are not for batches, whose answers are JSON"})
	}
	// What no line could have is refused before the first.
	if _, err := s.annotator.Annotate("", in.Options); err != nil {
		return nil, err
	}
	a := &answer{kind: mediaLines, cache: "no-store", vary: "Accept"}
	if s.MaxBatch < 0 {
		b := bodyOf(r)
		if b.batch = s.load.beginBatch(); !b.batch {
			return nil, crowded
		}
		a.stream = func(w http.ResponseWriter) error { return s.streamLines(w, r, in.Options) }
		return a, nil
	}
	all, err := readUpTo(r, s.MaxBatch)
	if tooLong := (*http.MaxBytesError)(nil); errors.As(err, &tooLong) {
		return nil, s.batchTooLong()
	} else if err != nil && err != errEmpty {
		return nil, err
	}
	var out gathered
	if err := s.answerLines(r.Context(), &out, bytes.NewReader(all), in.Options, func() error { return nil }); err != nil {
		return nil, err
	}
	a.body = out.Bytes()
	return a, nil
}

// gathered is the answer to a batch, which has a limit.
type gathered struct{ bytes.Buffer }

func (g *gathered) Write(p []byte) (int, error) {
	if g.Len()+len(p) > maxAnswer {
		return 0, &Problem{
			Status: http.StatusRequestEntityTooLarge,
			Detail: fmt.Sprintf("the answers would be longer than %d bytes: cut the batch between lines and send the parts one after the other", maxAnswer),
		}
	}
	return g.Buffer.Write(p)
}

func (s *server) batchTooLong() error {
	return &Problem{
		Status: http.StatusRequestEntityTooLarge,
		Detail: fmt.Sprintf("the batch is longer than %d bytes: cut it between lines and send the parts one after the other", s.MaxBatch),
	}
}

// answerLines answers line by line, so that what it holds does not depend on how
// many there are. Each has a turn of its own, so that a batch leaves room for
// others. It calls flush when it may have to wait for the next one.
func (s *server) answerLines(ctx context.Context, out io.Writer, in io.Reader, o postil.Options, flush func() error) error {
	limit := int(s.MaxBody)
	reader := lines.NewReader(in, limit)
	var answer []byte
	for {
		l, err := reader.Next()
		if err == io.EOF {
			return flush()
		}
		if problem := (*Problem)(nil); errors.As(err, &problem) {
			// It may be too late for a status, and the client has to learn the reason.
			out.Write(append(batch.AppendBroken(answer[:0], l.Number, problem.Detail), '\n'))
			flush()
		}
		if err != nil {
			return err
		}
		if batch.Blank(l) {
			if err := ctx.Err(); err != nil {
				return err
			}
			continue
		}
		err = s.turns.join(ctx, func() { answer, _ = batch.Answer(answer[:0], l, limit, maxAnswer, s.annotator, o) })
		if err != nil {
			return err
		}
		answer = append(answer, '\n')
		if _, err := out.Write(answer); err != nil {
			return err
		}
		if cap(answer) > 1<<20 {
			answer = nil
		}
		if !reader.Ready() {
			if err := flush(); err != nil {
				return err
			}
		}
	}
}

// patience is how long a batch may stand still because its client neither sends
// nor reads.
const patience = 30 * time.Second

// leastRate is how many bytes of a batch come in a second at least where others want
// its place.
const leastRate = 1 << 10

var errSlow = errors.New("the batch is slow, and others want its place")

func isSlow(read int64, took time.Duration) bool {
	return float64(read) < leastRate*took.Seconds()
}

// streamLines writes answers while it reads, and reads no faster than the client
// takes them.
func (s *server) streamLines(w http.ResponseWriter, r *http.Request, o postil.Options) error {
	control := http.NewResponseController(w)
	// What a server cannot do it need not: HTTP/2 is duplex, a recorder has no deadlines.
	control.EnableFullDuplex()
	moving := func() {
		until := time.Now().Add(patience)
		control.SetReadDeadline(until)
		control.SetWriteDeadline(until)
	}
	moving()
	start := time.Now()
	out := bufio.NewWriterSize(tracked{w, moving}, 32<<10)
	err := s.answerLines(r.Context(), out, r.Body, o, func() error {
		if err := out.Flush(); err != nil {
			return err
		}
		if s.load.isFull() && isSlow(bodyOf(r).read, time.Since(start)-s.load.grace) {
			return errSlow
		}
		moving()
		return control.Flush()
	})
	if err != nil {
		control.SetReadDeadline(time.Now()) // the server waits for no more of what is cut off
	}
	return err
}

// tracked tells when something has been written.
type tracked struct {
	io.Writer
	written func()
}

func (t tracked) Write(p []byte) (int, error) {
	n, err := t.Writer.Write(p)
	t.written()
	return n, err
}

// run writes a stream. The status is sent by then: an answer that cannot go on
// is cut off, so that nobody takes it for whole.
func (s *server) run(w http.ResponseWriter, stream func(http.ResponseWriter) error) {
	defer func() {
		if v := recover(); v != nil {
			if v != http.ErrAbortHandler {
				s.Log.Error("answer cut off", "error", fmt.Sprintf("panic: %v\n%s", v, debug.Stack()))
			}
			panic(http.ErrAbortHandler)
		}
	}()
	if err := stream(w); err != nil {
		panic(http.ErrAbortHandler) // the client went away or stood still
	}
}
