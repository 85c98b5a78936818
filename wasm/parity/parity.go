// Package parity asks the engine the same questions wherever it runs, and
// compares the answers byte by byte with those of the native program.
//
// The cases are files in cases/: one or several glossaries, each a glossary.json,
// and with it questions, one a line in cases.jsonl. A file vectors beside says
// that the index has word vectors. A host is a program that reads all this from a
// folder (see Write) and writes answers.
package parity

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"

	"postil"
	"postil/indexer/vectors"
	"postil/language"
)

// Case is one question.
type Case struct {
	Group   string // the file that it is from
	Index   string // name of the index that it is asked of; "" for compile
	Name    string // unlike that of any other
	Call    string // as package abi names it
	Options string
	Text    []byte
	Code    string // of the error that must come; "" where an answer must
}

// Suite is all cases, and the indexes that they are asked of.
type Suite struct {
	Cases   []Case
	Indexes map[string][]byte
}

// Groups are the names of the groups, in order.
func (s *Suite) Groups() []string {
	var groups []string
	for _, c := range s.Cases {
		if !slices.Contains(groups, c.Group) {
			groups = append(groups, c.Group)
		}
	}
	return groups
}

//go:embed cases/*.txtar
var files embed.FS

// Load reads the cases and compiles their glossaries.
func Load() (*Suite, error) {
	s := &Suite{Indexes: map[string][]byte{}}
	names, err := fs.Glob(files, "cases/*.txtar")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		content, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		if err := s.add(strings.TrimSuffix(path.Base(name), ".txtar"), txtar.Parse(content)); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return s, s.check()
}

// add adds the indexes and cases of a file.
func (s *Suite) add(group string, a *txtar.Archive) error {
	vectored := map[string]bool{} // folders
	for _, f := range a.Files {
		if path.Base(f.Name) == "vectors" {
			vectored[path.Dir(f.Name)] = true
		}
	}
	for _, f := range a.Files {
		var err error
		index := path.Join(group, path.Dir(f.Name))
		switch path.Base(f.Name) {
		case "glossary.json":
			err = s.compile(group, index, f.Data, vectored[path.Dir(f.Name)])
		case "cases.jsonl":
			err = s.read(group, index, f.Data)
		case "vectors":
		default:
			err = errors.New("want glossary.json, vectors or cases.jsonl")
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	return nil
}

// compile compiles a glossary. To do so is a case as well, if the module can.
func (s *Suite) compile(group, name string, glossary []byte, vectored bool) error {
	var g struct {
		Language string
		Terms    []postil.Term
		Articles []postil.Article
	}
	d := json.NewDecoder(bytes.NewReader(glossary))
	d.DisallowUnknownFields()
	if err := d.Decode(&g); err != nil {
		return err
	}
	o := postil.CompileOptions{Language: g.Language, Languages: language.All(), Articles: g.Articles}
	if vectored {
		o.Vectors = vectors.English()
	}
	index, err := postil.Compile(g.Terms, o)
	if err != nil {
		return err
	}
	s.Indexes[name] = index
	if !vectored {
		s.Cases = append(s.Cases, Case{Group: group, Name: name + "/the glossary", Call: "compile", Text: glossary})
	}
	return nil
}

// line is a line of cases.jsonl.
type line struct {
	Name    string `json:"name"`
	Call    string `json:"call"`
	Options string `json:"options"` // as it is given to the module, good or bad
	Text    string `json:"text"`
	Bytes   []byte `json:"base64"` // in place of Text, where it is not UTF-8
	Times   int    `json:"times"`  // how often Text is repeated
	Code    string `json:"code"`
}

func (s *Suite) read(group, index string, content []byte) error {
	d := json.NewDecoder(bytes.NewReader(content))
	d.DisallowUnknownFields()
	for {
		var l line
		if err := d.Decode(&l); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		c := Case{Group: group, Index: index, Name: index + "/" + l.Name, Call: l.Call, Options: l.Options, Text: l.Bytes, Code: l.Code}
		if c.Text == nil {
			c.Text = []byte(strings.Repeat(l.Text, max(l.Times, 1)))
		}
		if c.Call == "compile" {
			c.Index = ""
		}
		s.Cases = append(s.Cases, c)
	}
}

func (s *Suite) check() error {
	seen := map[string]bool{}
	for _, c := range s.Cases {
		if seen[c.Name] {
			return fmt.Errorf("two cases are called %q", c.Name)
		}
		seen[c.Name] = true
	}
	return nil
}
