package index

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"hash/crc32"
	"io"
)

// Writer writes an index section by section, and its header when it is closed.
// The zero value writes to memory; its Bytes are the file. After an error it
// writes nothing more, and Close returns the error.
type Writer struct {
	file   io.WriteSeeker
	memory memory // the file of the zero value
	out    *bufio.Writer
	err    error

	at    int64 // bytes written
	sum   hash.Hash
	table []byte // of the sections so far
	crc   uint32 // of the section so far
}

// NewWriter writes to a file that is empty. Small writes are gathered.
func NewWriter(file io.WriteSeeker) *Writer { return &Writer{file: file} }

// Add writes a section, which is all the parts put together. Its name has one to
// eight ASCII characters.
func (w *Writer) Add(name string, parts ...[]byte) { w.add(name, parts, false) }

// AddLazy writes a section that is not checked as a whole when it is opened.
func (w *Writer) AddLazy(name string, parts ...[]byte) { w.add(name, parts, true) }

func (w *Writer) add(name string, parts [][]byte, lazy bool) {
	w.begin(name, lazy)
	for _, p := range parts {
		w.write(p)
	}
	w.end()
}

// open writes a header of zeros, for Close to fill in.
func (w *Writer) open() {
	if w.out != nil {
		return
	}
	if w.file == nil {
		w.file = &w.memory
	}
	w.out = bufio.NewWriterSize(w.file, 1<<16)
	w.sum = sha256.New()
	_, w.err = w.out.Write(make([]byte, headerSize))
	w.at = headerSize
}

// begin starts a section, write adds to it, and end completes it.
func (w *Writer) begin(name string, lazy bool) {
	if len(name) == 0 || len(name) > 8 {
		panic("index: section name " + name + " has not one to eight characters")
	}
	w.open()
	le := binary.LittleEndian
	e := make([]byte, entrySize)
	copy(e, name)
	le.PutUint64(e[8:], uint64(w.at))
	if lazy {
		le.PutUint32(e[28:], flagLazy)
	}
	w.table = append(w.table, e...)
	w.crc = 0
}

func (w *Writer) write(data []byte) {
	w.crc = crc32.Update(w.crc, crc32.MakeTable(crc32.Castagnoli), data)
	w.put(data)
}

func (w *Writer) end() {
	le := binary.LittleEndian
	e := w.table[len(w.table)-entrySize:]
	le.PutUint64(e[16:], uint64(w.at)-le.Uint64(e[8:]))
	le.PutUint32(e[24:], w.crc)
	w.put(make([]byte, -w.at&7))
}

func (w *Writer) put(data []byte) {
	w.at += int64(len(data))
	if w.err == nil {
		w.sum.Write(data)
		_, w.err = w.out.Write(data)
	}
}

// Close writes the section table and the header.
func (w *Writer) Close() error {
	w.open()
	table := w.table
	w.put(table)
	le := binary.LittleEndian
	h := append(make([]byte, 0, headerSize), magic...)
	h = le.AppendUint32(h, version)
	h = le.AppendUint32(h, uint32(len(table)/entrySize))
	h = le.AppendUint64(h, uint64(w.at))
	h = w.sum.Sum(h)
	h = le.AppendUint32(h, crc32.Update(Checksum(h), crc32.MakeTable(crc32.Castagnoli), table))
	h = le.AppendUint32(h, 0)
	if w.err == nil {
		w.err = w.out.Flush()
	}
	if w.err == nil {
		_, w.err = w.file.Seek(0, io.SeekStart)
	}
	if w.err == nil {
		_, w.err = w.file.Write(h)
	}
	return w.err
}

// Bytes closes a Writer that writes to memory and returns the file.
func (w *Writer) Bytes() []byte {
	_ = w.Close() // memory takes everything
	return w.memory.data
}

// memory is a file in memory.
type memory struct {
	data []byte
	at   int
}

func (m *memory) Write(p []byte) (int, error) {
	n := copy(m.data[m.at:], p)
	m.data = append(m.data, p[n:]...)
	m.at += len(p)
	return len(p), nil
}

func (m *memory) Seek(offset int64, _ int) (int64, error) {
	m.at = int(offset) // from the start: a Writer asks for nothing else
	return offset, nil
}
