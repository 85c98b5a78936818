package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"postil/internal/lines"
)

const (
	// maxJSON is the size of the largest JSON file read.
	maxJSON = 256 << 20
	// maxLine is the length of the longest line read of a JSON Lines file.
	maxLine = 16 << 20
)

// readJSON reads a JSON file: a list of terms, or an object with the fields
// language and terms.
func readJSON(f *file, d *decoder) {
	data, ok := d.load(maxJSON, "write it as JSON Lines, which has no limit")
	if !ok {
		return
	}
	n, err := newJSONReader().parse(data, 1)
	d.jsonValue(&n, err, d.document)
}

// readJSONLines reads a file with one term a line; blank lines are passed over.
func readJSONLines(f *file, d *decoder) {
	var n int
	if n, d.err = countLines(f); d.err != nil {
		return
	}
	// Terms are large: a slice that grew with them would be a copy too many.
	d.glossary.Terms = slices.Grow(d.glossary.Terms, n)
	r := newJSONReader()
	d.err = eachLine(f, func(line int, data []byte, problem *nodeError) {
		if problem != nil {
			d.report(&problem.at, problem.code, "%s", problem.message)
			return
		}
		n, err := r.parse(data, line)
		d.jsonValue(&n, err, d.term)
	})
}

func (d *decoder) jsonValue(n *node, err error, decode func(*node)) {
	var bad *nodeError
	if errors.As(err, &bad) {
		d.report(&bad.at, bad.code, "%s", bad.message)
		return
	}
	decode(n)
}

// eachLine calls do with each line that is not blank and its number, or with
// what is wrong with it. The data is valid until do returns.
func eachLine(f *file, do func(line int, data []byte, problem *nodeError)) error {
	r, err := os.Open(f.path)
	if err != nil {
		return err
	}
	defer r.Close()
	reader := lines.NewReader(r, maxLine)
	for {
		l, err := reader.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		here := node{line: l.Number, column: 1}
		switch {
		case l.TooLong:
			do(l.Number, nil, &nodeError{at: here, code: "too-large",
				message: fmt.Sprintf("the line is longer than %d MiB", maxLine>>20)})
		case !utf8.Valid(l.Data):
			bad, _ := f.notUTF8(l.Data)
			here.column = bad.Column
			do(l.Number, nil, &nodeError{at: here, code: bad.Code, message: bad.Message})
		case len(bytes.TrimSpace(l.Data)) > 0:
			do(l.Number, l.Data, nil)
		}
	}
}

// minTerm is the length of the shortest line with a term.
const minTerm = len(`{"id":"a","label":"a"}`)

// countLines estimates how many terms a file has. What can be read only once has
// none.
func countLines(f *file) (int, error) {
	r, err := os.Open(f.path)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	if info, err := r.Stat(); err != nil || !info.Mode().IsRegular() {
		return 0, err
	}
	n, size := 1, 0
	buffer := make([]byte, 1<<16)
	for {
		read, err := r.Read(buffer)
		n += bytes.Count(buffer[:read], []byte("\n"))
		size += read
		if err == io.EOF {
			return min(n, size/minTerm), nil
		}
		if err != nil {
			return 0, err
		}
	}
}

// jsonReader turns tokens into nodes, one text after the other.
type jsonReader struct {
	input   bytes.Buffer
	decoder *jsontext.Decoder
	at      locator
	texts   texts
	fields  []field // of the outermost object
}

func newJSONReader() *jsonReader {
	return &jsonReader{decoder: jsontext.NewDecoder(&bytes.Buffer{})}
}

// parse returns the value that data holds; line is the number of data's first
// line. The value is valid until the next call, its texts for ever. The error is
// a *nodeError.
func (r *jsonReader) parse(data []byte, line int) (node, error) {
	r.input = *bytes.NewBuffer(data)
	r.decoder.Reset(&r.input, jsontext.AllowDuplicateNames(true))
	r.at = locator{data: data, line: line, column: 1}
	n, err := r.node(0)
	if err == nil {
		if _, more := r.decoder.ReadToken(); more == io.EOF {
			return n, nil
		}
		end := r.skip()
		err = &nodeError{at: end, code: "syntax", message: "not JSON: more follows the value"}
	}
	return n, err
}

// skip returns the place of the next token.
func (r *jsonReader) skip() node {
	start := int(r.decoder.InputOffset())
	for start < len(r.at.data) && strings.IndexByte(" \t\r\n,:", r.at.data[start]) >= 0 {
		start++
	}
	var n node
	n.line, n.column = r.at.seek(start)
	return n
}

// next returns the next token and its place.
func (r *jsonReader) next() (jsontext.Token, node, error) {
	here := r.skip()
	t, err := r.decoder.ReadToken()
	if err != nil {
		err = r.problem(here, err)
	}
	return t, here, err
}

// string returns the next token, which is a text or a name, and its place.
func (r *jsonReader) string() (string, node, error) {
	here := r.skip()
	v, err := r.decoder.ReadValue()
	if err != nil {
		return "", here, r.problem(here, err)
	}
	s, err := r.texts.unquote(v)
	if err != nil {
		err = r.problem(here, err)
	}
	return s, here, err
}

// problem turns an error of the decoder into a *nodeError.
func (r *jsonReader) problem(here node, err error) error {
	bad := &nodeError{at: here, code: "syntax", message: "not JSON: " + err.Error()}
	var syntax *jsontext.SyntacticError
	switch {
	case errors.As(err, &syntax):
		bad.message = "not JSON: " + syntax.Err.Error()
		if errors.Is(err, io.ErrUnexpectedEOF) {
			bad.message = "not JSON: it is cut off"
		}
		if offset := int(syntax.ByteOffset); offset >= r.at.offset && offset <= len(r.at.data) {
			bad.at.line, bad.at.column = r.at.seek(offset)
		}
	case err == io.EOF:
		bad.message = "not JSON: nothing there"
	}
	return bad
}

func (r *jsonReader) node(depth int) (node, error) {
	if r.decoder.PeekKind() == jsontext.KindString && depth <= maxDepth {
		s, n, err := r.string()
		n.kind, n.text = text, s
		return n, err
	}
	t, n, err := r.next()
	if err != nil {
		return n, err
	}
	if depth > maxDepth {
		return n, &nodeError{at: n, code: "too-deep", message: fmt.Sprintf("nested more than %d levels deep", maxDepth)}
	}
	switch t.Kind() {
	case jsontext.KindBeginObject:
		return r.object(n, depth)
	case jsontext.KindBeginArray:
		return r.list(n, depth)
	case jsontext.KindNumber:
		n.kind, n.text = number, t.String()
	case jsontext.KindTrue, jsontext.KindFalse:
		n.kind, n.text = boolean, t.String()
	}
	return n, nil
}

func (r *jsonReader) list(n node, depth int) (node, error) {
	n.kind = list
	for r.decoder.PeekKind() != jsontext.KindEndArray {
		item, err := r.node(depth + 1)
		if err != nil {
			return n, err
		}
		n.items = append(n.items, item)
	}
	_, _, err := r.next()
	return n, err
}

func (r *jsonReader) object(n node, depth int) (node, error) {
	n.kind = object
	if depth == 0 {
		n.fields = r.fields[:0]
	}
	for r.decoder.PeekKind() != jsontext.KindEndObject {
		if r.decoder.PeekKind() != jsontext.KindString { // an error: say which
			_, _, err := r.next()
			return n, err
		}
		name, at, err := r.string()
		if err != nil {
			return n, err
		}
		value, err := r.node(depth + 1)
		if err != nil {
			return n, err
		}
		n.fields = append(n.fields, field{name: name, line: at.line, column: at.column, value: value})
	}
	if depth == 0 {
		r.fields = n.fields
	}
	_, _, err := r.next()
	return n, err
}
