package index

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"testing"
)

func sample() []byte {
	var w Writer
	w.Add("meta", []byte(`{"language":"en"}`))
	r := w.Records("terms")
	for _, s := range []string{"alpha", "", "gamma, longer"} {
		r.Add([]byte(s))
	}
	r.Close()
	w.Add("empty", nil)
	w.AddLazy("tail", []byte("xyz"))
	return w.Bytes()
}

func TestRoundTrip(t *testing.T) {
	data := sample()
	if !bytes.Equal(data, sample()) {
		t.Fatal("the same sections give different bytes")
	}
	f, err := Open(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Verify(); err != nil {
		t.Fatal(err)
	}
	r, err := f.Records("terms")
	if err != nil || r.Len() != 3 {
		t.Fatal(err, r.Len())
	}
	var got []string
	for i := range r.Len() {
		b, err := r.At(i)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(b))
	}
	if fmt.Sprint(got) != "[alpha  gamma, longer]" {
		t.Fatalf("%q", got)
	}
	if _, err := r.At(3); err == nil {
		t.Fatal("a record beyond the last")
	}
	for _, s := range f.Sections() {
		if s.Offset%8 != 0 {
			t.Errorf("%s starts at %d", s.Name, s.Offset)
		}
	}
}

// readAll reads everything there is and returns it as one string, or an error.
func readAll(data []byte) (string, error) {
	f, err := Open(data)
	if err != nil {
		return "", err
	}
	meta, err := f.Section("meta")
	if err != nil {
		return "", err
	}
	all := f.Digest() + string(meta)
	r, err := f.Records("terms")
	if err != nil {
		return "", err
	}
	for i := range r.Len() {
		b, err := r.At(i)
		if err != nil {
			return "", err
		}
		all += "|" + string(b)
	}
	return all, nil
}

func TestDamage(t *testing.T) {
	data := sample()
	want, err := readAll(data)
	if err != nil {
		t.Fatal(err)
	}
	typed := func(what string, err error) {
		var fe *FormatError
		if !errors.As(err, &fe) || fe.Section == "" {
			t.Fatalf("%s: %v is not a FormatError", what, err)
		}
	}
	for n := range data {
		if _, err := readAll(data[:n:n]); err == nil {
			t.Fatalf("cut to %d bytes: no error", n)
		} else {
			typed(fmt.Sprint("cut to ", n), err)
		}
	}
	for i := range data {
		for bit := range 8 {
			d := bytes.Clone(data)
			d[i] ^= 1 << bit
			got, err := readAll(d)
			if err != nil {
				typed(fmt.Sprint("byte ", i), err)
			} else if got != want {
				t.Fatalf("byte %d, bit %d: a wrong answer: %q", i, bit, got)
			}
		}
	}
	if _, err := readAll(append(bytes.Clone(data), 0)); err == nil {
		t.Fatal("a byte too many: no error")
	}
}

func TestNewerVersion(t *testing.T) {
	data := sample()
	binary.LittleEndian.PutUint32(data[8:], version+1)
	if _, err := Open(data); !errors.Is(err, ErrVersion) {
		t.Fatal(err)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(sample())
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Open(data)
		if err != nil {
			return
		}
		for _, s := range file.Sections() {
			if r, err := file.Records(s.Name); err == nil {
				for i := range r.Len() {
					_, _ = r.At(i)
				}
			}
		}
		_ = file.Verify()
	})
}
