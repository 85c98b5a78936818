//go:build js && wasm

package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unsafe"

	"postil/internal/garbage"
)

// The exchange: one request and its answer in two calls, without a single
// JavaScript object crossing over. instance.mjs is the other side.
//
//	postil_buffer(n)          returns the address of n bytes for the request
//	postil_handle(head, body) takes the request from there: head bytes of
//	                          "METHOD\nURL\nname\nvalue\n…", then body bytes
//	                          or, of a body that is too long, as many as show it
//	postil_result()           returns the address of five uint32, the same
//	                          ever after: status, address and length of the
//	                          answer's head "name\nvalue\n…", address and
//	                          length of its body
//
// The answer stays valid until the next call. Calls do not nest: the handler
// runs to its end in postil_handle. If it needs the archive the status is
// askAgain: the request is to be made through syumai/workers, where it may wait.
// If it waits for anything else, postil_handle returns all the same, with a
// status of 0, and the program is beyond repair.
type exchange struct {
	handler http.Handler
	request []byte
	answer  response
	head    []byte
	result  [5]uint32
	memory  garbage.Collector
	access  access // to the archive: none
}

const askAgain = 1

// exchanged is what the exported functions, which have no receiver, work on.
var exchanged exchange

// keep is the size in bytes above which a buffer is not kept for the next call.
const keep = 256 << 10

//go:wasmexport postil_buffer
func postilBuffer(n uint32) unsafe.Pointer {
	x := &exchanged
	if uint32(cap(x.request)) < n || cap(x.request) > keep {
		x.request = make([]byte, max(n, 16<<10))
	}
	x.request = x.request[:cap(x.request)]
	return unsafe.Pointer(unsafe.SliceData(x.request))
}

//go:wasmexport postil_result
func postilResult() unsafe.Pointer { return unsafe.Pointer(&exchanged.result) }

//go:wasmexport postil_handle
func postilHandle(head, body uint32) {
	x := &exchanged
	x.result[0] = 0
	r := parseRequest(string(x.request[:head]))
	r.ContentLength = declared(r.Header, body)
	r.Body = io.NopCloser(bytes.NewReader(x.request[head : head+body]))

	x.answer.reset()
	x.access = access{}
	x.handler.ServeHTTP(&x.answer, r.WithContext(withAccess(context.Background(), &x.access)))
	if x.access.refused {
		x.result[0] = askAgain
		return
	}
	x.head = x.head[:0]
	for name, values := range x.answer.header {
		for _, v := range values {
			x.head = append(append(x.head, name...), '\n')
			x.head = append(append(x.head, v...), '\n')
		}
	}
	x.result = [5]uint32{
		uint32(x.answer.status),
		address(x.head), uint32(len(x.head)),
		address(x.answer.body), uint32(len(x.answer.body)),
	}
	x.memory.After(len(x.answer.body) + int(head+body))
}

// declared is how long a body says that it is, as [http.Request] has it.
func declared(h http.Header, body uint32) int64 {
	if n, err := strconv.ParseInt(h.Get("Content-Length"), 10, 64); err == nil && n >= 0 {
		return n
	}
	if h.Get("Transfer-Encoding") != "" {
		return -1
	}
	return int64(body)
}

func address(b []byte) uint32 {
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(b))))
}

func parseRequest(head string) *http.Request {
	next := func() (line string) {
		line, head, _ = strings.Cut(head, "\n")
		return line
	}
	r := &http.Request{
		Method: next(), Header: make(http.Header),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
	r.URL = parseURL(next())
	r.Host = r.URL.Host
	for head != "" {
		name := next()
		r.Header.Add(name, next())
	}
	return r
}

// parseURL takes what JavaScript's URL takes. A path that Go finds malformed,
// such as "/%zz", stands for itself.
func parseURL(raw string) *url.URL {
	u, err := url.Parse(raw)
	if err == nil {
		return u
	}
	raw, query, _ := strings.Cut(raw, "?")
	if _, rest, found := strings.Cut(raw, "://"); found {
		_, raw, _ = strings.Cut(rest, "/")
	}
	return &url.URL{Path: "/" + raw, RawQuery: query}
}

// response collects an answer. It is used again for the next one.
type response struct {
	header http.Header
	status int
	body   []byte
}

func (w *response) reset() {
	if w.header == nil || cap(w.body) > keep {
		*w = response{header: make(http.Header)}
	}
	clear(w.header)
	w.status, w.body = 0, w.body[:0]
}

func (w *response) Header() http.Header { return w.header }

func (w *response) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
}

func (w *response) Write(p []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	w.body = append(w.body, p...)
	return len(p), nil
}
