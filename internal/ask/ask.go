// Package ask reads what a call asks for: the options of the HTTP interface and
// of the module, which are the same. In a query their names have dashes, in JSON
// underscores; an error of an option names it as it is named there.
//
// It is part of every WebAssembly program: options are bound to where their values
// go, so that nothing is needed that looks into types while the program runs.
package ask

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"postil"
)

// An Option is one thing a call may ask for.
type Option struct {
	Name string // as a query parameter, with dashes
	Kind Kind
	Set  func(Value) error
}

// Kind is what values an option takes.
type Kind uint8

const (
	Word   Kind = iota // a string
	Number             // a decimal number
	Flag               // true or false
	List               // strings; in a query separated by commas
)

func (k Kind) String() string {
	return [...]string{"a string", "a number", "true or false", "an array of strings"}[k]
}

// A Value holds what was given, in the field that fits the option's kind.
type Value struct {
	Word   string
	Number float64
	Flag   bool
	List   []string
}

// Member is what an option is called in JSON.
func Member(name string) string { return strings.ReplaceAll(name, "-", "_") }

// InJSON has the error of an option name the member that it is in JSON.
func InJSON(err error) error {
	if v := (*postil.ValueError)(nil); errors.As(err, &v) {
		named := *v
		named.Option = Member(v.Option)
		return &named
	}
	return err
}

// Text is an option that takes any string.
func Text(name string, to *string) Option {
	return Option{name, Word, func(v Value) error { *to = v.Word; return nil }}
}

// Texts is an option that takes any strings.
func Texts(name string, to *[]string) Option {
	return Option{name, List, func(v Value) error { *to = v.List; return nil }}
}

// Switch is an option that is on or off.
func Switch(name string, to *bool) Option {
	return Option{name, Flag, func(v Value) error { *to = v.Flag; return nil }}
}

// Choice is an option that takes one of some names. It takes a function and no
// interface, which would keep all methods of that name in the program.
func Choice(name string, set func([]byte) error) Option {
	return Option{name, Word, func(v Value) error { return set([]byte(v.Word)) }}
}

// Limit is the option limit, of 1 to most.
func Limit(most int, to *int) Option {
	return Option{"limit", Number, func(v Value) error {
		if v.Number != float64(int(v.Number)) || v.Number < 1 || v.Number > float64(most) {
			return fmt.Errorf("limit is %s, want a whole number from 1 to %d", show(v.Number), most)
		}
		*to = int(v.Number)
		return nil
	}}
}

func show(n float64) string { return strconv.FormatFloat(n, 'g', -1, 64) }

// An unknownError is for a name that no option has. What it says is made when it is
// read, since a body may have a hundred thousand such names.
type unknownError struct {
	name    string
	options []Option
	spell   func(string) string
}

// longest is how much of a name an error repeats, in bytes.
const longest = 100

// Cut cuts what an error repeats, if it is longer than some bytes.
func Cut(s string, most int) string {
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

func (e *unknownError) Error() string {
	name := Cut(e.name, longest)
	if len(e.options) == 0 {
		return fmt.Sprintf("unknown option %q: none are taken here", name)
	}
	names := make([]string, len(e.options))
	for i, o := range e.options {
		names[i] = e.spell(o.Name)
	}
	return fmt.Sprintf("unknown option %q, want one of %s", name, strings.Join(names, ", "))
}
