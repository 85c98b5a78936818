package main

import (
	"bytes"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// A tree is a JSON value, read where it is asked, its members in their order.
// References of the description are followed.
type tree struct {
	root, value jsontext.Value
}

type member struct {
	name  string
	value tree
}

func (t tree) exists() bool { return len(t.value) > 0 }

// members lists those of an object.
func (t tree) members() (all []member) {
	if t = t.resolve(); t.value.Kind() != '{' {
		return nil
	}
	d := jsontext.NewDecoder(bytes.NewReader(t.value))
	d.ReadToken()
	for d.PeekKind() == '"' {
		name, err := d.ReadToken()
		if err != nil {
			return all
		}
		key := name.String()
		v, err := d.ReadValue()
		if err != nil {
			return all
		}
		all = append(all, member{key, tree{t.root, v.Clone()}})
	}
	return all
}

// items lists those of an array.
func (t tree) items() (all []tree) {
	if t = t.resolve(); t.value.Kind() != '[' {
		return nil
	}
	d := jsontext.NewDecoder(bytes.NewReader(t.value))
	d.ReadToken()
	for d.PeekKind() != ']' {
		v, err := d.ReadValue()
		if err != nil {
			return all
		}
		all = append(all, tree{t.root, v.Clone()})
	}
	return all
}

// at is the value behind names of members; without it, an empty tree.
func (t tree) at(names ...string) tree {
	for _, name := range names {
		found := tree{root: t.root}
		for _, m := range t.members() {
			if m.name == name {
				found = m.value
			}
		}
		t = found
	}
	return t
}

// reference is the name of the component that the value stands for, or empty.
func (t tree) reference() string {
	if t.value.Kind() != '{' || !bytes.Contains(t.value, []byte(`"$ref"`)) {
		return ""
	}
	for _, m := range (tree{t.root, t.value}).own() {
		if m.name == "$ref" {
			return m.value.text()
		}
	}
	return ""
}

// own lists the members without following a reference.
func (t tree) own() []member {
	plain := tree{value: t.value}
	return plain.members()
}

func (t tree) resolve() tree {
	if t.root == nil {
		return t
	}
	for {
		to := t.reference()
		if to == "" {
			return t
		}
		t = tree{t.root, t.root}.at(strings.Split(strings.TrimPrefix(to, "#/"), "/")...)
	}
}

// text is a string, or what stands in the JSON.
func (t tree) text() string {
	if t.value.Kind() == '"' {
		s, _ := jsontext.AppendUnquote(nil, t.value)
		return string(s)
	}
	return string(t.value)
}

func (t tree) texts() (all []string) {
	for _, x := range t.items() {
		all = append(all, x.text())
	}
	return all
}

// wide is how many characters of JSON a line holds.
const wide = 76

// pretty writes JSON as a person would: what fits on a line stays on one.
func (t tree) pretty(indent string) string {
	line := t.line()
	if len(line)+len(indent) <= wide || t.value.Kind() != '{' && t.value.Kind() != '[' {
		return line
	}
	plain := tree{value: t.value} // an example may look like a reference
	var parts []string
	for _, m := range plain.members() {
		name, _ := jsontext.AppendQuote(nil, m.name)
		parts = append(parts, indent+"  "+string(name)+": "+m.value.pretty(indent+"  "))
	}
	for _, x := range plain.items() {
		parts = append(parts, indent+"  "+x.pretty(indent+"  "))
	}
	open, end := "{", "}"
	if t.value.Kind() == '[' {
		open, end = "[", "]"
	}
	return open + "\n" + strings.Join(parts, ",\n") + "\n" + indent + end
}

func (t tree) line() string {
	v := t.value.Clone()
	v.Format(jsontext.Multiline(false), jsontext.SpaceAfterColon(true), jsontext.SpaceAfterComma(true))
	return string(v)
}
