// Package lines reads long lines in bounded memory.
package lines

import (
	"bufio"
	"bytes"
	"io"
)

// Line is one line of the input.
type Line struct {
	// Number counts from 1.
	Number int
	// Data is the line without its end, CR LF included. It is valid until the
	// next call of Next.
	Data []byte
	// TooLong says that the line had more bytes than the reader takes; Data is
	// empty then.
	TooLong bool
}

// Reader reads lines. A byte order mark before the first one is dropped.
type Reader struct {
	r      *bufio.Reader
	limit  int
	number int
	buffer []byte
	done   bool
}

// keep is the size up to which a buffer is used again.
const keep = 1 << 20

// NewReader reads from r lines of at most limit bytes.
func NewReader(r io.Reader, limit int) *Reader {
	return &Reader{r: bufio.NewReaderSize(r, 1<<16), limit: limit}
}

// Next returns the next line. At the end of the input the error is io.EOF; the
// last line need not have an end of its own. With any other error the line has only
// its number.
func (r *Reader) Next() (Line, error) {
	if r.done {
		return Line{}, io.EOF
	}
	if cap(r.buffer) > keep {
		r.buffer = nil
	}
	r.buffer = r.buffer[:0]
	r.number++
	tooLong := false
	for {
		part, err := r.r.ReadSlice('\n')
		if !tooLong {
			r.buffer = append(r.buffer, part...)
		}
		if len(r.buffer) > r.limit+2 { // the line's end is not counted
			tooLong = true
			r.buffer = r.buffer[:0]
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err != nil && err != io.EOF {
			return Line{Number: r.number}, err
		}
		r.done = err == io.EOF
		return r.line(tooLong)
	}
}

// Ready reports whether the next line is here already, so that Next need not
// wait for it.
func (r *Reader) Ready() bool {
	buffered, _ := r.r.Peek(r.r.Buffered())
	return bytes.IndexByte(buffered, '\n') >= 0
}

func (r *Reader) line(tooLong bool) (Line, error) {
	data := bytes.TrimSuffix(bytes.TrimSuffix(r.buffer, []byte("\n")), []byte("\r"))
	if r.number == 1 {
		data = bytes.TrimPrefix(data, []byte("\ufeff"))
	}
	if len(data) > r.limit {
		data, tooLong = nil, true
	}
	if r.done && len(r.buffer) == 0 && !tooLong {
		return Line{}, io.EOF
	}
	return Line{Number: r.number, Data: data, TooLong: tooLong}, nil
}
