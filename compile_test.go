package postil_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"postil"
)

// file is a file in memory that takes so many bytes.
type file struct {
	data []byte
	at   int
	room int
}

var errFull = errors.New("no room is left")

func (f *file) Write(p []byte) (int, error) {
	n := min(len(p), f.room)
	f.room -= n
	f.data = append(f.data[:f.at], append(bytes.Clone(p[:n]), f.data[min(f.at+n, len(f.data)):]...)...)
	f.at += n
	if n < len(p) {
		return n, errFull
	}
	return n, nil
}

func (f *file) Seek(offset int64, whence int) (int64, error) {
	if whence != io.SeekStart {
		return 0, errors.ErrUnsupported
	}
	f.at = int(offset)
	return offset, nil
}

func TestCompileTo(t *testing.T) {
	o := postil.CompileOptions{Articles: []postil.Article{{ID: "a", Text: "X"}}}
	want, err := postil.Compile(smallGlossary, o)
	if err != nil {
		t.Fatal(err)
	}
	for room := range len(want) + 65 { // the header is written twice
		if room%17 > 0 && room < len(want)-100 {
			continue
		}
		f := &file{room: room}
		if err := postil.CompileTo(t.Context(), f, smallGlossary, o); !errors.Is(err, errFull) && room < len(want)+64 {
			t.Fatalf("room for %d bytes: error %v", room, err)
		} else if err == nil && !bytes.Equal(f.data, want) {
			t.Fatal("the file is not what Compile makes")
		}
	}
}
