package source

import (
	"errors"
	"fmt"

	"postil"
	"postil/indexer/diag"
)

// Glossary is what ReadGlossary found, in the order of the files and of the
// terms in them.
type Glossary struct {
	// Terms are the entries that could be read, including those with problems.
	// Texts are trimmed and their line breaks are blanks.
	Terms []postil.Term
	// Language is the BCP 47 tag that the files state for themselves, or "".
	// Where they differ it is the first, and the terms of the other files
	// carry their own.
	Language string
	// Stated is what each file says of its language, where it says something.
	Stated []Statement
	// Problems are the mistakes of form: syntax, unknown fields, wrong types.
	Problems []diag.Diagnostic
	// Files are the files read.
	Files []string

	places places // of Terms
}

// Statement is the language that a file states for its terms.
type Statement struct {
	Language string
	At       diag.Position
}

// At returns where a field of Terms[i] was written, or where the term begins
// if the field is not there. Fields are named as in the files. Neither At nor AtItem
// may be called by several goroutines at once.
func (g *Glossary) At(i int, field string) diag.Position {
	return g.places.find(i, field, 0)
}

// AtItem returns where the n-th item of a list field was written, counting
// from 0. The fields of a source are called sources.title and sources.url.
func (g *Glossary) AtItem(i int, field string, n int) diag.Position {
	return g.places.find(i, field, n+1)
}

// glossaryFormats maps extensions to readers.
func glossaryFormats() ([]string, map[string]func(*file, *decoder)) {
	return []string{".yaml", ".yml", ".jsonl", ".ndjson", ".json", ".csv", ".tsv"},
		map[string]func(*file, *decoder){
			".yaml": readYAML, ".yml": readYAML,
			".jsonl": readJSONLines, ".ndjson": readJSONLines,
			".json": readJSON,
			".csv":  readTable, ".tsv": readTable,
		}
}

// GlossaryExtensions lists the file name extensions that ReadGlossary takes.
func GlossaryExtensions() []string {
	extensions, _ := glossaryFormats()
	return extensions
}

// ReadGlossary reads terms from files and folders. A folder stands for all
// glossary files in it and below it, in lexical order; other files there are
// passed over, hidden ones too. The error says which path cannot be read;
// mistakes in the files are in Glossary.Problems.
func ReadGlossary(paths ...string) (*Glossary, error) {
	extensions, readers := glossaryFormats()
	files, err := find("glossary", extensions, paths)
	if err != nil {
		return nil, err
	}
	g := &Glossary{}
	for i := range files {
		f := &files[i]
		d := &decoder{file: f, glossary: g, first: len(g.Terms)}
		readers[f.ext](f, d)
		if d.err != nil {
			return nil, fmt.Errorf("read glossary: %w", d.err)
		}
		d.finish()
		g.Files = append(g.Files, f.path)
	}
	g.Problems = diag.Sort(g.Problems)
	return g, nil
}

// load reads a whole file for a glossary reader and reports what is wrong
// with it. It returns false if there is nothing to parse.
func (d *decoder) load(limit int64, advice string) ([]byte, bool) {
	data, err := d.file.read(limit)
	switch {
	case errors.Is(err, errTooLarge):
		d.glossary.Problems = append(d.glossary.Problems, d.file.tooLarge(limit, advice))
		return nil, false
	case err != nil:
		d.err = err
		return nil, false
	}
	data = unixText(data)
	if problem, bad := d.file.notUTF8(data); bad {
		d.glossary.Problems = append(d.glossary.Problems, problem)
		return nil, false
	}
	return data, true
}
