//go:build js && wasm

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"syscall/js"

	"postil/internal/store"
)

// pageTimeout is how long an origin may take to answer, in milliseconds.
const pageTimeout = 5000

// origins makes requests to origins with the platform's fetch, which reaches
// nothing but the public network and has no cookies.
type origins struct{}

// RoundTrip makes one request, if the one that it is made for may wait.
func (origins) RoundTrip(r *http.Request) (*http.Response, error) {
	a, ok := r.Context().Value(accessKey{}).(*access)
	if !ok || !a.waits {
		if ok {
			a.refused = true
		}
		return nil, store.ErrWait
	}
	headers := map[string]any{}
	for name := range r.Header {
		headers[name] = r.Header.Get(name)
	}
	found, err := await(js.Global(), "fetch", r.URL.String(), map[string]any{
		"redirect": "manual",
		"headers":  headers,
		"signal":   js.Global().Get("AbortSignal").Call("timeout", pageTimeout),
	})
	if err != nil {
		return nil, late(err)
	}
	res := &http.Response{StatusCode: found.Get("status").Int(), Header: http.Header{}, Body: http.NoBody}
	entries := js.Global().Get("Array").Call("from", found.Get("headers"))
	for i := range entries.Length() {
		res.Header.Add(entries.Index(i).Index(0).String(), entries.Index(i).Index(1).String())
	}
	res.Header.Del("Content-Encoding") // fetch has undone it
	if body := found.Get("body"); !body.IsNull() {
		res.Body = &stream{source: body}
	}
	return res, nil
}

// late makes the error of a time that is over recognizable.
func late(err error) error {
	if strings.HasPrefix(err.Error(), "TimeoutError") {
		return fmt.Errorf("%w: %w", err, context.DeadlineExceeded)
	}
	return err
}

// A stream is a ReadableStream, read as far as somebody asks.
type stream struct {
	source js.Value
	reader js.Value // of the source; undefined before the first read
	rest   []byte
	ended  bool
}

func (s *stream) Read(p []byte) (int, error) {
	for len(s.rest) == 0 {
		if s.ended {
			return 0, io.EOF
		}
		if s.reader.IsUndefined() {
			s.reader = s.source.Call("getReader")
		}
		part, err := await(s.reader, "read")
		if err != nil {
			return 0, late(err)
		}
		if s.ended = part.Get("done").Bool(); !s.ended {
			s.rest = make([]byte, part.Get("value").Length())
			js.CopyBytesToGo(s.rest, part.Get("value"))
		}
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}

// Close cancels what was not read.
func (s *stream) Close() error {
	if !s.ended {
		s.ended = true
		if s.reader.IsUndefined() {
			s.reader = s.source
		}
		_, err := await(s.reader, "cancel")
		return err
	}
	return nil
}

// decode turns text into UTF-8 with the platform's own tables.
func decode(label string, text []byte) (decoded string, err error) {
	defer func() {
		switch thrown := recover().(type) {
		case nil:
		case js.Error:
			err = thrown
		default:
			panic(thrown)
		}
	}()
	bytes := js.Global().Get("Uint8Array").New(len(text))
	js.CopyBytesToJS(bytes, text)
	return js.Global().Get("TextDecoder").New(label).Call("decode", bytes).String(), nil
}
