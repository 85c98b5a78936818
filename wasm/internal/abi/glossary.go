package abi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"postil"
)

// glossary is what compile takes.
type glossary struct {
	Language string           `json:"language"`
	Terms    []postil.Term    `json:"terms"`
	Articles []postil.Article `json:"articles"`

	terms string // JSON Pointer to Terms
}

// readGlossary reads a glossary as JSON: an object, or the array of its terms.
// Members that no term has are errors.
func readGlossary(s string) (*glossary, error) {
	g := &glossary{terms: "/terms"}
	d := json.NewDecoder(strings.NewReader(s))
	d.DisallowUnknownFields()
	var err error
	if strings.HasPrefix(s, "[") {
		g.terms = ""
		err = d.Decode(&g.Terms)
	} else {
		err = d.Decode(g)
	}
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			return nil, &Error{Code: BadJSON, Detail: "more follows the glossary"}
		}
		return g, nil
	}
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &kind):
		detail := fmt.Sprintf("%s is %s, want %s", kind.Field, kind.Value, kind.Type)
		return nil, &Error{BadGlossary, detail, []Cause{{detail, pointerAt(s, kind.Offset)}}}
	case errors.As(err, &syntax), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, &Error{Code: BadJSON, Detail: fmt.Sprintf("the glossary is not JSON at byte %d: %v", d.InputOffset(), err)}
	}
	return nil, &Error{Code: BadGlossary, Detail: strings.TrimPrefix(err.Error(), "json: ")}
}

// pointerAt is the JSON Pointer to the value that ends, or begins with a bracket, at
// an offset.
func pointerAt(s string, offset int64) string {
	d := jsontext.NewDecoder(strings.NewReader(s))
	for d.InputOffset() < offset {
		if _, err := d.ReadToken(); err != nil {
			break
		}
	}
	return string(d.StackPointer())
}

// errorIn says which terms of g cannot be compiled.
func (g *glossary) errorIn(err error) error {
	e := &Error{Code: BadGlossary, Detail: err.Error()}
	for _, err := range unjoin(err) {
		var t *postil.TermError
		if errors.As(err, &t) {
			e.Errors = append(e.Errors, Cause{fmt.Sprintf("%s: %v", t.Field, t.Err), g.terms + pointer(t)})
		}
	}
	return e
}

func unjoin(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()
	}
	return []error{err}
}

// pointer is where the field of a term stands in the array of terms: aliases[2] of the
// first term is /0/aliases/2.
func pointer(t *postil.TermError) string {
	field := strings.NewReplacer("[", "/", "]", "").Replace(t.Field)
	return fmt.Sprintf("/%d/%s", t.Index, field)
}

// describe is the answer to info.
func describe(a *postil.Annotator) []byte {
	var b bytes.Buffer
	i := a.Info()
	e := jsontext.NewEncoder(&b)
	tokens := []jsontext.Token{
		jsontext.BeginObject,
		jsontext.String("index"), jsontext.String(i.Digest),
		jsontext.String("version"), jsontext.Int(int64(i.Version)),
		jsontext.String("language"), jsontext.String(i.Language),
		jsontext.String("analysis"), jsontext.String(i.Analysis),
		jsontext.String("size"), jsontext.Int(i.Size),
		jsontext.String("terms"), jsontext.Int(int64(i.Terms)),
		jsontext.String("forms"), jsontext.Int(int64(i.Forms)),
		jsontext.String("articles"), jsontext.Int(int64(i.Articles)),
		jsontext.String("kinds"), jsontext.BeginArray,
	}
	for _, k := range i.Kinds {
		tokens = append(tokens, jsontext.String(k))
	}
	for _, t := range append(tokens, jsontext.EndArray, jsontext.EndObject) {
		e.WriteToken(t) // to memory, and in order
	}
	return bytes.TrimSpace(b.Bytes())
}
