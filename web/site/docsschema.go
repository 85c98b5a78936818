package main

import (
	"html/template"
	"strings"
)

// A schema tells what an object is made of.
type schema struct {
	Name    string
	Meaning template.HTML
	Type    template.HTML
	Members []field
}

type field struct {
	Name     string
	Required bool
	Type     template.HTML
	Meaning  template.HTML
}

func readSchema(m member) schema {
	s := schema{Name: m.name, Meaning: inline(m.value.at("description").text())}
	s.Members = fields(m.value, "")
	if len(s.Members) == 0 {
		s.Type = typeOf(m.value)
	}
	return s
}

// fields lists the members of an object and, below their names, those of objects
// within it that have no name of their own.
func fields(t tree, prefix string) (all []field) {
	required := t.at("required").texts()
	for _, m := range t.at("properties").members() {
		f := field{Name: prefix + m.name, Type: typeOf(m.value), Meaning: inline(m.value.at("description").text())}
		for _, name := range required {
			f.Required = f.Required || name == m.name
		}
		all = append(all, f)
		inner, sign := m.value, "."
		if items := m.value.at("items"); items.exists() {
			inner, sign = items, "[]."
		}
		if m.value.reference() == "" && inner.reference() == "" {
			all = append(all, fields(inner, f.Name+sign)...)
		}
	}
	return all
}

// typeOf says in a few words what values a schema has.
func typeOf(s tree) template.HTML {
	if to := s.reference(); strings.HasPrefix(to, "#/components/schemas/") {
		name := to[strings.LastIndex(to, "/")+1:]
		return template.HTML(`<a href="#schema-` + name + `">` + template.HTMLEscapeString(name) + `</a>`)
	}
	if c := s.at("const"); c.exists() {
		return code(c.text())
	}
	if values := s.at("enum").texts(); len(values) > 0 {
		parts := make([]string, len(values))
		for i, v := range values {
			parts[i] = string(code(v))
			if v == s.at("default").text() {
				parts[i] = "<b>" + parts[i] + "</b>"
			}
		}
		return template.HTML(strings.Join(parts, ", "))
	}
	for _, name := range []string{"oneOf", "anyOf"} {
		if all := s.at(name).items(); len(all) > 0 && !all[0].at("required").exists() {
			parts := make([]string, len(all))
			for i, x := range all {
				parts[i] = string(typeOf(x))
			}
			return template.HTML(strings.Join(parts, " or "))
		}
	}
	return template.HTML(plainType(s) + limits(s))
}

func plainType(s tree) string {
	kinds := s.at("type").texts()
	if len(kinds) == 0 {
		kinds = []string{s.at("type").text()}
	}
	switch kind := strings.Join(kinds, " or "); kind {
	case "array":
		return "array of " + string(typeOf(s.at("items")))
	case "object":
		if values := s.at("additionalProperties"); values.value.Kind() == '{' {
			return "object of " + string(typeOf(values))
		}
		return kind
	case "string":
		if f := s.at("format").text(); f != "" {
			return "string, " + template.HTMLEscapeString(f)
		}
		return kind
	case "":
		return "any"
	default:
		return kind
	}
}

func limits(s tree) string {
	low, high, usual := s.at("minimum").text(), s.at("maximum").text(), s.at("default").text()
	out := ""
	switch {
	case low != "" && high != "":
		out = ", " + low + " to " + high
	case low != "":
		out = ", " + low + " or more"
	case high != "":
		out = ", at most " + high
	}
	if usual != "" {
		out += ", <b>" + template.HTMLEscapeString(usual) + "</b>"
	}
	return out
}

func code(s string) template.HTML {
	return template.HTML("<code>" + template.HTMLEscapeString(s) + "</code>")
}

// prose makes paragraphs of the description's Markdown, of which it uses code,
// strong words and blank lines.
func prose(text string) template.HTML {
	var b strings.Builder
	for p := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		if p != "" {
			b.WriteString("<p>" + string(inline(p)) + "</p>")
		}
	}
	return template.HTML(b.String())
}

func inline(text string) template.HTML {
	s := template.HTMLEscapeString(text)
	s = paired(s, "**", "<strong>", "</strong>")
	return template.HTML(paired(s, "`", "<code>", "</code>"))
}

// paired puts tags in place of marks that come in pairs.
func paired(s, mark, open, end string) string {
	parts := strings.Split(s, mark)
	var b strings.Builder
	for i, p := range parts {
		switch {
		case i == 0:
		case i%2 == 1 && i < len(parts)-1:
			b.WriteString(open)
		case i%2 == 0:
			b.WriteString(end)
		default:
			b.WriteString(mark)
		}
		b.WriteString(p)
	}
	return b.String()
}
