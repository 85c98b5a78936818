//go:build js && wasm

package main

import (
	"cmp"
	"context"
	"io"
	"maps"
	"net/http"
	"syscall/js"

	"postil/internal/garbage"
	"postil/internal/store"
)

// An access is what one request may do with the archive. The bucket is the
// request's own: what is waited for then belongs to it, as the platform demands.
type access struct {
	bucket  js.Value // undefined where nothing may be waited for
	waits   bool     // for what it asks of the platform
	refused bool     // the archive was needed all the same
}

type accessKey struct{}

func withAccess(ctx context.Context, a *access) context.Context {
	return context.WithValue(ctx, accessKey{}, a)
}

// archive is the store of all requests. It finds in a request's context what
// that one may do.
type archive struct{}

func bucketOf(ctx context.Context) (bucket, error) {
	a, ok := ctx.Value(accessKey{}).(*access)
	if !ok || a.bucket.IsUndefined() {
		if ok {
			a.refused = true
		}
		return bucket{}, store.ErrWait
	}
	return bucket{a.bucket}, nil
}

func (archive) Get(ctx context.Context, key string, unless store.Version) (store.Object, error) {
	b, err := bucketOf(ctx)
	if err != nil {
		return store.Object{}, err
	}
	return b.get(key, unless)
}

func (archive) Put(ctx context.Context, key string, data []byte, when store.Condition) (store.Version, error) {
	b, err := bucketOf(ctx)
	if err != nil {
		return "", err
	}
	return b.put(key, data, when)
}

func (archive) Delete(ctx context.Context, keys ...string) error {
	b, err := bucketOf(ctx)
	if err != nil {
		return err
	}
	return b.delete(keys)
}

func (archive) List(ctx context.Context, prefix, after string) ([]store.Entry, string, error) {
	b, err := bucketOf(ctx)
	if err != nil {
		return nil, "", err
	}
	return b.list(prefix, after)
}

// waiting serves the requests that come through syumai/workers, which may wait.
type waiting struct {
	handler http.Handler
	context js.Value // of the program; env is that of the request that begins
	memory  *garbage.Collector
}

func (h waiting) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a := &access{bucket: bucketIn(h.context), waits: true}
	if body, ok := r.Body.(interface{ GetRawJSBody() js.Value }); ok {
		r.Body = metered{&stream{source: body.GetRawJSBody()}, h.memory}
	}
	var found response
	found.reset()
	h.handler.ServeHTTP(&found, r.WithContext(withAccess(r.Context(), a)))
	found.give(w)
	h.memory.After(0)
}

// give hands an answer over as one piece. The streams that syumai/workers would
// make of it, and of the request's body, keep functions that are never released.
func (w *response) give(to http.ResponseWriter) {
	maps.Copy(to.Header(), w.header)
	to.WriteHeader(cmp.Or(w.status, http.StatusOK))
	body := js.Null()
	if len(w.body) > 0 {
		body = js.Global().Get("Uint8Array").New(len(w.body))
		js.CopyBytesToJS(body, w.body)
	}
	to.(interface{ WriteRawJSBody(js.Value) }).WriteRawJSBody(body)
}

// metered counts what is read of a body as traffic.
type metered struct {
	io.ReadCloser
	memory *garbage.Collector
}

func (m metered) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	m.memory.Add(n)
	return n, err
}
