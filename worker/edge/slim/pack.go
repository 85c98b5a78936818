package main

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
)

// Go's linker leaves every run of some zeros out of the data section, and so
// writes 70,000 segments, each with an address that does not compress. Runs of
// up to maxGap zeros compress to less than that, and a dozen of segments are
// laid out sooner: raw 9 % more, gzip 6 % less.
const maxGap = 64

// pack rewrites a WebAssembly module with few data segments and without the table
// that the runtime does not use: see findfunc.go.
func pack(file string) error {
	module, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	sections, err := readSections(module)
	if err == nil {
		err = packData(sections)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return os.WriteFile(file, appendSections(sections), 0o777)
}

// packData rewrites the data section.
func packData(sections []section) error {
	for i := range sections {
		if s := &sections[i]; s.id == dataSection {
			segments, err := readSegments(s.body)
			if err != nil {
				return err
			}
			memory := layOut(segments)
			if err := clearTable(memory); err != nil {
				return err
			}
			s.body = appendSegments(nil, merge(runs(memory)))
		}
	}
	return nil
}

// layOut is the memory that segments, in order, make.
func layOut(segments []segment) []byte {
	var memory []byte
	for _, s := range segments {
		memory = append(append(memory, make([]byte, int(s.at)-len(memory))...), s.data...)
	}
	return memory
}

// runs are the stretches of memory that are not zero.
func runs(memory []byte) (list []segment) {
	for i := 0; i < len(memory); {
		if memory[i] == 0 {
			i++
			continue
		}
		end := i
		for end < len(memory) && memory[end] != 0 {
			end++
		}
		list = append(list, segment{int64(i), memory[i:end]})
		i = end
	}
	return list
}

// A segment is copied to memory when the module is instantiated.
type segment struct {
	at   int64
	data []byte
}

// readSegments returns the segments in the order of their addresses.
func readSegments(b []byte) ([]segment, error) {
	count, n := binary.Uvarint(b)
	if n <= 0 {
		return nil, errModule
	}
	b = b[n:]
	var list []segment
	for range count {
		// Of memory 0, at a constant: 0, i32.const, the address, end.
		if !bytes.HasPrefix(b, []byte{0, 0x41}) {
			return nil, errModule
		}
		at, n := varint(b[2:])
		b = b[2+n:]
		if n == 0 || len(b) == 0 || b[0] != 0x0b {
			return nil, errModule
		}
		size, n := binary.Uvarint(b[1:])
		if n <= 0 || size > uint64(len(b)-1-n) {
			return nil, errModule
		}
		list = append(list, segment{at, b[1+n : uint64(1+n)+size]})
		b = b[uint64(1+n)+size:]
	}
	slices.SortFunc(list, func(a, b segment) int { return cmp.Compare(a.at, b.at) })
	for i := 1; i < len(list); i++ {
		if list[i].at < list[i-1].at+int64(len(list[i-1].data)) {
			return nil, errors.New("data segments overlap")
		}
	}
	return list, nil
}

// merge joins segments, in order, that at most maxGap zeros lie between.
func merge(list []segment) []segment {
	var out []segment
	for _, s := range list {
		if len(out) > 0 {
			last := &out[len(out)-1]
			if gap := s.at - last.at - int64(len(last.data)); gap <= maxGap {
				last.data = append(append(last.data, make([]byte, gap)...), s.data...)
				continue
			}
		}
		out = append(out, segment{s.at, slices.Clone(s.data)})
	}
	return out
}

func appendSegments(b []byte, list []segment) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = append(appendVarint(append(b, 0, 0x41), s.at), 0x0b)
		b = append(binary.AppendUvarint(b, uint64(len(s.data))), s.data...)
	}
	return b
}

// varint reads a signed LEB128 number, which is not encoding/binary's. It takes
// no bytes if there is none.
func varint(b []byte) (x int64, n int) {
	for shift := 0; n < len(b) && shift < 64; shift += 7 {
		c := b[n]
		n++
		x |= int64(c&0x7f) << shift
		if c < 0x80 {
			if c&0x40 != 0 {
				x |= -1 << (shift + 7) // nothing from 64 on
			}
			return x, n
		}
	}
	return 0, 0
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
