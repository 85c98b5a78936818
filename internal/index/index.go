// Package index reads and writes the .postil file.
//
// All numbers are little-endian; every section starts at a multiple of eight
// bytes, so that a reader may use the file where it lies, mapped or embedded.
//
//	offset  size  content
//	0       8     magic: 0x89 'P' 'O' 'S' 'T' 'I' 'L' 0x0A
//	8       4     format version, currently 1
//	12      4     number of sections, n
//	16      8     length of the file
//	24      32    digest: SHA-256 of all that follows the header
//	56      4     CRC-32C of the bytes 0 to 56 and of the section table
//	60      4     zero
//	64            sections, each padded with zeros to a multiple of eight bytes
//	…       32*n  section table, up to the end of the file
//
// The table stands at the end and the header is written last, so that an index
// can be written section by section, without being held in memory.
//
// An entry of the section table:
//
//	0       8     name, padded with zeros
//	8       8     offset
//	16      8     length
//	24      4     CRC-32C of the section
//	28      4     flags: 1 = lazy
//
// Entries are in the order of their offsets, which leave no space but padding.
// Opening checks the header and all sections that are not lazy. A lazy section
// is large and read in parts, or seldom: its user must check each part, for which
// the section holds checksums of its own (see Records), or the whole before its
// first use (see File.Checked). The digest names the content; it is not
// recomputed when a file is opened, only by Verify.
//
// The same sections give the same bytes. A reader refuses versions that it does
// not know; within a version, sections may be added, and unknown ones are
// ignored.
package index

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
)

const (
	magic      = "\x89POSTIL\n"
	version    = 1
	headerSize = 64
	entrySize  = 32
	maxEntries = 4096
	flagLazy   = 1
)

// ErrVersion is wrapped by the error for a file of another format version.
var ErrVersion = errors.New("format version not supported")

// FormatError says which part of a file is damaged.
type FormatError struct {
	Section string // "header" or the section's name
	Err     error
}

func (e *FormatError) Error() string { return "index: " + e.Section + ": " + e.Err.Error() }
func (e *FormatError) Unwrap() error { return e.Err }

// Errorf makes a *FormatError for a section.
func Errorf(section, format string, args ...any) error {
	return &FormatError{section, fmt.Errorf(format, args...)}
}

// Section is an entry of the section table.
type Section struct {
	Name   string
	Offset int64 // bytes from the start of the file
	Length int64 // bytes
	CRC    uint32
	Lazy   bool
}

// File is an open index. It refers to the bytes it was opened on, which must
// not change, and is safe for concurrent use.
type File struct {
	data     []byte
	sections []Section
}

// Checksum is the CRC-32C (Castagnoli) of b.
func Checksum(b []byte) uint32 { return crc32.Checksum(b, crc32.MakeTable(crc32.Castagnoli)) }

// Open checks the header and the sections that are not lazy. The errors are
// of type *FormatError; for another version they wrap ErrVersion.
func Open(data []byte) (*File, error) {
	if len(data) < headerSize {
		return nil, Errorf("header", "%d bytes are too few for an index", len(data))
	}
	if string(data[:8]) != magic {
		return nil, Errorf("header", "not an index: it does not start with the magic number")
	}
	le := binary.LittleEndian
	if v := le.Uint32(data[8:]); v != version {
		return nil, Errorf("header", "%w: the file has version %d, this program reads %d", ErrVersion, v, version)
	}
	if length := le.Uint64(data[16:]); length != uint64(len(data)) {
		return nil, Errorf("header", "the file has %d bytes and should have %d", len(data), length)
	}
	n := int(le.Uint32(data[12:]))
	if n > maxEntries || headerSize+n*entrySize > len(data) {
		return nil, Errorf("header", "the section table does not fit in the file")
	}
	table := data[len(data)-n*entrySize:]
	if crc32.Update(Checksum(data[:56]), crc32.MakeTable(crc32.Castagnoli), table) != le.Uint32(data[56:]) || le.Uint32(data[60:]) != 0 {
		return nil, Errorf("header", "checksum mismatch")
	}
	f := &File{data: data}
	return f, f.readTable(table)
}

func (f *File) readTable(table []byte) error {
	le := binary.LittleEndian
	start := int64(len(f.data) - len(table))
	end := int64(headerSize)
	for i := 0; i < len(table); i += entrySize {
		e := table[i : i+entrySize]
		s := Section{
			Name:   trimZeros(e[:8]),
			Offset: int64(le.Uint64(e[8:])), Length: int64(le.Uint64(e[16:])),
			CRC:  le.Uint32(e[24:]),
			Lazy: le.Uint32(e[28:])&flagLazy != 0,
		}
		if s.Offset < end || s.Length < 0 || s.Offset > start || s.Length > start-s.Offset || !f.padding(end, s.Offset) {
			return Errorf(s.Name, "the section lies outside of its place in the file")
		}
		end = s.Offset + s.Length
		if !s.Lazy && Checksum(f.bytes(s)) != s.CRC {
			return Errorf(s.Name, "checksum mismatch")
		}
		f.sections = append(f.sections, s)
	}
	if !f.padding(end, start) {
		return Errorf("header", "%d bytes lie between the last section and the section table", start-end)
	}
	return nil
}

// padding reports whether the bytes from one place to another are no more than
// zeros before a multiple of eight.
func (f *File) padding(from, to int64) bool {
	if to-from > 7 {
		return false
	}
	for _, b := range f.data[from:to] {
		if b != 0 {
			return false
		}
	}
	return true
}

func trimZeros(b []byte) string {
	for len(b) > 0 && b[len(b)-1] == 0 {
		b = b[:len(b)-1]
	}
	return string(b)
}

func (f *File) bytes(s Section) []byte {
	return f.data[s.Offset : s.Offset+s.Length : s.Offset+s.Length]
}

// Section returns the bytes of the section of that name, or a *FormatError.
func (f *File) Section(name string) ([]byte, error) {
	for _, s := range f.sections {
		if s.Name == name {
			return f.bytes(s), nil
		}
	}
	return nil, Errorf(name, "the section is missing")
}

// Has reports whether the file has a section of that name.
func (f *File) Has(name string) bool {
	_, err := f.Section(name)
	return err == nil
}

// Sections lists the section table.
func (f *File) Sections() []Section { return append([]Section(nil), f.sections...) }

// Size is the length of the file in bytes.
func (f *File) Size() int64 { return int64(len(f.data)) }

// Version is the file's format version.
func (f *File) Version() int { return version }

// Digest names the content: "sha256-" and 64 hexadecimal digits.
func (f *File) Digest() string { return "sha256-" + hex.EncodeToString(f.data[24:56]) }

// Verify recomputes the digest and checks all sections, lazy ones too.
func (f *File) Verify() error {
	for _, s := range f.sections {
		if Checksum(f.bytes(s)) != s.CRC {
			return Errorf(s.Name, "checksum mismatch")
		}
	}
	if d := sha256.Sum256(f.data[headerSize:]); string(d[:]) != string(f.data[24:56]) {
		return Errorf("header", "digest mismatch")
	}
	return nil
}
