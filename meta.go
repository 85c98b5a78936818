package postil

import (
	"bytes"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"postil/internal/index"
)

// meta is the section of that name, a JSON object. Members that are not known
// are of no interest.
type meta struct {
	Language string   `json:"language"`
	Terms    int      `json:"terms"`
	Forms    int      `json:"forms"`
	Articles int      `json:"articles"`
	Kinds    []string `json:"kinds"`
}

// read reads the section token by token: to find out by reflection how to do
// that takes longer than all else that opens an index at the edge.
func (m *meta) read(section []byte) error {
	d := jsontext.NewDecoder(bytes.NewReader(section))
	if d.PeekKind() != jsontext.KindBeginObject {
		return index.Errorf("meta", "not a JSON object")
	}
	if _, err := d.ReadToken(); err != nil {
		return index.Errorf("meta", "%w", err)
	}
	for d.PeekKind() != jsontext.KindEndObject {
		if err := m.readMember(d); err != nil {
			return index.Errorf("meta", "%w", err)
		}
	}
	if _, err := d.ReadToken(); err != nil {
		return index.Errorf("meta", "%w", err)
	}
	if _, err := d.ReadToken(); err != io.EOF {
		return index.Errorf("meta", "more follows the object")
	}
	return nil
}

func (m *meta) readMember(d *jsontext.Decoder) error {
	name, err := d.ReadToken()
	if err != nil {
		return err
	}
	switch name.String() {
	case "language":
		m.Language, err = readString(d)
	case "terms":
		m.Terms, err = readInt(d)
	case "forms":
		m.Forms, err = readInt(d)
	case "articles":
		m.Articles, err = readInt(d)
	case "kinds":
		m.Kinds, err = readStrings(d)
	default:
		err = d.SkipValue()
	}
	return err
}

func readString(d *jsontext.Decoder) (string, error) {
	t, err := d.ReadToken()
	if err == nil && t.Kind() != jsontext.KindString {
		err = index.Errorf("meta", "%s is not a string", t)
	}
	return t.String(), err
}

func readInt(d *jsontext.Decoder) (int, error) {
	t, err := d.ReadToken()
	if err != nil {
		return 0, err
	}
	if t.Kind() != jsontext.KindNumber {
		return 0, index.Errorf("meta", "%s is not a number", t)
	}
	n, err := t.Int()
	return int(n), err
}

func readStrings(d *jsontext.Decoder) (list []string, err error) {
	t, err := d.ReadToken()
	if err != nil || t.Kind() == jsontext.KindNull {
		return nil, err
	}
	if t.Kind() != jsontext.KindBeginArray {
		return nil, index.Errorf("meta", "%s is not an array", t)
	}
	for d.PeekKind() != jsontext.KindEndArray {
		s, err := readString(d)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	_, err = d.ReadToken()
	return list, err
}
