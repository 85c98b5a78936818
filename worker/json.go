package worker

import (
	"errors"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"postil"
	"postil/internal/ask"
)

// readJSON reads the object {text|html, …options} into in.
func readJSON(body []byte, in *input) error {
	given, err := readObject(body, jsonMembers(in))
	in.given, in.html = given, given["html"]
	if err == nil && given["text"] == given["html"] {
		return unprocessable(Detail{Detail: `want exactly one of "text" and "html"`, Pointer: "#"})
	}
	return err
}

// maxTold is how many mistakes are told of a body, which may have a hundred thousand.
const maxTold = 20

// readObject sets options from the members of a JSON object and says which were
// given. Malformed JSON is 400; unknown members and values of a wrong kind are 422,
// reported together.
func readObject(body []byte, options []ask.Option) (given map[string]bool, err error) {
	var bad []Detail
	left := 0 // how many more there are than are told
	given, err = ask.SetMembers(body, options, func(name string, at jsontext.Pointer, err error) {
		if len(bad) == maxTold {
			left++
			return
		}
		if len(name) > shortID {
			at = "" // of the object: it is all the name that the client sent
		}
		bad = append(bad, Detail{Detail: err.Error(), Pointer: fragment(at)})
	})
	switch {
	case errors.Is(err, ask.ErrNoObject):
		return nil, unprocessable(Detail{Detail: "the body is not a JSON object", Pointer: "#"})
	case err != nil:
		return nil, err
	case left > 0:
		bad = append(bad, Detail{Detail: fmt.Sprintf("and %d more", left)})
	}
	if len(bad) > 0 {
		return nil, unprocessable(bad...)
	}
	return given, nil
}

// at is a problem of an option, which the query gave or a member of the body.
func (in *input) at(name, detail string) error {
	if member := ask.Member(name); in.given[member] {
		return unprocessable(Detail{Detail: detail, Pointer: "#/" + member})
	}
	return unprocessable(Detail{Detail: detail, Parameter: name})
}

// told has the engine's error of an option's value say where that was given.
func (in *input) told(err error) error {
	if v := (*postil.ValueError)(nil); errors.As(err, &v) && in.given[ask.Member(v.Option)] {
		return in.at(v.Option, ask.InJSON(err).Error())
	}
	return err
}

// jsonMembers are the options and the text itself.
func jsonMembers(in *input) []ask.Option {
	return append([]ask.Option{ask.Text("text", &in.text), ask.Text("html", &in.text)}, annotateOptions(in)...)
}
