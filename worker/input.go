package worker

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"postil"
)

// An input is what a client wants annotated, and how.
type input struct {
	postil.Options
	text   string
	html   bool
	minify bool
	source string          // IRI of the text, for linked data
	given  map[string]bool // members of a JSON body
}

// readInput reads the options and the body of POST /v1/annotate.
func (s *server) readInput(r *http.Request, kind string, body []byte) (*input, error) {
	in, err := s.newInput(postil.Options{})
	if err != nil {
		return nil, err
	}
	if err := readQuery(r, annotateOptions(in)...); err != nil {
		return nil, err
	}
	if kind == mediaJSON {
		return in, readJSON(body, in)
	}
	if i := invalidUTF8(body); i >= 0 {
		return nil, malformed(fmt.Sprintf("the body is not valid UTF-8 at byte %d", i))
	}
	in.text, in.html = string(body), kind == mediaHTML
	return in, nil
}

var errEmpty = malformed("the body is empty: send a text")

// accepted are the media types of bodies.
var accepted = [...]string{mediaText, mediaHTML, mediaJSON, mediaLines}

// contentType is the media type of the body, one of those that are taken. There
// must be a body.
func contentType(r *http.Request, accepted ...string) (string, error) {
	if r.ContentLength == 0 {
		return "", errEmpty
	}
	given := header(r, "Content-Type")
	kind, parameters, err := mime.ParseMediaType(given)
	switch {
	case err != nil, !slices.Contains(accepted, kind):
		return "", unsupported(r, fmt.Sprintf("Content-Type is %q, want one of %s", given, strings.Join(accepted, ", ")), "Content-Type")
	case parameters["charset"] != "" && !strings.EqualFold(parameters["charset"], "utf-8"):
		return "", unsupported(r, fmt.Sprintf("the charset is %q, want utf-8", parameters["charset"]), "Content-Type")
	}
	return kind, nil
}

func unsupported(r *http.Request, detail, header string) *Problem {
	p := &Problem{
		Status: http.StatusUnsupportedMediaType,
		Detail: detail,
		Errors: []Detail{{Detail: detail, Header: header}},
	}
	switch {
	case header == "Content-Encoding":
		p.header = [][2]string{{"Accept-Encoding", "gzip"}}
	case r.Method == http.MethodPost:
		p.header = [][2]string{{"Accept-Post", strings.Join(accepted[:], ", ")}}
	}
	return p
}

// readBody reads the body, which has a limit, and nothing of one that
// says that it is too long.
func (s *server) readBody(r *http.Request) ([]byte, error) { return readUpTo(r, s.MaxBody) }

// readError keeps the errors that mean something to problemFor; what else stops
// a body is the time or the connection's end.
func readError(err error) error {
	switch err.(type) {
	case *http.MaxBytesError, *Problem:
		return err
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return tooSlow
	}
	return fmt.Errorf("reading the body: %w: %w", err, io.ErrUnexpectedEOF)
}

// invalidUTF8 is the position of the first byte that is not UTF-8, or -1.
func invalidUTF8(b []byte) int {
	if utf8.Valid(b) {
		return -1
	}
	i := 0
	for {
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
}
