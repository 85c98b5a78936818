package abi

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"postil"
	"postil/internal/ask"
)

// Code says what kind of error a call ended with. The numbers stay what they are.
type Code uint32

const (
	OK            Code = iota
	BadCall            // a buffer, a length or a handle that is none
	BadJSON            // options or a glossary that are not JSON
	BadOption          // an option that there is none of, or a value that it does not take
	BadText            // not UTF-8, or too long
	BadQuery           // a search that cannot be understood, or costs too much
	BadCursor          // none that an earlier page gave
	NotFound           // no such term or article
	BadIndex           // a damaged index
	IndexVersion       // an index of another format version
	IndexLanguage      // an index whose language the module was built without
	BadGlossary        // terms or articles that cannot be compiled
	Unsupported        // what this build of the module leaves out
	Internal           // a fault of the module
)

var codeNames = [...]string{
	"ok", "bad-call", "bad-json", "bad-option", "bad-text", "bad-query", "bad-cursor", "not-found",
	"bad-index", "index-version", "index-language", "bad-glossary", "unsupported", "internal",
}

func (c Code) String() string {
	if int(c) < len(codeNames) {
		return codeNames[c]
	}
	return "code " + strconv.Itoa(int(c))
}

// Error is an error as a host sees it.
type Error struct {
	Code   Code
	Detail string  // what is wrong, in one sentence
	Errors []Cause // the single causes, where they have a place
}

// Cause is one cause of an error and where it lies.
type Cause struct {
	Detail  string
	Pointer string // JSON Pointer into options or glossary
}

func (e *Error) Error() string { return e.Code.String() + ": " + e.Detail }

var (
	errBuffer = &Error{Code: BadCall, Detail: "the pointer is none that postil_alloc returned, or it was freed"}
	errLength = &Error{Code: BadCall, Detail: "the length is beyond the end of the buffer"}
	errHandle = &Error{Code: BadCall, Detail: "the index is not open: it was closed, or never opened"}
)

// errorFor is the one place where errors become codes.
func errorFor(err error) *Error {
	var (
		own      *Error
		value    *postil.ValueError
		query    *postil.QueryError
		format   *postil.FormatError
		language *postil.LanguageError
		syntax   *jsontext.SyntacticError
	)
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &value):
		detail := ask.InJSON(value).Error()
		return &Error{BadOption, detail, []Cause{{detail, "/" + ask.Member(value.Option)}}}
	case errors.As(err, &query):
		return &Error{Code: BadQuery, Detail: query.Error()}
	case errors.Is(err, postil.ErrCursor):
		return &Error{Code: BadCursor, Detail: "the cursor is none that an earlier page gave"}
	case errors.Is(err, postil.ErrUTF8):
		return &Error{Code: BadText, Detail: postil.ErrUTF8.Error()}
	case errors.Is(err, postil.ErrNoTerm), errors.Is(err, postil.ErrNoArticle):
		return &Error{Code: NotFound, Detail: err.Error()}
	case errors.Is(err, postil.ErrVersion):
		return &Error{Code: IndexVersion, Detail: err.Error()}
	case errors.As(err, &language):
		return &Error{Code: IndexLanguage, Detail: fmt.Sprintf("the index is in %q and compiled with the analysis %q, which this module was built without", language.Language, language.Analysis)}
	case errors.As(err, &format):
		return &Error{Code: BadIndex, Detail: err.Error()}
	case errors.As(err, &syntax):
		return &Error{BadJSON, fmt.Sprintf("not JSON at byte %d: %v", syntax.ByteOffset, syntax.Err), []Cause{{syntax.Err.Error(), string(syntax.JSONPointer)}}}
	}
	return &Error{Code: Internal, Detail: err.Error()}
}

func (e *Error) appendJSON(dst []byte) []byte {
	dst = append(dst, `{"code":"`+e.Code.String()+`","detail":`...)
	dst = appendString(dst, e.Detail)
	if len(e.Errors) > 0 {
		dst = append(dst, `,"errors":[`...)
		for i, c := range e.Errors {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = append(dst, `{"detail":`...)
			dst = appendString(dst, c.Detail)
			dst = append(dst, `,"pointer":`...)
			dst = append(appendString(dst, c.Pointer), '}')
		}
		dst = append(dst, ']')
	}
	return append(dst, '}')
}

func appendString(dst []byte, s string) []byte {
	dst, _ = jsontext.AppendQuote(dst, strings.ToValidUTF8(s, "\ufffd")) // which cannot fail
	return dst
}
