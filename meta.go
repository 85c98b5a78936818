package postil

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"postil/internal/index"
)

// meta is the section of that name, a JSON object.
type meta struct {
	Language string   `json:"language"`
	Analysis string   `json:"analysis"` // name of a Language
	Terms    int      `json:"terms"`
	Forms    int      `json:"forms"`
	Articles int      `json:"articles"`
	Kinds    []string `json:"kinds"`
}

func (m *meta) read(section []byte) error {
	if m.scan(string(section)) {
		return nil
	}
	*m = meta{}
	if err := m.decode(section); err != nil {
		return index.Errorf("meta", "%w", err)
	}
	return nil
}

// decode reads any JSON object. It does without encoding/json, which would be a
// tenth of a module that only annotates.
func (m *meta) decode(section []byte) error {
	d := jsontext.NewDecoder(bytes.NewBuffer(section))
	if d.PeekKind() != jsontext.KindBeginObject {
		return errors.New("not a JSON object")
	}
	_, err := d.ReadToken()
	for err == nil && d.PeekKind() != jsontext.KindEndObject {
		var name jsontext.Token
		if name, err = d.ReadToken(); err == nil {
			err = m.member(name.String(), d)
		}
	}
	if err == nil {
		_, err = d.ReadToken()
	}
	return err
}

func (m *meta) member(name string, d *jsontext.Decoder) (err error) {
	switch name {
	case "language":
		m.Language, err = metaText(d)
	case "analysis":
		m.Analysis, err = metaText(d)
	case "terms":
		m.Terms, err = metaNumber(d)
	case "forms":
		m.Forms, err = metaNumber(d)
	case "articles":
		m.Articles, err = metaNumber(d)
	case "kinds":
		if d.PeekKind() != jsontext.KindBeginArray {
			return errors.New("kinds is not an array")
		}
		m.Kinds = []string{}
		_, err = d.ReadToken()
		for err == nil && d.PeekKind() != jsontext.KindEndArray {
			var kind string
			kind, err = metaText(d)
			m.Kinds = append(m.Kinds, kind)
		}
		if err == nil {
			_, err = d.ReadToken()
		}
	default:
		err = d.SkipValue()
	}
	return err
}

func metaText(d *jsontext.Decoder) (string, error) {
	if d.PeekKind() != jsontext.KindString {
		return "", errors.New("not a string")
	}
	t, err := d.ReadToken()
	return t.String(), err
}

func metaNumber(d *jsontext.Decoder) (int, error) {
	if d.PeekKind() != jsontext.KindNumber {
		return 0, errors.New("not a number")
	}
	t, err := d.ReadToken()
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(t.String())
}

// scan reads the section if it is just as Compile writes it, without an escaped
// character, and reports whether it is. At the edge, where all code that runs is
// compiled first, a JSON decoder takes longer than all else that opens an index.
func (m *meta) scan(s string) bool {
	r := metaReader{rest: s}
	r.skip(`{"language":"`)
	m.Language = r.text(`","analysis":"`)
	m.Analysis = r.text(`","terms":`)
	m.Terms = r.number(`,"forms":`)
	m.Forms = r.number(`,"articles":`)
	m.Articles = r.number(`,"kinds":["`)
	for strings.Contains(r.rest, `","`) {
		m.Kinds = append(m.Kinds, r.text(`","`))
	}
	m.Kinds = append(m.Kinds, r.text(`"]}`))
	return !r.failed && r.rest == ""
}

type metaReader struct {
	rest   string
	failed bool
}

func (r *metaReader) skip(literal string) { r.failed = r.upTo(literal) != "" || r.failed }

// upTo returns what lies before a literal, and goes on behind it.
func (r *metaReader) upTo(literal string) string {
	before, after, found := strings.Cut(r.rest, literal)
	r.rest, r.failed = after, r.failed || !found
	return before
}

// text is a JSON string that stands for itself.
func (r *metaReader) text(end string) string {
	s := r.upTo(end)
	special := func(c rune) bool { return c < ' ' || c == '"' || c == '\\' || c == utf8.RuneError }
	r.failed = r.failed || strings.ContainsFunc(s, special)
	return s
}

func (r *metaReader) number(end string) int {
	s := r.upTo(end)
	n, err := strconv.Atoi(s)
	r.failed = r.failed || err != nil || strconv.Itoa(n) != s
	return n
}
