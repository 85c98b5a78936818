package worker

import (
	"io"
	"net/http"
	"time"
)

// maxDrained is how much of a body that nobody reads is taken from the client
// all the same, in bytes. Most clients send all they have before they read an
// answer, and lose it if the connection ends under them.
const maxDrained = 16 << 20

// A body is a request's body with a limit. Unlike [http.MaxBytesReader] it leaves
// the connection as it is, so that an answer that refuses a body still arrives.
type body struct {
	io.ReadCloser
	control *http.ResponseController
	limit   int64 // bytes; negative for none
	read    int64
	ended   bool
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

// drain takes what is left of the body before a request is answered. It leaves
// alone what is much longer than it may be, and a client that waits for leave to send.
func (b *body) drain(r *http.Request) {
	most := max(maxDrained, b.limit)
	if b.ended || r.ContentLength == 0 || r.ContentLength > most || b.read == 0 && r.Header.Get("Expect") != "" {
		return
	}
	io.CopyN(io.Discard, b.ReadCloser, most-b.read)
}

// longUpload is how long a body may take that may be long.
const longUpload = 2 * time.Minute

// allow has the body of a request be as long as limit, and take its time.
func allow(r *http.Request, limit int64) {
	if b, ok := r.Body.(*body); ok {
		b.limit = limit
		// Where there are no deadlines, as at the edge, others keep them.
		b.control.SetReadDeadline(time.Now().Add(longUpload))
		b.control.SetWriteDeadline(time.Now().Add(longUpload))
	}
}
