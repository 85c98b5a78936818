package abi

import "unsafe"

// maxBuffer is the size of the largest buffer.
const maxBuffer = 512 << 20

// buffers are those that a host has asked for, by address. They do not move.
type buffers map[uint32][]byte

func (b *buffers) alloc(size uint32) []byte {
	if size > maxBuffer {
		return nil
	}
	if *b == nil {
		*b = buffers{}
	}
	// One byte at least, so that each has an address of its own.
	buffer := make([]byte, max(size, 1))
	(*b)[address(buffer)] = buffer[:size]
	return buffer
}

func (b buffers) free(at uint32) bool {
	_, ok := b[at]
	delete(b, at)
	return ok
}

// view returns the first bytes of a buffer.
func (b buffers) view(at, size uint32) ([]byte, error) {
	buffer, ok := b[at]
	switch {
	case !ok && size > 0 || !ok && at != 0:
		return nil, errBuffer
	case uint64(size) > uint64(len(buffer)):
		return nil, errLength
	}
	return buffer[:size:size], nil
}

// take returns the first bytes of a buffer, which is the host's no longer.
func (b buffers) take(at, size uint32) ([]byte, error) {
	data, err := b.view(at, size)
	b.free(at)
	return data, err
}

// address is where the bytes begin. Natively, where only tests ask, it is a part
// of the address.
func address(b []byte) uint32 {
	return uint32(uintptr(unsafe.Pointer(unsafe.SliceData(b))))
}
