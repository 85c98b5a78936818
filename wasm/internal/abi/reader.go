package abi

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// read reads the options of a call: an object, or nothing. What is wrong with
// their values is reported together.
func read(given []byte, options []option) (*asked, error) {
	q := &asked{}
	if len(given) == 0 {
		return q, nil
	}
	r := reader{Decoder: jsontext.NewDecoder(bytes.NewBuffer(given)), asked: q, options: options}
	if err := r.object(); err != nil {
		return nil, jsonError(err)
	}
	if len(r.bad) > 0 {
		return nil, &Error{BadOption, r.bad[0].Detail, r.bad}
	}
	return q, nil
}

type reader struct {
	*jsontext.Decoder
	asked   *asked
	options []option
	bad     []Cause
}

func (r *reader) object() error {
	if r.PeekKind() != jsontext.KindBeginObject {
		r.bad = append(r.bad, Cause{"the options are not an object", ""})
		if err := r.SkipValue(); err != nil {
			return err
		}
		return end(r.Decoder)
	}
	if _, err := r.ReadToken(); err != nil {
		return err
	}
	for r.PeekKind() != jsontext.KindEndObject {
		name, err := r.ReadToken()
		if err != nil {
			return err
		}
		if err := r.member(name.String()); err != nil {
			return err
		}
	}
	if _, err := r.ReadToken(); err != nil {
		return err
	}
	return end(r.Decoder)
}

// end reads what may follow a value: nothing.
func end(d *jsontext.Decoder) error {
	_, err := d.ReadToken()
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err == nil:
		return &jsontext.SyntacticError{ByteOffset: d.InputOffset(), Err: errors.New("more follows the value")}
	}
	return err
}

func (r *reader) member(name string) error {
	pointer := string(r.StackPointer())
	i := slices.IndexFunc(r.options, func(o option) bool { return o.name == name })
	if i < 0 {
		r.bad = append(r.bad, Cause{unknown(name, r.options), pointer})
		return r.SkipValue()
	}
	o := r.options[i]
	v, ok, err := readValue(r.Decoder, o.kind)
	if err != nil {
		return err
	}
	if !ok {
		r.bad = append(r.bad, Cause{fmt.Sprintf("%s is not %s", name, o.kind), pointer})
	} else if err := o.set(r.asked, v); err != nil {
		r.bad = append(r.bad, Cause{err.Error(), pointer})
	}
	return nil
}

func unknown(name string, options []option) string {
	if len(options) == 0 {
		return fmt.Sprintf("unknown option %q: none are taken here", name)
	}
	names := make([]string, len(options))
	for i, o := range options {
		names[i] = o.name
	}
	return fmt.Sprintf("unknown option %q, want one of %s", name, strings.Join(names, ", "))
}

// readValue reads a value and reports whether it was of the kind wanted.
func readValue(d *jsontext.Decoder, k kind) (v value, ok bool, err error) {
	got := d.PeekKind()
	switch {
	case k == list && got == jsontext.KindBeginArray:
		return readList(d)
	case k == word && got == jsontext.KindString,
		k == number && got == jsontext.KindNumber,
		k == flag && (got == jsontext.KindTrue || got == jsontext.KindFalse):
	default:
		return v, false, d.SkipValue()
	}
	t, err := d.ReadToken()
	if err != nil {
		return v, false, err
	}
	switch k {
	case word:
		v.word = t.String()
	case number:
		v.number, _ = t.Float() // beyond its range it is infinite, which no option takes
	case flag:
		v.flag = t.Bool()
	}
	return v, true, nil
}

func readList(d *jsontext.Decoder) (v value, ok bool, err error) {
	ok = true
	if _, err := d.ReadToken(); err != nil {
		return v, false, err
	}
	for d.PeekKind() != jsontext.KindEndArray {
		item, isString, err := readValue(d, word)
		if err != nil {
			return v, false, err
		}
		v.list = append(v.list, item.word)
		ok = ok && isString
	}
	_, err = d.ReadToken()
	return v, ok, err
}

// jsonError makes every failure to read JSON one of syntax: the bytes are in
// memory already, so nothing else can fail.
func jsonError(err error) error {
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return syntax
	}
	return &jsontext.SyntacticError{Err: err}
}
