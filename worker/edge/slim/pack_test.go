package main

import (
	"bytes"
	"testing"
)

// table is the runtime's table of so many functions.
func table(functions int) (b []byte) {
	for n := range functions {
		b = append(b, functionEntries(n)...)
	}
	return b
}

// data is a module with a section of its own name and one of data.
func data(list []segment) []section {
	return []section{{customSection, []byte("\x01n")}, {dataSection, appendSegments(nil, list)}}
}

// memoryOf is what the data section lays out, and in how many segments.
func memoryOf(t *testing.T, sections []section) ([]byte, int) {
	t.Helper()
	list, err := readSegments(sections[1].body)
	if err != nil {
		t.Fatal(err)
	}
	return layOut(list), len(list)
}

func TestPackData(t *testing.T) {
	big := bytes.Repeat([]byte("postil "), 40)
	sections := data([]segment{
		{at: 8000, data: []byte("later")},
		{at: 100, data: big},
		{at: 100 + int64(len(big)) + maxGap, data: []byte("near")},
		{at: 1000, data: []byte("far")},
		{at: 1003, data: []byte("adjacent")},
		{at: 2000, data: table(9)},
		{at: 8005 + maxGap + 1, data: []byte("too far")},
	})
	want, _ := memoryOf(t, sections)
	clear(want[2000 : 2000+len(table(9))])
	if err := packData(sections, clearTable); err != nil {
		t.Fatal(err)
	}
	got, n := memoryOf(t, sections)
	if !bytes.Equal(got, want) {
		t.Error("memory is not what it was without the table")
	}
	if n != 4 {
		t.Errorf("%d segments, want 4", n)
	}
	if string(sections[0].body) != "\x01n" {
		t.Error("the other section is not what it was")
	}
}

func TestPackDataRefuses(t *testing.T) {
	good := []segment{{at: 8, data: bytes.Repeat([]byte{1}, 200)}, {at: 1000, data: table(5)}}
	body := data(good)[1].body
	for n := range body {
		if err := packData([]section{{dataSection, body[:n]}}, clearTable); err == nil {
			t.Errorf("no error for the first %d bytes", n)
		}
	}
	for what, list := range map[string][]segment{
		"segments that overlap": append(good, segment{20, []byte{2}}),
		"no table":              good[:1],
		"two tables":            append(good, segment{1000 + int64(len(table(5))), table(5)}),
	} {
		if err := packData(data(list), clearTable); err == nil {
			t.Errorf("no error for %s", what)
		}
	}
}

func TestVarint(t *testing.T) {
	for _, x := range []int64{0, 1, 63, 64, 127, 128, 8191, 8192, 1 << 30, -1, -64, -65, -1 << 31, 1 << 62, -1 << 63} {
		b := appendVarint(nil, x)
		r := reader{b: b}
		if got := r.int(); got != x || len(r.b) != 0 || r.err != nil {
			t.Errorf("%d comes back as %d, in %d of %d bytes: %v", x, got, len(b)-len(r.b), len(b), r.err)
		}
	}
}
