package postil_test

import (
	"bytes"
	"errors"
	"fmt"
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

// Dates count in UTC, and those that cannot be indexed for none.
func TestDatesAtTheEdge(t *testing.T) {
	a, err := postil.Open(mustCompile(t, smallGlossary))
	if err != nil {
		t.Fatal(err)
	}
	for _, date := range []string{"1678-01-01T00:00:00+14:00", "2261-12-31T23:59:59-12:00", "0001-01-01", "9999-12-31"} {
		if _, err := a.Segment(postil.Article{ID: "a", Title: "T", Text: "CMA", Published: date}); err != nil {
			t.Errorf("%s: %v", date, err)
		}
	}
}

func TestSegmentOfOneIDTwice(t *testing.T) {
	a, err := postil.Open(mustCompile(t, smallGlossary))
	if err != nil {
		t.Fatal(err)
	}
	article := func(id string) postil.Article { return postil.Article{ID: id, Title: "T", Text: "CMA"} }
	if _, err := a.Segment(article("a"), article("b"), article("a")); err == nil {
		t.Error("two articles have the id a, and there is no error")
	}
}

func TestTooManyKinds(t *testing.T) {
	terms := make([]postil.Term, 1<<16)
	for i := range terms {
		terms[i] = postil.Term{ID: fmt.Sprintf("t%d", i), Label: fmt.Sprintf("Term %d", i), Kind: fmt.Sprintf("k%d", i)}
	}
	if _, err := postil.Compile(terms, postil.CompileOptions{}); err == nil {
		t.Error("65,536 kinds, and no error")
	}
}

func TestLanguageIsATag(t *testing.T) {
	a, err := postil.Open(mustCompile(t, smallGlossary))
	if err != nil {
		t.Fatal(err)
	}
	for tag, ok := range map[string]bool{"": true, "de-CH": true, "\xff": false, "en us": false, "en_US": false} {
		_, err := a.Annotate("CMA", postil.Options{Language: tag})
		if e := (*postil.ValueError)(nil); ok != (err == nil) || !ok && !errors.As(err, &e) {
			t.Errorf("language %q: %v", tag, err)
		}
		_, err = postil.Compile(nil, postil.CompileOptions{Language: tag})
		if e := (*postil.ValueError)(nil); ok != (err == nil) || !ok && !errors.As(err, &e) {
			t.Errorf("glossary in %q: %v", tag, err)
		}
	}
}

func mustCompile(t *testing.T, terms []postil.Term) []byte {
	t.Helper()
	data, err := postil.Compile(terms, postil.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return data
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
