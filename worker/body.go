package worker

import (
	"io"
	"net/http"
	"time"
)

const (
	// maxDrained is how much of a body that nobody reads is taken from the client
	// all the same, in bytes, and drainTime for how long. Most clients send all they
	// have before they read an answer, and lose it if the connection ends under them.
	maxDrained = 16 << 20
	drainTime  = 25 * time.Second

	// The same for what nobody wants to hear the end of.
	maxUnwanted  = 64 << 10
	unwantedTime = time.Second
)

// A body is a request's body with a limit. Unlike [http.MaxBytesReader] it leaves
// the connection as it is, so that an answer that refuses a body still arrives.
type body struct {
	io.ReadCloser
	control *http.ResponseController
	load    *load
	limit   int64 // bytes; negative for none
	read    int64
	ended   bool
	allowed bool  // to who bears a token; see allow
	held    int64 // bytes that count
	batch   bool  // counts
}

// bodyOf is the body of a request, as ServeHTTP made it.
func bodyOf(r *http.Request) *body {
	if f, ok := r.Body.(*inflated); ok {
		return f.source
	}
	return r.Body.(*body)
}

func (b *body) Read(p []byte) (int, error) {
	if b.limit >= 0 {
		p = p[:min(int64(len(p)), b.limit-b.read+1)]
	}
	n, err := b.ReadCloser.Read(p)
	b.ended = b.ended || err != nil
	if b.read += int64(n); b.limit >= 0 && b.read > b.limit {
		return 0, &http.MaxBytesError{Limit: b.limit}
	}
	return n, err
}

// hold counts bytes that are held while the client is waited for, and reports
// whether there was room. Who bears a token is trusted.
func (b *body) hold(n int64) bool {
	if b.allowed {
		return true
	}
	ok := b.load.bodies.take(n, b.held)
	if ok {
		b.held += n
	}
	return ok
}

// release ends what counts.
func (b *body) release() {
	b.load.bodies.give(b.held)
	b.held = 0
	if b.batch {
		b.load.batches.Add(-1)
		b.batch = false
	}
}

// drain takes what is left of the body before a request is answered. It leaves
// alone what is much longer than it may be, and a client that waits for leave to send.
func (b *body) drain(r *http.Request, status int) {
	r.Body = b.ReadCloser // of which the server knows how much is left
	most, within := max(maxDrained, b.limit), drainTime
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		most, within = maxUnwanted, unwantedTime
	case b.limit < 0: // it may have no end
		within = unwantedTime
	}
	if b.ended || r.ContentLength == 0 {
		return
	}
	// Where there are no deadlines, as at the edge, it could take for ever.
	if err := b.control.SetReadDeadline(time.Now().Add(within)); err != nil && !b.allowed {
		return
	}
	if r.ContentLength <= most && (b.read > 0 || r.Header.Get("Expect") == "") {
		io.CopyN(io.Discard, b.ReadCloser, most-b.read)
	}
}

// longUpload is how long a body may take that may be long, and then its answer as
// long as patience.
const longUpload = 2 * time.Minute

// allow has the body of a request whose client bears a token be as long as limit, and
// take its time.
func allow(r *http.Request, limit int64) {
	b := bodyOf(r)
	b.limit, b.allowed = limit, true
	// Where there are no deadlines, as at the edge, others keep them.
	b.control.SetReadDeadline(time.Now().Add(longUpload))
	b.control.SetWriteDeadline(time.Now().Add(longUpload + patience))
}

// readUpTo reads a body, and nothing of one that says that it is too long. While it
// does, the request has no place among those that are answered.
func readUpTo(r *http.Request, limit int64) (data []byte, err error) {
	if r.ContentLength > limit {
		return nil, &http.MaxBytesError{Limit: limit}
	}
	b := bodyOf(r)
	b.load.leave()
	defer func() {
		if !b.load.enter() && err == nil {
			data, err = nil, crowded
		}
	}()
	for err == nil {
		if len(data) == cap(data) {
			if data = b.grow(data, r.ContentLength, limit); data == nil {
				return nil, crowded
			}
		}
		var n int
		n, err = r.Body.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
	}
	if err != io.EOF {
		return nil, readError(err)
	}
	if len(data) == 0 {
		return nil, errEmpty
	}
	return data, nil
}

// grow returns data with room for more, for one byte more than there can be at most, and
// nil if there is none. It follows what has come, since what a client says that it sends
// it may never send; who bears a token is believed.
func (b *body) grow(data []byte, declared, limit int64) []byte {
	most := limit
	if declared >= 0 {
		most = declared
	}
	size := max(small, 2*int64(cap(data)))
	if b.allowed && declared >= 0 || size > most+1 {
		size = most + 1
	}
	if !b.hold(max(size, small) - int64(cap(data))) {
		return nil
	}
	return append(make([]byte, 0, size), data...)
}
