package worker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"github.com/go-json-experiment/json/jsontext"

	"postil"
	"postil/internal/ask"
	"postil/internal/live"
	"postil/internal/store"
)

// Problem is an error as the client sees it: a problem document of RFC 9457.
type Problem struct {
	Status int
	Detail string   // what went wrong and what would do, in one sentence
	Errors []Detail // the single causes, where there are several or they have a place
	// Available lists the media types that the request could be answered with.
	Available []string

	header [][2]string
}

// Detail is one cause of a problem and where in the request it lies.
type Detail struct {
	Detail    string
	Pointer   string // JSON Pointer into the body, as a URI fragment ("#/min_score")
	Parameter string // query parameter
	Header    string // request header
}

func (p *Problem) Error() string {
	return fmt.Sprintf("%d %s: %s", p.Status, http.StatusText(p.Status), p.Detail)
}

// problemFor is the one place where errors become statuses. What it does not
// know is the server's fault, and its text stays in the log.
func problemFor(err error) *Problem {
	var (
		problem *Problem
		value   *postil.ValueError
		tooLong *http.MaxBytesError
		syntax  *jsontext.SyntacticError
	)
	switch {
	case errors.As(err, &problem):
		return problem
	case errors.As(err, &value):
		return unprocessable(Detail{Detail: value.Error(), Parameter: value.Option})
	case errors.Is(err, postil.ErrCursor):
		return unprocessable(Detail{Detail: "cursor is none that an earlier page gave", Parameter: "cursor"})
	case errors.As(err, &tooLong):
		return &Problem{
			Status: http.StatusRequestEntityTooLarge,
			Detail: fmt.Sprintf("the body is longer than %d bytes: split the text at paragraphs and send the parts", tooLong.Limit),
		}
	case errors.As(err, &syntax):
		return malformedJSON(syntax)
	case errors.Is(err, postil.ErrUTF8):
		return malformed("the text is not valid UTF-8")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return malformed("the body ends before its declared length")
	case errors.Is(err, live.ErrFull):
		return &Problem{
			Status: http.StatusInsufficientStorage,
			Detail: "there is no room for more articles: delete some, build those that stay into the index, or give the service more memory for them",
		}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, store.ErrWait), damaged(err):
		return unavailable
	}
	return &Problem{Status: http.StatusInternalServerError, Detail: "the server failed; the failure has been logged"}
}

var unavailable = &Problem{
	Status: http.StatusServiceUnavailable,
	Detail: "the service cannot answer now; try again shortly",
	header: [][2]string{{"Retry-After", "1"}},
}

// crowded is the same for want of time alone, of which the log need not hear.
var crowded error = &Problem{Status: unavailable.Status, Detail: unavailable.Detail, header: unavailable.header}

var tooSlow = &Problem{Status: http.StatusRequestTimeout, Detail: "the body did not come in time: send it again, or in parts"}

func malformed(detail string) *Problem {
	return &Problem{Status: http.StatusBadRequest, Detail: detail}
}

func malformedJSON(e *jsontext.SyntacticError) *Problem {
	reason := e.Err.Error()
	switch {
	case errors.Is(e, jsontext.ErrDuplicateName):
		reason = "a name occurs twice in one object"
	case errors.Is(e, io.ErrUnexpectedEOF):
		reason = "it ends too early"
	}
	p := malformed(fmt.Sprintf("the body is not valid JSON at byte %d: %s", e.ByteOffset, reason))
	p.Errors = []Detail{{Detail: reason, Pointer: fragment(e.JSONPointer)}}
	return p
}

func unprocessable(details ...Detail) *Problem {
	return &Problem{Status: http.StatusUnprocessableEntity, Detail: details[0].Detail, Errors: details}
}

// maxDetail is how much a problem says of one thing, in bytes: it may repeat what was
// sent, which may be a megabyte.
const maxDetail = 2000

// problemAnswer encodes a problem. Text that came with the request is escaped
// so that it stays text wherever the answer is shown.
func problemAnswer(p *Problem) *answer {
	var b bytes.Buffer
	e := jsontext.NewEncoder(&b, jsontext.EscapeForHTML(true), jsontext.AllowInvalidUTF8(true))
	put := func(name, value string) {
		if value != "" {
			e.WriteToken(jsontext.String(name))
			e.WriteToken(jsontext.String(ask.Cut(value, maxDetail)))
		}
	}
	e.WriteToken(jsontext.BeginObject)
	put("type", "about:blank")
	put("title", http.StatusText(p.Status))
	e.WriteToken(jsontext.String("status"))
	e.WriteToken(jsontext.Int(int64(p.Status)))
	put("detail", p.Detail)
	if len(p.Errors) > 0 {
		e.WriteToken(jsontext.String("errors"))
		e.WriteToken(jsontext.BeginArray)
		for _, d := range p.Errors {
			e.WriteToken(jsontext.BeginObject)
			put("detail", d.Detail)
			if len(d.Pointer) <= maxDetail { // cut it would point elsewhere
				put("pointer", d.Pointer)
			}
			put("parameter", d.Parameter)
			put("header", d.Header)
			e.WriteToken(jsontext.EndObject)
		}
		e.WriteToken(jsontext.EndArray)
	}
	if len(p.Available) > 0 {
		e.WriteToken(jsontext.String("available"))
		e.WriteToken(jsontext.BeginArray)
		for _, media := range p.Available {
			e.WriteToken(jsontext.String(media))
		}
		e.WriteToken(jsontext.EndArray)
	}
	e.WriteToken(jsontext.EndObject)
	return &answer{status: p.Status, kind: mediaProblem, body: b.Bytes(), cache: "no-store", header: p.header}
}

// appendObject appends a JSON object of string members to dst.
func appendObject(dst []byte, members ...string) []byte {
	dst = append(dst, '{')
	for i := 0; i < len(members); i += 2 {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendString(append(appendString(dst, members[i]), ':'), members[i+1])
	}
	return append(dst, '}')
}

// appendString appends a JSON string; bytes that are not UTF-8 become
// replacement characters.
func appendString(dst []byte, s string) []byte {
	dst, _ = jsontext.AppendQuote(dst, s)
	return dst
}

// fragment writes a JSON Pointer as a URI fragment.
func fragment(p jsontext.Pointer) string {
	u := url.URL{Fragment: string(p)}
	return "#" + u.EscapedFragment()
}
