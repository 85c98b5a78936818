package postil

import (
	"context"
	"iter"
	"runtime"
)

// Document is one text of many.
type Document struct {
	ID   string // names the document in its Answer; may be empty
	Text string
	HTML bool // Text is a page or a fragment, for AnnotateHTML
}

// Answer is what AnnotateAll says of one document.
type Answer struct {
	ID     string
	Result *Result
	Err    error
}

// AnnotateAll annotates documents as they come, on as many goroutines as there
// are processors, and yields the answers in their order. A document that cannot
// be annotated has an error in its answer and the others go on; when ctx ends, the
// next answer has the context's error and is the last.
//
// It holds a few documents for each processor at a time, however many there are.
// documents is read on one other goroutine, which has ended when the loop over
// the answers has, also when that is left early.
func (a *Annotator) AnnotateAll(ctx context.Context, documents iter.Seq[Document], o Options) iter.Seq[Answer] {
	return func(yield func(Answer) bool) {
		left := make(chan struct{}) // closed when nobody wants an answer any more
		order := make(chan chan Answer, 2*runtime.GOMAXPROCS(0))
		done := make(chan struct{})
		go func() {
			defer close(done)
			defer close(order)
			a.answerAll(ctx, documents, o, order, left)
		}()
		defer func() { <-done }()
		defer close(left)
		for next := range order {
			if answer := <-next; !yield(answer) || ctx.Err() != nil && answer.Err == ctx.Err() {
				return
			}
		}
	}
}

// answerAll sends, for each document in order, a channel on which its answer
// comes. It returns when all answers have been sent.
func (a *Annotator) answerAll(ctx context.Context, documents iter.Seq[Document], o Options, order chan<- chan Answer, left <-chan struct{}) {
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	defer func() {
		for range cap(slots) {
			slots <- struct{}{}
		}
	}()
	for d := range documents {
		answer := make(chan Answer, 1)
		select {
		case order <- answer:
		case <-left:
			return
		}
		slots <- struct{}{}
		go func() {
			defer func() { <-slots }()
			answer <- a.answer(ctx, d, o)
		}()
	}
}

func (a *Annotator) answer(ctx context.Context, d Document, o Options) Answer {
	if err := ctx.Err(); err != nil {
		return Answer{ID: d.ID, Err: err}
	}
	annotate := a.Annotate
	if d.HTML {
		annotate = a.AnnotateHTML
	}
	r, err := annotate(d.Text, o)
	return Answer{ID: d.ID, Result: r, Err: err}
}
