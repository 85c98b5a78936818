// Command release makes what is published of a version, in one folder: archives
// and packages, what they are made of (SBOM), how large they are, what is new, and
// checksums. The same source gives the same bytes, wherever it lies.
//
//	go run ./release -version v1.2.3 [-previous sizes.json] -o dist
//
// It runs at the root of the repository, after `make dist` has built the rest.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	var r release
	flag.StringVar(&r.version, "version", "", "the version, such as v1.2.3")
	flag.StringVar(&r.previous, "previous", "", "`file` sizes.json of the version before, to compare sizes with")
	flag.StringVar(&r.out, "o", "dist", "`folder` to write to")
	flag.Parse()
	if err := r.run(); err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

// release is one version in the making.
type release struct {
	version, previous, out string
}

func (r *release) run() error {
	if r.version == "" {
		return fmt.Errorf("-version is missing")
	}
	if err := r.clear(); err != nil {
		return err
	}
	if err := os.MkdirAll(r.out, 0o777); err != nil {
		return err
	}
	if err := r.make(); err != nil {
		return errors.Join(err, os.RemoveAll(r.out)) // a part of a release is none
	}
	return nil
}

func (r *release) make() error {
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"notes", r.notes}, // first: a version without them is not to be released
		{"commands", r.commands},
		{"folders", r.folders},
		{"modules", r.modules},
		{"npm package", r.npm},
		{"SBOM", r.sboms},
		{"sizes", r.sizes},
		{"checksums", r.checksums},
	} {
		if err := step.do(); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}

// path is that of a file of the release.
func (r *release) path(name string) string { return filepath.Join(r.out, name) }

// write writes a file of the release.
func (r *release) write(name string, content []byte) error {
	return os.WriteFile(r.path(name), content, 0o666)
}
