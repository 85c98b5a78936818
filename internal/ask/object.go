package ask

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// ErrNoObject is for JSON that is something else.
var ErrNoObject = errors.New("not a JSON object")

// SetMembers sets options from the members of a JSON object, calls refuse for each
// member that is none of them or has a wrong value, and says which of them were
// given. The error is ErrNoObject or a *jsontext.SyntacticError, which includes what
// other readers let pass: names that occur twice, lone surrogates, anything after
// the object.
func SetMembers(body []byte, options []Option, refuse func(name string, at jsontext.Pointer, err error)) (given map[string]bool, err error) {
	r := reader{Decoder: jsontext.NewDecoder(bytes.NewBuffer(body)), options: options, refuse: refuse, given: map[string]bool{}}
	isObject := r.PeekKind() == jsontext.KindBeginObject
	if isObject {
		err = r.object()
	} else {
		err = r.SkipValue()
	}
	if err == nil {
		err = r.end()
	}
	switch {
	case err != nil:
		return nil, syntaxError(err)
	case !isObject:
		return nil, ErrNoObject
	}
	return r.given, nil
}

type reader struct {
	*jsontext.Decoder
	options []Option
	refuse  func(string, jsontext.Pointer, error)
	given   map[string]bool
}

func (r *reader) object() error {
	_, err := r.ReadToken()
	for err == nil && r.PeekKind() != jsontext.KindEndObject {
		var name jsontext.Token
		if name, err = r.ReadToken(); err == nil {
			err = r.member(name.String())
		}
	}
	if err == nil {
		_, err = r.ReadToken()
	}
	return err
}

// end reads what may follow the object: nothing.
func (r *reader) end() error {
	_, err := r.ReadToken()
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err == nil:
		return &jsontext.SyntacticError{ByteOffset: r.InputOffset(), Err: errors.New("more follows the object")}
	}
	return err
}

func (r *reader) member(name string) error {
	at := r.StackPointer()
	i := slices.IndexFunc(r.options, func(o Option) bool { return Member(o.Name) == name })
	if i < 0 {
		r.refuse(name, at, &unknownError{name, r.options, Member})
		return r.SkipValue()
	}
	r.given[name] = true
	o := r.options[i]
	v, ok, err := r.value(o.Kind)
	if err != nil {
		return err
	}
	if !ok {
		r.refuse(name, at, fmt.Errorf("%s is not %s", name, o.Kind))
	} else if err := o.Set(v); err != nil {
		r.refuse(name, at, InJSON(err))
	}
	return nil
}

// value reads a value and reports whether it was of the kind wanted.
func (r *reader) value(k Kind) (v Value, ok bool, err error) {
	got := r.PeekKind()
	switch {
	case k == List && got == jsontext.KindBeginArray:
		return r.list()
	case k == Word && got == jsontext.KindString,
		k == Number && got == jsontext.KindNumber,
		k == Flag && (got == jsontext.KindTrue || got == jsontext.KindFalse):
	default:
		return v, false, r.SkipValue()
	}
	t, err := r.ReadToken()
	if err != nil {
		return v, false, err
	}
	switch k {
	case Word:
		v.Word = t.String()
	case Number:
		v.Number, _ = t.Float() // beyond its range it is infinite, which no option takes
	case Flag:
		v.Flag = t.Bool()
	}
	return v, true, nil
}

func (r *reader) list() (v Value, ok bool, err error) {
	ok = true
	if _, err := r.ReadToken(); err != nil {
		return v, false, err
	}
	for r.PeekKind() != jsontext.KindEndArray {
		item, isString, err := r.value(Word)
		if err != nil {
			return v, false, err
		}
		v.List = append(v.List, item.Word)
		ok = ok && isString
	}
	_, err = r.ReadToken()
	return v, ok, err
}

// syntaxError makes every failure to read JSON one of syntax: the bytes are in
// memory already, so nothing else can fail.
func syntaxError(err error) error {
	var syntax *jsontext.SyntacticError
	if errors.As(err, &syntax) {
		return syntax
	}
	return &jsontext.SyntacticError{Err: err}
}
