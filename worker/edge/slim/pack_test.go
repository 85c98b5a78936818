package main

import (
	"bytes"
	"testing"
)

// memory is what the data sections of a module lay out.
func memory(t *testing.T, module []byte) (image []byte, segments int) {
	t.Helper()
	image = make([]byte, 1<<12)
	section := module[bytes.IndexByte(module, dataSection):]
	list, err := readSegments(section[3:])
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range list {
		copy(image[s.at:], s.data)
	}
	return image, len(list)
}

// module is a WebAssembly module with a section of its own name and one of data.
func module(list []segment) []byte {
	body := appendSegments(nil, list)
	m := append([]byte("\x00asm\x01\x00\x00\x00"), 0, 2, 1, 'n')
	// The size takes two bytes, as it does in memory.
	m = append(m, dataSection, byte(len(body))|0x80, byte(len(body)>>7))
	return append(m, body...)
}

func TestMergeData(t *testing.T) {
	big := bytes.Repeat([]byte("postil "), 40)
	before := module([]segment{
		{at: 2000, data: []byte("later")},
		{at: 100, data: big},
		{at: 100 + int64(len(big)) + maxGap, data: []byte("near")},
		{at: 1000, data: []byte("far")},
		{at: 1003, data: []byte("adjacent")},
		{at: 2005 + maxGap + 1, data: []byte("too far")},
	})
	after, err := mergeData(before)
	if err != nil {
		t.Fatal(err)
	}
	want, _ := memory(t, before)
	got, n := memory(t, after)
	if !bytes.Equal(got, want) {
		t.Error("memory is not what it was")
	}
	if n != 4 {
		t.Errorf("%d segments, want 4", n)
	}
	if !bytes.HasPrefix(after, before[:12]) {
		t.Error("the other section is not what it was")
	}
}

func TestMergeDataRefuses(t *testing.T) {
	good := module([]segment{{at: 8, data: bytes.Repeat([]byte{1}, 200)}})
	for n := range good {
		if n == 8 || n == 12 {
			continue // whole sections
		}
		if _, err := mergeData(good[:n]); err == nil {
			t.Errorf("no error for the first %d bytes", n)
		}
	}
	overlapping := module([]segment{{at: 8, data: bytes.Repeat([]byte{1}, 200)}, {at: 20, data: []byte{2}}})
	if _, err := mergeData(overlapping); err == nil {
		t.Error("no error for segments that overlap")
	}
}

func TestVarint(t *testing.T) {
	for _, x := range []int64{0, 1, 63, 64, 127, 128, 8191, 8192, 1 << 30, -1, -64, -65, -1 << 31} {
		b := appendVarint(nil, x)
		if got, n := varint(b); got != x || n != len(b) {
			t.Errorf("%d comes back as %d, in %d of %d bytes", x, got, n, len(b))
		}
	}
}
