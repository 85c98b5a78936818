// Package source reads what a publisher writes: glossaries in YAML, JSON Lines,
// JSON, CSV or TSV, and articles in HTML, Markdown, plain text or JSON Lines.
//
// Readers do not stop at a mistake. They return what could be read together
// with diagnostics that say, by file, line and column, what could not, so that
// an author sees all mistakes at once. Only trouble with the file system is
// an error.
package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"postil/indexer/diag"
)

// file is one input file.
type file struct {
	// path is how diagnostics call it: as the caller named it or the folder
	// that it was found in.
	path string
	// name is its path below the folder that was named, with slashes and
	// without extension; for a file named itself, its base name.
	name string
	// ext is its extension in lower case, with the dot.
	ext string
	// data is its content and address where it was found, if that was not in the
	// file system.
	data    []byte
	address string
}

// find lists the files at paths that have one of the extensions, each once. A
// folder is walked in lexical order, passing over hidden files, hidden folders
// and other extensions; a file that is named itself must have one of them.
func find(what string, extensions []string, paths []string) ([]file, error) {
	known := func(f file) bool {
		for _, e := range extensions {
			if f.ext == e {
				return true
			}
		}
		return false
	}
	var files []file
	seen := map[string]bool{}
	for _, root := range paths {
		info, err := os.Stat(root)
		if err != nil {
			return nil, err
		}
		before := len(files)
		add := func(f file) {
			before = -1
			if clean := filepath.Clean(f.path); !seen[clean] {
				seen[clean] = true
				files = append(files, f)
			}
		}
		if !info.IsDir() {
			f := newFile(root, filepath.Base(root))
			if !known(f) {
				return nil, fmt.Errorf("%s: not a format of %s: want %s", root, what, strings.Join(extensions, ", "))
			}
			add(f)
			continue
		}
		err = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			hidden := path != root && strings.HasPrefix(d.Name(), ".")
			switch {
			case hidden && d.IsDir():
				return fs.SkipDir
			case hidden || d.IsDir():
				return nil
			}
			rel, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			if f := newFile(path, rel); known(f) {
				add(f)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if before == len(files) {
			return nil, fmt.Errorf("%s: the folder holds no %s: want files named %s", root, what, "*"+strings.Join(extensions, ", *"))
		}
	}
	return files, nil
}

func newFile(path, rel string) file {
	ext := filepath.Ext(path)
	name := filepath.ToSlash(strings.TrimSuffix(rel, ext))
	return file{path: path, name: name, ext: strings.ToLower(ext)}
}

// at is a position in the file.
func (f file) at(line, column int) diag.Position {
	return diag.Position{File: f.path, Line: line, Column: column}
}

// errTooLarge says that a file is larger than its reader takes.
var errTooLarge = errors.New("too large")

// read returns the file's content. A file larger than limit bytes is
// errTooLarge.
func (f file) read(limit int64) ([]byte, error) {
	if f.address != "" {
		return f.data, nil
	}
	r, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, errTooLarge
	}
	return data, nil
}

// unixText drops a byte order mark and makes all line ends LF.
func unixText(data []byte) []byte {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.IndexByte(data, '\r') >= 0 {
		data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
		data = bytes.ReplaceAll(data, []byte("\r"), []byte("\n"))
	}
	return data
}

// tooLarge is the diagnostic for errTooLarge.
func (f file) tooLarge(limit int64, advice string) diag.Diagnostic {
	return diag.Diagnostic{Position: f.at(0, 0), Code: "too-large",
		Message: fmt.Sprintf("the file is larger than %d MiB: %s", limit>>20, advice)}
}

// notUTF8 finds the first byte that is not UTF-8 and says what may be wrong.
func (f file) notUTF8(data []byte) (diag.Diagnostic, bool) {
	if utf8.Valid(data) {
		return diag.Diagnostic{}, false
	}
	at := locator{data: data, line: 1, column: 1}
	rest := data
	for len(rest) > 0 {
		r, n := utf8.DecodeRune(rest)
		if r == utf8.RuneError && n == 1 {
			break
		}
		rest = rest[n:]
	}
	line, column := at.seek(len(data) - len(rest))
	message := fmt.Sprintf("byte 0x%02x is not UTF-8: save the file as UTF-8", rest[0])
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		message = "the file is UTF-16: save it as UTF-8"
	}
	return diag.Diagnostic{Position: f.at(line, column), Code: "bad-encoding", Message: message}, true
}

// locator turns growing byte offsets into lines and columns.
type locator struct {
	data         []byte
	offset       int
	line, column int
}

// seek gives the line and column of a byte offset, which must not be smaller
// than the one before.
func (l *locator) seek(offset int) (line, column int) {
	between := l.data[l.offset:offset]
	if n := bytes.Count(between, []byte("\n")); n > 0 {
		l.line += n
		l.column = 1
		between = between[bytes.LastIndexByte(between, '\n')+1:]
	}
	l.column += utf8.RuneCount(between)
	l.offset = offset
	return l.line, l.column
}
