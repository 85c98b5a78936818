package worker

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"postil"
)

// readJSON reads the object {text|html, …options} into in.
func readJSON(body []byte, in *input) error {
	given, err := readObject(body, in, jsonMembers())
	in.given = given
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
	return readMembers(body, settings(dst, members))
}

func readMembers(body []byte, known []setting) (given map[string]bool, err error) {
	d := jsontext.NewDecoder(bytes.NewBuffer(body))
	if d.PeekKind() != '{' {
		if err := d.SkipValue(); err != nil {
			return nil, jsonError(err)
		}
		return nil, unprocessable(Detail{Detail: "the body is not a JSON object", Pointer: "#"})
	}
	o := object{Decoder: d, members: known}
	if err := o.read(); err != nil {
		return nil, jsonError(err)
	}
	if o.left > 0 {
		o.bad = append(o.bad, Detail{Detail: fmt.Sprintf("and %d more", o.left)})
	}
	if len(o.bad) > 0 {
		return nil, unprocessable(o.bad...)
	}
	return o.given, nil
}

// at is a problem of an option, which the query gave or a member of the body.
func (in *input) at(name, detail string) error {
	if member := memberOf(name); in.given[member] {
		return unprocessable(Detail{Detail: detail, Pointer: "#/" + member})
	}
	return unprocessable(Detail{Detail: detail, Parameter: name})
}

// told has the engine's error of an option's value say where that was given.
func (in *input) told(err error) error {
	if v := (*postil.ValueError)(nil); errors.As(err, &v) && in.given[memberOf(v.Option)] {
		return in.at(v.Option, inJSON(err).Error())
	}
	return err
}

// memberOf is the name in JSON of an option.
func memberOf(name string) string { return option[input]{name: name}.member() }

// jsonMembers are the options and the text itself.
func jsonMembers() []option[input] {
	return append([]option[input]{
		{"text", word, func(in *input, v value) error { in.text = v.word; return nil }},
		{"html", word, func(in *input, v value) error { in.text, in.html = v.word, true; return nil }},
	}, annotateOptions()...)
}

type object struct {
	*jsontext.Decoder
	members []setting
	given   map[string]bool
	bad     []Detail
	left    int // how many more there are than are told
}

// maxTold is how many mistakes are told of a body, which may have a hundred thousand.
const maxTold = 20

// refuse tells of a mistake.
func (o *object) refuse(name string, pointer jsontext.Pointer, err error) {
	if len(name) > shortID {
		pointer = "" // of the object: it is all the name that the client sent
	}
	o.bad = append(o.bad, Detail{Detail: err.Error(), Pointer: fragment(pointer)})
}

// read reads the whole body. Its errors are of syntax only.
func (o *object) read() error {
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

func (o *object) readMember(name string) error {
	pointer := o.StackPointer()
	i := slices.IndexFunc(o.members, func(p setting) bool { return p.member == name })
	switch {
	case i < 0 && len(o.bad) == maxTold:
		o.left++
		return o.SkipValue()
	case i < 0:
		o.refuse(name, pointer, unknownOption(short(name), o.members, setting.inJSON))
		return o.SkipValue()
	}
	o.given[name] = true
	v, ok, err := o.readValue(o.members[i].kind)
	if err != nil {
		return err
	}
	if !ok {
		err = fmt.Errorf("%s is not %s", name, o.members[i].kind)
	} else {
		err = o.members[i].set(v)
	}
	if err != nil {
		o.refuse(name, pointer, inJSON(err))
	}
	return nil
}

// inJSON has an option's error name the member that it is in JSON.
func inJSON(err error) error {
	if v := (*postil.ValueError)(nil); errors.As(err, &v) {
		named := *v
		named.Option = memberOf(v.Option)
		return &named
	}
	return err
}

// readValue reads a value and reports whether it was of the kind wanted.
func (o *object) readValue(k kind) (v value, ok bool, err error) {
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

func (o *object) readList() (v value, ok bool, err error) {
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
