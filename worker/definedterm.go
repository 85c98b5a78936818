package worker

import (
	"bytes"
	"errors"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"

	"postil"
)

const termsPath = "/v1/terms"

// linked says what linked data call the terms, and a text of the given source.
func (s *server) linked(r *http.Request, source string) postil.LinkedData {
	return postil.LinkedData{Source: source, Terms: s.address(r) + termsPath + "/"}
}

// definedTerm answers with a term as JSON-LD in the words of schema.org. Its id
// is what annotations as linked data call the term.
func (s *server) definedTerm(r *http.Request, id string) (*answer, error) {
	t, err := s.annotator.Term(id)
	if errors.Is(err, postil.ErrNoTerm) || t.Hidden {
		return nil, noTerm(id)
	}
	if err != nil {
		return nil, err
	}
	set := s.address(r) + termsPath
	var b bytes.Buffer
	e := jsontext.NewEncoder(&b, jsontext.EscapeForHTML(true))
	put := func(pairs ...string) {
		e.WriteToken(jsontext.BeginObject)
		for _, v := range pairs {
			e.WriteToken(jsontext.String(v))
		}
	}
	put("@context", "https://schema.org/", "@type", "DefinedTerm", "@id", s.linked(r, "").TermIRI(t.ID), "termCode", t.ID, "name", t.Label)
	if names := append(t.Abbreviations, t.Aliases...); len(names) > 0 {
		e.WriteToken(jsontext.String("alternateName"))
		e.WriteToken(jsontext.BeginArray)
		for _, name := range names {
			e.WriteToken(jsontext.String(name))
		}
		e.WriteToken(jsontext.EndArray)
	}
	if t.Definition != "" {
		e.WriteToken(jsontext.String("description"))
		e.WriteToken(jsontext.String(t.Definition))
	}
	if len(t.Sources) > 0 {
		e.WriteToken(jsontext.String("subjectOf"))
		e.WriteToken(jsontext.BeginArray)
		for _, source := range t.Sources {
			put("@type", "CreativeWork", "name", source.Title)
			if source.URL != "" {
				e.WriteToken(jsontext.String("url"))
				e.WriteToken(jsontext.String(source.URL))
			}
			e.WriteToken(jsontext.EndObject)
		}
		e.WriteToken(jsontext.EndArray)
	}
	e.WriteToken(jsontext.String("inDefinedTermSet"))
	put("@type", "DefinedTermSet", "@id", set)
	e.WriteToken(jsontext.EndObject)
	e.WriteToken(jsontext.EndObject)
	return s.document(r, mediaLD, bytes.TrimSuffix(b.Bytes(), []byte("\n")), state{until: forever}), nil
}
