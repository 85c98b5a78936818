package host

import "context"

// Ask makes a call by its name, as docs/abi.md lists them. The options are a JSON
// object or empty. The error is an *Error for what is wrong with the call, a
// *CrashError if the module came to an end, or the context's.
func (p *Pool) Ask(ctx context.Context, call, options, text string) ([]byte, error) {
	in, err := p.acquire(ctx)
	if err != nil {
		return nil, err
	}
	if p.interrupt || ctx.Done() == nil {
		return p.answer(ctx, in, call, options, text)
	}
	type answer struct {
		result []byte
		err    error
	}
	done := make(chan answer, 1)
	go func() {
		result, err := p.answer(context.WithoutCancel(ctx), in, call, options, text)
		done <- answer{result, err}
	}()
	select {
	case a := <-done:
		return a.result, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// answer makes a call of an instance and gives that back.
func (p *Pool) answer(ctx context.Context, in *instance, call, options, text string) ([]byte, error) {
	handle := in.handle
	if call == "compile" {
		handle = 0
	}
	result, err := in.ask(ctx, call, handle, options, text)
	p.release(in, err)
	return result, err
}

// Annotate finds the terms of the index in a plain text.
func (p *Pool) Annotate(ctx context.Context, text, options string) ([]byte, error) {
	return p.Ask(ctx, "annotate", options, text)
}

// AnnotateHTML finds them in what a page shows; positions count in its source.
func (p *Pool) AnnotateHTML(ctx context.Context, page, options string) ([]byte, error) {
	return p.Ask(ctx, "annotate_html", options, page)
}

// MarkHTML returns the page with the mentions marked.
func (p *Pool) MarkHTML(ctx context.Context, page, options string) ([]byte, error) {
	return p.Ask(ctx, "mark_html", options, page)
}

// Search finds articles and terms.
func (p *Pool) Search(ctx context.Context, query, options string) ([]byte, error) {
	return p.Ask(ctx, "search", options, query)
}

// Term returns the term with an id.
func (p *Pool) Term(ctx context.Context, id string) ([]byte, error) {
	return p.Ask(ctx, "term", "", id)
}

// Terms lists terms.
func (p *Pool) Terms(ctx context.Context, options string) ([]byte, error) {
	return p.Ask(ctx, "terms", options, "")
}

// Compile makes an index of a glossary, a JSON object with language, terms and
// articles. It does not touch the index of the pool.
func (p *Pool) Compile(ctx context.Context, glossary string) ([]byte, error) {
	return p.Ask(ctx, "compile", "", glossary)
}
