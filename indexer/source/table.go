package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxTable is the size of the largest CSV or TSV file read.
const maxTable = 256 << 20

// readTable reads a CSV or TSV file. Its first row names the columns as the
// fields of a term are named; every other row is a term. Items of a list are
// separated by |, and a source is written as "Title <https://…>", or as its
// address alone. A CSV file may have semicolons instead of commas.
func readTable(f *file, d *decoder) {
	data, ok := d.load(maxTable, "write it as JSON Lines, which has no limit")
	if !ok {
		return
	}
	t := table{Reader: csv.NewReader(bytes.NewReader(data)), data: data}
	t.FieldsPerRecord = -1
	t.ReuseRecord = true
	t.Comma = separator(f.ext, data)
	var header []field
	for {
		row, err := t.Read()
		if err == io.EOF {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			line, column := t.place(bad.Line, bad.Column)
			message := "a quoted cell is not closed, or text follows its closing quote"
			if errors.Is(bad.Err, csv.ErrBareQuote) {
				message = `a quote in the middle of a cell: put the cell in quotes and write "" for each quote in it`
			}
			d.report(&node{line: line, column: column}, "syntax", "%s", message)
			return
		}
		if header == nil {
			header = d.header(&t, row)
			continue
		}
		d.row(&t, header, row)
	}
	if header == nil {
		d.report(&node{}, "empty", "the file holds no header and no terms")
	}
}

// separator tells what separates the columns from the file's first line.
func separator(ext string, data []byte) rune {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	switch {
	case ext == ".tsv":
		return '\t'
	case bytes.ContainsRune(first, ';') && !bytes.ContainsRune(first, ','):
		return ';'
	}
	return ','
}

// table is a csv.Reader that counts columns in code points.
type table struct {
	*csv.Reader
	data   []byte
	line   int // that starts at offset
	offset int
}

// place turns a line and a column in bytes, both from 1, into a line and a
// column in code points. Lines must not decrease.
func (t *table) place(line, column int) (int, int) {
	if t.line == 0 {
		t.line = 1
	}
	for t.line < line {
		n := bytes.IndexByte(t.data[t.offset:], '\n')
		if n < 0 {
			return line, column
		}
		t.offset += n + 1
		t.line++
	}
	rest, _, _ := bytes.Cut(t.data[t.offset:], []byte("\n"))
	return line, utf8.RuneCount(rest[:min(column-1, len(rest))]) + 1
}

// header returns the columns, with an empty name where one is to be ignored.
func (d *decoder) header(t *table, row []string) []field {
	known := fieldNames[:termFields]
	header := make([]field, len(row))
	for i, name := range row {
		line, column := t.place(t.FieldPos(i))
		here := node{line: line, column: column}
		name = strings.ToLower(strings.TrimSpace(name))
		twice := slices.ContainsFunc(header[:i], func(f field) bool { return f.name == name })
		switch {
		case name == "":
		case !slices.Contains(known, name):
			d.report(&here, "unknown-field", "unknown column %q%s", name, didYouMean(name, known))
		case twice:
			d.report(&here, "duplicate-field", "the column %s is there twice", name)
		default:
			header[i] = field{name: name, line: line, column: column}
		}
	}
	return header
}

// row decodes a row as a term; empty cells are fields that are not there.
func (d *decoder) row(t *table, header []field, row []string) {
	n := node{kind: object}
	for i, cell := range row {
		line, column := t.place(t.FieldPos(i))
		here := node{line: line, column: column}
		if i == 0 {
			n.line, n.column = line, column
		}
		if i >= len(header) {
			d.report(&here, "syntax", "the row has %d cells, the header %d", len(row), len(header))
			break
		}
		cell = strings.TrimSpace(cell)
		if f := header[i]; cell != "" && f.name != "" {
			f.value = cellNode(here, f.name, cell)
			n.fields = append(n.fields, f)
		}
	}
	if len(n.fields) > 0 {
		d.term(&n)
	}
}

// cellNode reads a cell as the type that its column asks for.
func cellNode(n node, column, cell string) node {
	n.kind, n.text = text, cell
	switch column {
	case "abbreviations", "aliases", "related", "context", "not_context", "see_also", "sources":
		items := strings.Split(cell, "|")
		l := node{kind: list, line: n.line, column: n.column}
		for _, item := range items {
			n.text = strings.TrimSpace(item)
			if column == "sources" {
				l.items = append(l.items, sourceNode(n))
			} else {
				l.items = append(l.items, n)
			}
		}
		return l
	case "plural", "evidence", "hidden":
		switch strings.ToLower(cell) {
		case "true", "yes", "1":
			n.kind, n.text = boolean, "true"
		case "false", "no", "0":
			n.kind, n.text = boolean, "false"
		}
	case "prior":
		n.kind = number
	}
	return n
}

// sourceNode reads "Title <https://…>", or an address alone.
func sourceNode(n node) node {
	title, url := n.text, ""
	if open := strings.LastIndexByte(n.text, '<'); open >= 0 && strings.HasSuffix(n.text, ">") {
		title, url = strings.TrimSpace(n.text[:open]), n.text[open+1:len(n.text)-1]
	} else if isAddress(n.text) {
		title, url = addressTitle(n.text), n.text
	}
	o := node{kind: object, line: n.line, column: n.column}
	for _, f := range [...][2]string{{"title", title}, {"url", url}} {
		if f[1] != "" {
			n.text = f[1]
			o.fields = append(o.fields, field{name: f[0], line: n.line, column: n.column, value: n})
		}
	}
	return o
}

// isAddress reports whether a text is the address of a page and nothing else.
func isAddress(s string) bool {
	return IsAddress(strings.ToLower(s)) && !strings.ContainsAny(s, " \t\n")
}

// addressTitle is how a source reads that is known by its address alone: without
// what all addresses have.
func addressTitle(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
}
