package parity

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"postil/language"
	"postil/wasm/internal/abi"
)

// Answer is what a host answers to a case.
type Answer struct {
	Name   string `json:"name"`
	Failed bool   `json:"failed,omitempty"` // Body is an error, as the module explains it
	Body   []byte `json:"answer,omitempty"`
	Status int    `json:"status,omitempty"` // over HTTP, of an error
}

// Native returns the answers of this program, by the names of the cases. The error
// is for those that are not answered as they say themselves.
func (s *Suite) Native() (map[string]Answer, error) {
	p := abi.Program{Languages: language.All()}
	handles := map[string]uint32{"": 0}
	for _, name := range slices.Sorted(maps.Keys(s.Indexes)) {
		if handles[name] = p.OpenBytes(s.Indexes[name]); handles[name] == 0 {
			return nil, fmt.Errorf("the index %s does not open", name)
		}
	}
	answers := map[string]Answer{}
	var errs []error
	for _, c := range s.Cases {
		code, body := p.Ask(c.Call, handles[c.Index], []byte(c.Options), c.Text)
		if want := c.Code; want != "" && code.String() != want || want == "" && code != abi.OK {
			errs = append(errs, fmt.Errorf("%s: %v (%.200s), want %q", c.Name, code, body, want))
		}
		answers[c.Name] = Answer{Name: c.Name, Failed: code != abi.OK, Body: bytes.Clone(body)}
	}
	return answers, errors.Join(errs...)
}

// request is a case as hosts read it.
type request struct {
	Name    string `json:"name"`
	Index   string `json:"index,omitempty"` // file name
	Call    string `json:"call"`
	Options []byte `json:"options,omitempty"` // in base64, as is text
	Text    []byte `json:"text,omitempty"`
}

// Write writes the suite into a folder for a host: the indexes, and the cases as
// lines of requests.jsonl. Cases of one index follow each other.
func (s *Suite) Write(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	for name, index := range s.Indexes {
		if err := os.WriteFile(filepath.Join(dir, fileName(name)), index, 0o666); err != nil {
			return err
		}
	}
	var lines bytes.Buffer
	e := json.NewEncoder(&lines)
	for _, c := range s.sorted() {
		r := request{Name: c.Name, Call: c.Call, Options: []byte(c.Options), Text: c.Text}
		if c.Index != "" {
			r.Index = fileName(c.Index)
		}
		if err := e.Encode(r); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(dir, "requests.jsonl"), lines.Bytes(), 0o666)
}

// sorted are the cases, those of one index after another.
func (s *Suite) sorted() []Case {
	return slices.SortedStableFunc(slices.Values(s.Cases), func(a, b Case) int { return strings.Compare(a.Index, b.Index) })
}

func fileName(index string) string { return strings.ReplaceAll(index, "/", "-") + ".postil" }

// ReadAnswers reads what a host writes: an Answer a line.
func ReadAnswers(r io.Reader) ([]Answer, error) {
	var answers []Answer
	d := json.NewDecoder(bufio.NewReader(r))
	for {
		var a Answer
		if err := d.Decode(&a); err == io.EOF {
			return answers, nil
		} else if err != nil {
			return nil, err
		}
		answers = append(answers, a)
	}
}
