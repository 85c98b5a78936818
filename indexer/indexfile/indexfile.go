// Package indexfile opens index files, in any language there is.
package indexfile

import (
	"fmt"
	"os"

	"github.com/blevesearch/mmap-go"

	"postil"
	"postil/language"
)

// Map opens an index where it lies, without reading it into memory. The file
// stays mapped until the program ends. It may be replaced meanwhile, as postil
// build does it, but must not be written to in place.
func Map(path string) (*postil.Annotator, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	var data []byte
	switch {
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: not a regular file", path)
	case info.Size() > 0: // an empty file cannot be mapped
		if data, err = mmap.Map(f, mmap.RDONLY, 0); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return Open(path, data)
}

// Read opens an index from memory, which is given back with the Annotator: for
// programs that open one after the other.
func Read(path string) (*postil.Annotator, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Open(path, data)
}

// Open opens an index that was read from a path.
func Open(path string, data []byte) (*postil.Annotator, error) {
	a, err := postil.OpenWith(data, postil.OpenOptions{Languages: language.All()})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return a, nil
}
