package index

import (
	"encoding/binary"
	"hash/crc32"
)

// Writer collects sections and lays them out as a file.
type Writer struct {
	sections []section
}

type section struct {
	name string
	data []byte
	lazy bool
}

// Add appends a section. Its name has one to eight ASCII characters.
func (w *Writer) Add(name string, data []byte) { w.add(name, data, false) }

// AddLazy appends a section that is not checked as a whole when it is opened.
func (w *Writer) AddLazy(name string, data []byte) { w.add(name, data, true) }

func (w *Writer) add(name string, data []byte, lazy bool) {
	if len(name) == 0 || len(name) > 8 {
		panic("index: section name " + name + " has not one to eight characters")
	}
	w.sections = append(w.sections, section{name, data, lazy})
}

// Bytes returns the file.
func (w *Writer) Bytes() []byte {
	le := binary.LittleEndian
	size := align(headerSize + entrySize*len(w.sections))
	for i, s := range w.sections {
		size += len(s.data)
		if i < len(w.sections)-1 {
			size = align(size)
		}
	}
	out := make([]byte, size)
	copy(out, magic)
	le.PutUint32(out[8:], version)
	le.PutUint32(out[12:], uint32(len(w.sections)))
	le.PutUint64(out[16:], uint64(size))

	table := out[headerSize : headerSize+entrySize*len(w.sections)]
	at := align(headerSize + len(table))
	for i, s := range w.sections {
		at = align(at)
		e := table[i*entrySize:]
		copy(e[:8], s.name)
		le.PutUint64(e[8:], uint64(at))
		le.PutUint64(e[16:], uint64(len(s.data)))
		le.PutUint32(e[24:], Checksum(s.data))
		if s.lazy {
			le.PutUint32(e[28:], flagLazy)
		}
		at += copy(out[at:], s.data)
	}
	d := digest(out[headerSize:])
	copy(out[24:56], d[:])
	le.PutUint32(out[56:], crc32.Update(Checksum(out[:56]), crc32.MakeTable(crc32.Castagnoli), table))
	return out
}

func align(n int) int { return (n + 7) &^ 7 }
