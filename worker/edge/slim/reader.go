package main

import (
	"encoding/binary"
	"errors"
)

var errModule = errors.New("not a WebAssembly module as Go writes it")

// reader reads what a section is made of; after an error all is zero.
type reader struct {
	b   []byte
	err error
}

func (r *reader) fail() { r.b, r.err = nil, errModule }

func (r *reader) uint() uint64 {
	x, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return x
}

// int reads a signed LEB128 number, which is not encoding/binary's.
func (r *reader) int() (x int64) {
	for shift := 0; shift < 64; shift += 7 {
		c := r.byte()
		x |= int64(c&0x7f) << shift
		if c < 0x80 {
			if c&0x40 != 0 {
				x |= -1 << (shift + 7) // nothing from 64 on
			}
			return x
		}
	}
	r.fail()
	return 0
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.fail()
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

// is reads a byte, which must be c.
func (r *reader) is(c byte) {
	if r.byte() != c {
		r.fail()
	}
}

// bytes reads a length and as many bytes.
func (r *reader) bytes() []byte {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.fail()
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func appendVarint(b []byte, x int64) []byte {
	for {
		c := byte(x & 0x7f)
		x >>= 7
		if x == 0 && c&0x40 == 0 || x == -1 && c&0x40 != 0 {
			return append(b, c)
		}
		b = append(b, c|0x80)
	}
}
