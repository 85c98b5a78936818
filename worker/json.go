package worker

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// readJSON reads the object {text|html, …options} into in.
func readJSON(body []byte, in *input) error {
	given, err := readObject(body, in, jsonMembers())
	if err == nil && given["text"] == given["html"] {
		return unprocessable(Detail{Detail: `want exactly one of "text" and "html"`, Pointer: "#"})
	}
	return err
}

// readObject sets dst from the members of a JSON object and says which were
// given. Malformed JSON is 400; it includes what other readers let pass: names
// that occur twice, lone surrogates, anything after the object. Unknown members
// and values of a wrong kind are 422, reported together.
func readObject[T any](body []byte, dst *T, members []option[T]) (given map[string]bool, err error) {
	d := jsontext.NewDecoder(bytes.NewBuffer(body))
	if d.PeekKind() != '{' {
		if err := d.SkipValue(); err != nil {
			return nil, jsonError(err)
		}
		return nil, unprocessable(Detail{Detail: "the body is not a JSON object", Pointer: "#"})
	}
	o := object[T]{Decoder: d, dst: dst, members: members}
	if err := o.read(); err != nil {
		return nil, jsonError(err)
	}
	if len(o.bad) > 0 {
		return nil, unprocessable(o.bad...)
	}
	return o.given, nil
}

// jsonMembers are the options and the text itself.
func jsonMembers() []option[input] {
	return append([]option[input]{
		{"text", word, func(in *input, v value) error { in.text = v.word; return nil }},
		{"html", word, func(in *input, v value) error { in.text, in.html = v.word, true; return nil }},
	}, annotateOptions()...)
}

type object[T any] struct {
	*jsontext.Decoder
	dst     *T
	members []option[T]
	given   map[string]bool
	bad     []Detail
}

// read reads the whole body. Its errors are of syntax only.
func (o *object[T]) read() error {
	o.given = map[string]bool{}
	if _, err := o.ReadToken(); err != nil {
		return err
	}
	for o.PeekKind() != jsontext.KindEndObject {
		name, err := o.ReadToken()
		if err != nil {
			return err
		}
		if err := o.readMember(name.String()); err != nil {
			return err
		}
	}
	if _, err := o.ReadToken(); err != nil {
		return err
	}
	if _, err := o.ReadToken(); !errors.Is(err, io.EOF) {
		if err == nil {
			err = &jsontext.SyntacticError{ByteOffset: o.InputOffset(), Err: errors.New("more follows the object")}
		}
		return err
	}
	return nil
}

func (o *object[T]) readMember(name string) error {
	pointer := fragment(o.StackPointer())
	i := slices.IndexFunc(o.members, func(p option[T]) bool { return p.member() == name })
	if i < 0 {
		o.bad = append(o.bad, Detail{Detail: unknownOption(name, o.members, option[T].member).Error(), Pointer: pointer})
		return o.SkipValue()
	}
	o.given[name] = true
	v, ok, err := o.readValue(o.members[i].kind)
	if err != nil {
		return err
	}
	if !ok {
		o.bad = append(o.bad, Detail{Detail: fmt.Sprintf("%s is not %s", name, o.members[i].kind), Pointer: pointer})
	} else if err := o.members[i].set(o.dst, v); err != nil {
		o.bad = append(o.bad, Detail{Detail: err.Error(), Pointer: pointer})
	}
	return nil
}

// readValue reads a value and reports whether it was of the kind wanted.
func (o *object[T]) readValue(k kind) (v value, ok bool, err error) {
	got := o.PeekKind()
	switch {
	case k == list && got == jsontext.KindBeginArray:
		return o.readList()
	case k == word && got == jsontext.KindString,
		k == number && got == jsontext.KindNumber,
		k == flag && (got == jsontext.KindTrue || got == jsontext.KindFalse):
	default:
		return v, false, o.SkipValue()
	}
	t, err := o.ReadToken()
	if err != nil {
		return v, false, err
	}
	switch k {
	case word:
		v.word = t.String()
	case number:
		// A number beyond the range of float64 comes as infinity, which no
		// option takes.
		v.number, _ = t.Float()
	case flag:
		v.flag = t.Bool()
	}
	return v, true, nil
}

func (o *object[T]) readList() (v value, ok bool, err error) {
	ok = true
	if _, err := o.ReadToken(); err != nil {
		return v, false, err
	}
	for o.PeekKind() != jsontext.KindEndArray {
		item, isString, err := o.readValue(word)
		if err != nil {
			return v, false, err
		}
		v.list = append(v.list, item.word)
		ok = ok && isString
	}
	_, err = o.ReadToken()
	return v, ok, err
}

// jsonError makes every failure to read JSON one of syntax: the body is in
// memory already, so nothing else can fail.
func jsonError(err error) error {
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return syntax
	}
	return &jsontext.SyntacticError{Err: err}
}
