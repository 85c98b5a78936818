package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// TestClearLines compares what a program prints that panics, recovers, looks through
// its stack and collects garbage, natively and without lines, of which it says 0. What
// it skips of its stack is then a function with runtime.Callers inlined.
func TestClearLines(t *testing.T) {
	with, sections := program(t), program(t)
	if err := errors.Join(packData(with), packData(sections, clearLines)); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "run", "./testdata/program").Output()
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(main\.[\w.]+):[1-9]\d*`)
	if !line.Match(out) {
		t.Fatal("the program prints no line")
	}
	want := strings.ReplaceAll(line.ReplaceAllString(string(out), "$1:0"), "main.callers:0 ", "")
	if got := run(t, appendSections(sections)); got != want {
		t.Errorf("without lines it prints\n%s\nwant\n%s", got, want)
	}
	if before, after := len(appendSections(with)), len(appendSections(sections)); after > before*92/100 {
		t.Errorf("%d bytes have become %d", before, after)
	}
}

// TestClearLinesRefuses looks for memory that is taken for right and is not, and for
// such that ends the build.
func TestClearLinesRefuses(t *testing.T) {
	memory := memoryOfProgram(t)
	header := bytes.Index(memory, []byte(headerMagic))
	if header < 0 {
		t.Fatal("no header")
	}
	for what, broken := range map[string][]byte{
		"no memory":      nil,
		"no header":      memory[:header],
		"half a header":  memory[:header+30],
		"two headers":    append(bytes.Clone(memory), headerMagic...),
		"half of tables": memory[:header+(len(memory)-header)/4],
		"no module":      bytes.Clone(memory[:header+headerSize]),
	} {
		if err := clearLines(bytes.Clone(broken)); err == nil {
			t.Errorf("no error for %s", what)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		broken := bytes.Clone(memory)
		for range 1000 {
			broken[header+len(headerMagic)+random.IntN(1<<20)] = byte(random.Int())
		}
		if err := clearLines(broken); err == nil {
			t.Error("no error for tables with a thousand other bytes")
		}
	}
}

// memoryOfProgram is the memory of testdata/program as the linker writes it.
func memoryOfProgram(t *testing.T) []byte {
	t.Helper()
	for _, s := range program(t) {
		if s.id == dataSection {
			list, err := readSegments(s.body)
			if err != nil {
				t.Fatal(err)
			}
			return layOut(list)
		}
	}
	t.Fatal("no memory")
	return nil
}
