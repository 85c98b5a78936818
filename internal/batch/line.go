package batch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"postil"
	"postil/internal/lines"
)

// lineError is what is wrong with a line.
type lineError struct{ code, detail string }

func (e *lineError) Error() string { return e.detail }

// Answer appends the answer to one line, without an end, to dst, and reports
// whether it is an error. A line that is too long has more than limit bytes, and an
// answer more than most, unless that is 0.
func Answer(dst []byte, l lines.Line, limit, most int, a *postil.Annotator, o postil.Options) (answer []byte, failed bool) {
	q, err := read(l, limit, shape{[]string{"text", "html"}, "text or html", "exactly one of text and html"})
	if err != nil {
		return appendError(dst, q.id, l.Number, err), true
	}
	annotate := a.Annotate
	if q.member == "html" {
		annotate = a.AnnotateHTML
	}
	o.MaxMentions = most / LeastMention
	result, err := annotate(q.text, o)
	if errors.Is(err, postil.ErrTooMany) {
		err = tooLong(most)
	}
	if err != nil {
		return appendError(dst, q.id, l.Number, err), true
	}
	result.MaxBytes = most
	answer = append(dst, `{"id":`...)
	answer = append(answer, q.id...)
	answer = append(answer, ',')
	answer = append(result.AppendMembers(answer), '}')
	if most > 0 && len(answer)-len(dst) > most {
		return appendError(dst, q.id, l.Number, tooLong(most)), true
	}
	return answer, false
}

// AppendBroken appends the last answer, without an end of the line, to a batch whose
// input breaks off in the line of that number for a reason that its sender can mend.
func AppendBroken(dst []byte, number int, detail string) []byte {
	return appendError(dst, nil, number, &lineError{"bad-body", detail})
}

// LeastMention is what a mention takes of an answer at least, in bytes, whatever its
// form.
const LeastMention = 40

func tooLong(most int) error {
	return &lineError{"too-long", fmt.Sprintf("the answer is longer than %d bytes: split the text at paragraphs, or ask for less of it", most)}
}

// Blank reports whether there is nothing in a line to be answered.
func Blank(l lines.Line) bool {
	for _, b := range l.Data {
		if b != ' ' && b != '\t' && b != '\r' {
			return false
		}
	}
	return !l.TooLong
}

// query is what a line asks for.
type query struct {
	id     jsontext.Value // a string or number, as written; nil if there is none
	text   string
	member string // where the text stood
}

// shape is what a line must have beside the id.
type shape struct {
	members []string // one of these
	names   string   // as a list
	wanted  string
}

func read(l lines.Line, limit int, s shape) (query, error) {
	if l.TooLong {
		return query{}, &lineError{"too-long", fmt.Sprintf("the line is longer than %d bytes", limit)}
	}
	return parse(l.Data, s)
}

// parse reads a line; members that are not asked for are passed over. Even with
// an error it returns the id, if it came so far.
func parse(line []byte, s shape) (q query, err error) {
	d := jsontext.NewDecoder(bytes.NewBuffer(line))
	texts := 0
	if d.PeekKind() != jsontext.KindBeginObject {
		if err := d.SkipValue(); err != nil {
			return q, syntaxError(err)
		}
		return q, &lineError{"bad-line", "want an object with id and " + s.names}
	}
	if _, err := d.ReadToken(); err != nil {
		return q, syntaxError(err)
	}
	for d.PeekKind() != jsontext.KindEndObject {
		name, err := d.ReadToken()
		if err != nil {
			return q, syntaxError(err)
		}
		switch member := name.String(); member {
		case "id":
			err = q.readID(d)
		default:
			if !slices.Contains(s.members, member) {
				err = syntaxError(d.SkipValue())
				break
			}
			texts++
			q.member = member
			err = q.readText(d, member)
		}
		if err != nil {
			return q, err
		}
	}
	if _, err := d.ReadToken(); err != nil {
		return q, syntaxError(err)
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return q, &lineError{"bad-json", "more follows the object"}
	}
	switch {
	case q.id == nil:
		return q, &lineError{"bad-line", "the id is missing"}
	case texts != 1:
		return q, &lineError{"bad-line", "want " + s.wanted}
	}
	return q, nil
}

func (q *query) readID(d *jsontext.Decoder) error {
	kind := d.PeekKind()
	v, err := d.ReadValue()
	if err != nil {
		return syntaxError(err)
	}
	if kind != jsontext.KindString && kind != jsontext.KindNumber {
		return &lineError{"bad-line", "the id is neither a string nor a number"}
	}
	q.id = v.Clone()
	return nil
}

func (q *query) readText(d *jsontext.Decoder, member string) error {
	if d.PeekKind() != jsontext.KindString {
		if err := d.SkipValue(); err != nil {
			return syntaxError(err)
		}
		return &lineError{"bad-line", member + " is not a string"}
	}
	t, err := d.ReadToken()
	if err != nil {
		return syntaxError(err)
	}
	q.text = t.String()
	return nil
}

// syntaxError says in which byte of the line JSON went wrong.
func syntaxError(err error) error {
	var syntax *jsontext.SyntacticError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &lineError{"bad-json", "the line is cut off"}
	case errors.As(err, &syntax):
		return &lineError{"bad-json", fmt.Sprintf("%v at byte %d", syntax.Err, syntax.ByteOffset+1)}
	}
	return &lineError{"bad-json", err.Error()}
}

func appendError(dst []byte, id jsontext.Value, number int, err error) []byte {
	code, detail := "bad-text", err.Error()
	var line *lineError
	var value *postil.ValueError
	var search *postil.QueryError
	switch {
	case errors.As(err, &line):
		code = line.code
	case errors.As(err, &search):
		code = "bad-query"
	case errors.As(err, &value):
		code = "bad-option"
	}
	if id == nil {
		id = jsontext.Value("null")
	}
	dst = append(dst, `{"id":`...)
	dst = append(dst, id...)
	dst = append(dst, `,"error":{"code":"`+code+`","detail":`...)
	dst, _ = jsontext.AppendQuote(dst, strings.ToValidUTF8(detail, "\ufffd")) // UTF-8 cannot fail
	dst = append(dst, `,"line":`...)
	dst = strconv.AppendInt(dst, int64(number), 10)
	return append(dst, "}}"...)
}
