package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
)

// sumsName is the file of checksums, which names all others.
const sumsName = "SHA256SUMS"

// checksums writes the SHA-256 of every file, as sha256sum reads them.
func (r *release) checksums() error {
	entries, err := os.ReadDir(r.out)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	for _, e := range entries { // in the order of their names
		content, err := os.ReadFile(r.path(e.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(content), e.Name())
	}
	return r.write(sumsName, b.Bytes())
}
