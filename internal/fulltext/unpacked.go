package fulltext

import "encoding/binary"

// unpacked is how many bytes come of unpacking what snappy has packed, and whether
// it can be. Nothing is unpacked for that.
func unpacked(b []byte) (size uint64, ok bool) {
	size, n := binary.Uvarint(b)
	if n <= 0 {
		return 0, false
	}
	done := uint64(0)
	for b = b[n:]; len(b) > 0; {
		head, length, offset := packedElement(b)
		if head == 0 || head > uint64(len(b)) || length > size-done || offset > done {
			return 0, false
		}
		b, done = b[head:], done+length
	}
	return size, done == size
}

// packedElement reads an element: how many bytes it takes, and gives, and how far back
// lie those that it repeats, 0 if they are its own. It takes 0 if it makes no sense.
func packedElement(b []byte) (takes, gives, back uint64) {
	tag := uint64(b[0])
	takes, gives = 1+tag&3, 1+tag>>2
	switch tag & 3 {
	case 0:
		return ownElement(b)
	case 1:
		gives, back = 4+tag>>2&7, tag>>5<<8
	case 3:
		takes = 5
	}
	if takes > uint64(len(b)) {
		return 0, 0, 0
	}
	if back |= littleEndian(b[1:takes]); back == 0 {
		return 0, 0, 0
	}
	return takes, gives, back
}

// ownElement reads an element that has its bytes itself.
func ownElement(b []byte) (takes, gives, back uint64) {
	length, wide := uint64(b[0])>>2, uint64(0)
	if length >= 60 {
		if wide = length - 59; wide >= uint64(len(b)) {
			return 0, 0, 0
		}
		length = littleEndian(b[1 : 1+wide])
	}
	return 1 + wide + length + 1, length + 1, 0
}
