package main

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"postil/docs"
)

// An interfaceDoc is the page that tells of the HTTP interface: all of it is in
// its description.
type interfaceDoc struct {
	Intro   template.HTML
	Groups  []operationGroup
	Schemas []schema
}

type operationGroup struct {
	ID, Title  string
	Operations []operation
}

// An operation is one method of one path.
type operation struct {
	ID, Method, Path, Summary string
	Description               template.HTML
	Secured                   bool
	Parameters                []parameter
	Calls                     []call
	Answers                   []shown
	Accepts                   []string // media types of answers
	Bodies                    []string // media types of bodies
}

type parameter struct {
	Name, In, Value string // Value is an example
	Required        bool
	Meaning         template.HTML
	Type            template.HTML
	Choices         []string
	Default         string
}

// shown is one answer: a status, in a media type, with an example.
type shown struct {
	Status, Media, Name string
	Meaning             template.HTML
	Schema              template.HTML
	Example             string
	Headers             []headerDoc
}

type headerDoc struct {
	Name    string
	Meaning template.HTML
}

var groupTitles = map[string]string{"annotate": "Texts and pages", "terms": "The glossary", "articles": "The articles", "sites": "Sites", "service": "The service"}

// readInterface makes the page from the description. Values replace those of
// parameters in fields to try, by path: what this site really has.
func readInterface(values map[string]string) (*interfaceDoc, error) {
	text, err := docs.OpenAPI()
	if err != nil {
		return nil, err
	}
	root := tree{text, text}
	d := &interfaceDoc{Intro: prose(root.at("info", "description").text())}
	for _, tag := range root.at("tags").items() {
		id := tag.at("name").text()
		d.Groups = append(d.Groups, operationGroup{ID: id, Title: cutOr(groupTitles[id], tag.at("description").text())})
	}
	for _, path := range root.at("paths").members() {
		for _, method := range path.value.members() {
			if !slices.Contains([]string{"get", "put", "post", "delete"}, method.name) {
				continue
			}
			o, tag, err := readOperation(path, method, values[path.name])
			if err != nil {
				return nil, fmt.Errorf("%s %s: %w", method.name, path.name, err)
			}
			i := slices.IndexFunc(d.Groups, func(g operationGroup) bool { return g.ID == tag })
			if i < 0 {
				return nil, fmt.Errorf("%s %s: there is no tag %q", method.name, path.name, tag)
			}
			d.Groups[i].Operations = append(d.Groups[i].Operations, o)
		}
	}
	for _, s := range root.at("components", "schemas").members() {
		d.Schemas = append(d.Schemas, readSchema(s))
	}
	return d, nil
}

func cutOr(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func readOperation(path, method member, value string) (o operation, tag string, err error) {
	t := method.value
	tags := t.at("tags").texts()
	if len(tags) != 1 {
		return o, "", fmt.Errorf("%d tags, want one", len(tags))
	}
	o = operation{
		ID:          cutOr(t.at("operationId").text(), strings.Trim(strings.NewReplacer("/", "-", "{", "", "}", "").Replace(path.name), "-")),
		Method:      strings.ToUpper(method.name),
		Path:        path.name,
		Summary:     t.at("summary").text(),
		Description: prose(t.at("description").text()),
		Secured:     len(t.at("security").items()) > 0,
	}
	for _, p := range append(path.value.at("parameters").items(), t.at("parameters").items()...) {
		o.Parameters = append(o.Parameters, readParameter(p.resolve(), value))
	}
	for _, m := range t.at("requestBody", "content").members() {
		o.Bodies = append(o.Bodies, m.name)
	}
	for _, status := range t.at("responses").members() {
		o.addAnswers(status)
	}
	o.Calls = o.calls(t)
	return o, tags[0], nil
}

func readParameter(p tree, value string) parameter {
	s := p.at("schema")
	out := parameter{
		Name: p.at("name").text(), In: p.at("in").text(), Required: p.at("required").text() == "true",
		Meaning: inline(p.at("description").text()), Type: typeOf(s),
		Choices: s.at("enum").texts(), Default: s.at("default").text(),
	}
	if s.at("type").text() == "boolean" {
		out.Choices = []string{"true", "false"}
	}
	if e := p.at("example"); e.exists() {
		out.Value = e.text()
		if list := e.texts(); list != nil {
			out.Value = strings.Join(list, ",")
		}
	}
	if out.In == "path" && value != "" {
		out.Value = value
	}
	return out
}

func (o *operation) addAnswers(status member) {
	r := status.value.resolve()
	base := shown{Status: status.name, Meaning: inline(r.at("description").text())}
	for _, h := range r.at("headers").members() {
		base.Headers = append(base.Headers, headerDoc{h.name, inline(h.value.at("description").text())})
	}
	content := r.at("content").members()
	if len(content) == 0 {
		o.Answers = append(o.Answers, base)
	}
	for _, m := range content {
		if status.name == "200" {
			o.Accepts = append(o.Accepts, m.name)
		}
		a := base
		a.Media, a.Schema = m.name, typeOf(m.value.at("schema"))
		if e := m.value.at("example"); e.exists() {
			a.Example = exampleText(e)
			o.Answers = append(o.Answers, a)
		}
		for _, e := range m.value.at("examples").members() {
			a.Name, a.Example = e.name, exampleText(e.value.at("value"))
			o.Answers = append(o.Answers, a)
		}
	}
}

// exampleText writes an example as it would be read.
func exampleText(e tree) string {
	if e.value.Kind() == '"' {
		return strings.TrimRight(e.text(), "\n")
	}
	return e.pretty("")
}
