package source

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// texts makes strings of quoted ones, and puts short ones together in chunks: a
// glossary has millions, and each by itself would take a third more memory.
type texts struct {
	chunk   *strings.Builder
	scratch []byte
}

const (
	chunkSize = 1 << 16
	// maxShort bounds what a chunk may keep in memory although nobody uses it,
	// because it is of a field that is passed over.
	maxShort = 1 << 10
)

// unquote returns the string that JSON text stands for.
func (t *texts) unquote(quoted []byte) (_ string, err error) {
	if t.scratch, err = jsontext.AppendUnquote(t.scratch[:0], quoted); err != nil {
		return "", err
	}
	for _, name := range fieldNames {
		if string(t.scratch) == name {
			return name, nil
		}
	}
	if len(t.scratch) > maxShort {
		s := string(t.scratch)
		t.scratch = nil
		return s, nil
	}
	if t.chunk == nil || t.chunk.Len()+len(t.scratch) > t.chunk.Cap() {
		t.chunk = &strings.Builder{}
		t.chunk.Grow(chunkSize)
	}
	start := t.chunk.Len()
	t.chunk.Write(t.scratch)
	return t.chunk.String()[start:], nil
}
