package index

import (
	"encoding/binary"
	"sync/atomic"
)

// Records is a sequence of byte strings in two sections: an eagerly checked
// directory, and the data, lazy, where each record is checked when it is first
// read.
//
// The directory holds the number of records, n, as four bytes and four zeros,
// then n+1 offsets of eight bytes into the data, then n checksums (CRC-32C) of
// four bytes.
type Records struct {
	name      string
	dir, data []byte
	n         int
	checked   []atomic.Uint32 // a bit per record
}

// RecordWriter writes records one after the other: first their data, and the
// directory when it is closed. No other section may be added before that.
type RecordWriter struct {
	w       *Writer
	name    string
	size    uint64
	offsets []byte
	sums    []byte
}

// Records begins the two sections for records: name+"dat" and name.
func (w *Writer) Records(name string) *RecordWriter {
	w.begin(name+"dat", true)
	return &RecordWriter{w: w, name: name}
}

// Add writes a record.
func (r *RecordWriter) Add(record []byte) {
	r.w.write(record)
	r.offsets = binary.LittleEndian.AppendUint64(r.offsets, r.size)
	r.sums = binary.LittleEndian.AppendUint32(r.sums, Checksum(record))
	r.size += uint64(len(record))
}

// Close writes the directory.
func (r *RecordWriter) Close() {
	r.w.end()
	r.w.begin(r.name, false)
	r.w.write(binary.LittleEndian.AppendUint64(nil, uint64(len(r.sums)/4)))
	r.w.write(binary.LittleEndian.AppendUint64(r.offsets, r.size))
	r.w.write(r.sums)
	r.w.end()
}

// Records opens the two sections of a RecordWriter.
func (f *File) Records(name string) (*Records, error) {
	dir, err := f.Section(name)
	if err != nil {
		return nil, err
	}
	data, err := f.Section(name + "dat")
	if err != nil {
		return nil, err
	}
	if len(dir) < 16 {
		return nil, Errorf(name, "the directory is too short")
	}
	n := int(binary.LittleEndian.Uint32(dir))
	if len(dir) != 8+8*(n+1)+4*n {
		return nil, Errorf(name, "the directory has not the size of %d records", n)
	}
	r := &Records{name: name, dir: dir, data: data, n: n, checked: make([]atomic.Uint32, (n+31)/32)}
	if r.offset(n) != uint64(len(data)) {
		return nil, Errorf(name+"dat", "the data ends before its last record")
	}
	return r, nil
}

// Len is the number of records.
func (r *Records) Len() int { return r.n }

func (r *Records) offset(i int) uint64 { return binary.LittleEndian.Uint64(r.dir[8+8*i:]) }

// At returns record i, which has been checked, or a *FormatError.
func (r *Records) At(i int) ([]byte, error) {
	if i < 0 || i >= r.n {
		return nil, Errorf(r.name, "there is no record %d", i)
	}
	from, to := r.offset(i), r.offset(i+1)
	if from > to || to > uint64(len(r.data)) {
		return nil, Errorf(r.name, "record %d lies outside of the data", i)
	}
	rec := r.data[from:to:to]
	if word, bit := &r.checked[i/32], uint32(1)<<(i%32); word.Load()&bit == 0 {
		if Checksum(rec) != binary.LittleEndian.Uint32(r.dir[8+8*(r.n+1)+4*i:]) {
			return nil, Errorf(r.name+"dat", "checksum mismatch in record %d", i)
		}
		word.Or(bit)
	}
	return rec, nil
}
