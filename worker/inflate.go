package worker

import (
	"compress/flate"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
)

// inflate has the body of a request read as what Content-Encoding says that it
// is: nothing or gzip. The limit holds for what comes out as for what goes in, and
// where there is none, nothing may come out more than a hundred times as long: no
// small body can become a large one.
func (s *server) inflate(r *http.Request) error {
	encoding := header(r, "Content-Encoding")
	switch {
	case encoding == "", strings.EqualFold(encoding, "identity"):
		return nil
	case !strings.EqualFold(encoding, "gzip") && !strings.EqualFold(encoding, "x-gzip"): // the same: RFC 9110, section 8.4.1.3
		return unsupported(r, fmt.Sprintf("Content-Encoding is %q, want gzip or none", encoding), "Content-Encoding")
	}
	r.Body = &inflated{source: bodyOf(r), limit: s.limit(r)}
	r.ContentLength = -1
	return nil
}

const (
	maxInflation = 100
	freeInflated = 1 << 20 // bytes, of any body
)

// inflated decompresses a body.
type inflated struct {
	source *body
	limit  int64 // negative for none
	zip    *gzip.Reader
	n      int64
}

func (f *inflated) Read(p []byte) (int, error) {
	if f.zip == nil {
		zip, err := gzip.NewReader(f.source)
		if err != nil {
			return 0, zipError(err)
		}
		f.zip = zip
	}
	n, err := f.zip.Read(p)
	if f.n += int64(n); f.limit >= 0 && f.n > f.limit {
		return 0, &http.MaxBytesError{Limit: f.limit}
	}
	if f.limit < 0 && f.n > freeInflated+maxInflation*f.source.read {
		return 0, malformed(fmt.Sprintf("the body is more than %d times as long as it is sent: send it less compressed, or in parts", maxInflation))
	}
	if err == io.EOF {
		return n, err
	}
	return n, zipError(err)
}

func (f *inflated) Close() error { return f.source.Close() }

// zipError tells what is no gzip from what stops its reading.
func zipError(err error) error {
	var corrupt flate.CorruptInputError
	switch {
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt):
		return malformed("the body is not valid gzip: " + err.Error())
	case err == io.EOF, errors.Is(err, io.ErrUnexpectedEOF):
		return malformed("the body is not valid gzip: it ends too early")
	}
	return err
}
