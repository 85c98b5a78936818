package fulltext

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"

	"github.com/RoaringBitmap/roaring/v2"
	zap "github.com/blevesearch/zapx/v16"
)

// Segment is a zap segment and what has become of its articles since.
type Segment struct {
	// ID names the segment in errors.
	ID string
	// Data is the segment as Build or Merge made it. It is used in place and
	// must not change. A segment that only removes articles has none.
	Data []byte
	// Deleted holds the numbers of articles of this segment that are gone; nil
	// means none.
	Deleted *roaring.Bitmap
	// Removes names articles of the segments before this one that it replaces
	// or deletes.
	Removes []string
	// Verified says that Data is what Build, Merge or Open has had without an
	// error, or has a checksum otherwise and has passed Verify.
	Verified bool
}

// ErrCorrupt is wrapped by errors about the bytes of a segment.
var ErrCorrupt = errors.New("damaged")

// SegmentError says which segment cannot be used, and why.
type SegmentError struct {
	ID  string
	Err error
}

func (e *SegmentError) Error() string { return fmt.Sprintf("segment %q: %v", e.ID, e.Err) }
func (e *SegmentError) Unwrap() error { return e.Err }

// footer is the end of a segment: big-endian, 52 bytes, of which the last four
// are the CRC-32 (IEEE) of all bytes before them.
type footer struct {
	docs      uint64 // number of articles
	stored    uint64 // offset of the index of stored fields
	fields    uint64 // offset of the index of fields
	chunkMode uint32 // how postings are cut into chunks
	crc       uint32
}

func parseFooter(data []byte) (footer, error) {
	var f footer
	if len(data) < zap.FooterSize {
		return f, fmt.Errorf("%w: %d bytes are too few for a segment", ErrCorrupt, len(data))
	}
	be, b := binary.BigEndian, data[len(data)-zap.FooterSize:]
	f = footer{docs: be.Uint64(b), stored: be.Uint64(b[8:]), fields: be.Uint64(b[24:]), chunkMode: be.Uint32(b[40:]), crc: be.Uint32(b[48:])}
	body := uint64(len(data) - zap.FooterSize)
	switch v := be.Uint32(b[44:]); {
	case v != zap.Version:
		return f, fmt.Errorf("%w: version %d of the segment format is not supported, only %d", ErrCorrupt, v, zap.Version)
	case f.docs > math.MaxInt32 || f.stored > body || f.docs*8 > body-f.stored:
		return f, corrupt("its articles lie outside of it")
	case f.fields == 0 || f.fields >= body:
		return f, corrupt("its fields lie outside of it")
	}
	return f, nil
}

func (f footer) append(b []byte) []byte {
	be := binary.BigEndian
	for _, v := range []uint64{f.docs, f.stored, f.fields, f.fields, 0} {
		b = be.AppendUint64(b, v)
	}
	b = be.AppendUint32(b, f.chunkMode)
	b = be.AppendUint32(b, zap.Version)
	return be.AppendUint32(b, crc32.ChecksumIEEE(b))
}

// openBase opens the segment's bytes in place. What zap does not check is
// caught as a panic.
func openBase(data []byte, verified bool) (base *zap.SegmentBase, err error) {
	defer guard(&err)
	f, err := parseFooter(data)
	if err != nil {
		return nil, err
	}
	if !verified {
		if crc32.ChecksumIEEE(data[:len(data)-4]) != f.crc {
			return nil, corrupt("checksum mismatch")
		}
		if err := Verify(data); err != nil {
			return nil, err
		}
	}
	body := data[:len(data)-zap.FooterSize]
	if err := checkFields(body, f); err != nil {
		return nil, err
	}
	base, err = zap.InitSegmentBase(body, f.crc, f.chunkMode, f.docs, f.stored, f.fields)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return base, nil
}

// guard turns a panic, with which zap answers bytes that make no sense, into an
// error.
func guard(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w: %v", ErrCorrupt, r)
	}
}
