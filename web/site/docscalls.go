package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// host is where examples send their requests, until the page's script puts its
// own address there.
const host = "http://localhost:8787"

// A call is an example of a request.
type call struct {
	ID, Title string
	Method    string
	Address   string
	Headers   [][2]string
	Body      string
	File      string // that is sent in place of a body
	Silent    bool   // is answered without a body
}

// calls are the examples of an operation's requests: one for each example of a
// body, or one without.
func (o *operation) calls(t tree) (all []call) {
	c := call{ID: o.ID, Method: o.Method, Address: host + o.exampleAddress(t), Silent: len(o.Accepts) == 0}
	if o.Secured {
		c.Headers = append(c.Headers, [2]string{"Authorization", "Bearer TOKEN"})
	}
	if len(o.Accepts) > 0 && o.Accepts[0] != "application/json" {
		c.Headers = append(c.Headers, [2]string{"Accept", o.Accepts[0]})
	}
	add := func(media, name string, example tree) {
		n := c
		n.ID = fmt.Sprintf("%s-%d", o.ID, len(all)+1)
		n.Title = media
		n.Headers = append([][2]string{{"Content-Type", media}}, c.Headers...)
		if media == "application/octet-stream" {
			n.File = "site.postil"
		} else {
			n.Body = exampleText(example)
		}
		if media == "text/html" && slices.Contains(o.Accepts, media) {
			n.Headers = append(n.Headers, [2]string{"Accept", "text/html"})
		}
		all = append(all, n)
	}
	for _, m := range t.at("requestBody", "content").members() {
		if e := m.value.at("example"); e.exists() {
			add(m.name, "", e)
		}
		for _, e := range m.value.at("examples").members() {
			add(m.name, e.name, e.value.at("value"))
		}
	}
	if len(all) == 0 {
		all = append(all, c)
	}
	return all
}

// exampleAddress fills in the examples of the description's parameters.
func (o *operation) exampleAddress(t tree) string {
	address := o.Path
	var query []string
	for _, p := range o.Parameters {
		switch {
		case p.In == "path":
			address = strings.ReplaceAll(address, "{"+p.Name+"}", url.PathEscape(p.Value))
		case p.In == "query" && p.Value != "" && (p.Required || o.Method == "GET" && strings.Contains("q prefix", p.Name)):
			query = append(query, p.Name+"="+url.QueryEscape(p.Value))
		}
	}
	if len(query) > 0 {
		address += "?" + strings.Join(query, "&")
	}
	return address
}

// A sample is a request in a language that people copy it in.
type sample struct{ Name, Text string }

// Samples are the same request four times.
func (c call) Samples() []sample {
	return []sample{{"curl", c.curl()}, {"JavaScript", c.javaScript()}, {"Go", c.golang()}, {"Python", c.python()}}
}

func (c call) curl() string {
	lines := []string{"curl -s " + shell(c.Address)}
	if c.Method != "GET" && (c.Method != "POST" || c.Body == "") {
		lines[0] = "curl -s -X " + c.Method + " " + shell(c.Address)
	}
	for _, h := range c.Headers {
		lines = append(lines, "-H "+shell(h[0]+": "+h[1]))
	}
	switch {
	case c.File != "":
		lines = append(lines, "--data-binary @"+c.File)
	case strings.Contains(c.Body, "\n"):
		return strings.Join(append(lines, "--data-binary @- <<'END'"), " \\\n  ") + "\n" + c.Body + "\nEND"
	case c.Body != "":
		lines = append(lines, "-d "+shell(c.Body))
	}
	return strings.Join(lines, " \\\n  ")
}

func shell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

func (c call) javaScript() string {
	var options []string
	if c.Method != "GET" {
		options = append(options, "method: "+quoted(c.Method))
	}
	if len(c.Headers) > 0 {
		options = append(options, "headers: { "+c.pairs(": ")+" }")
	}
	if c.File != "" {
		options = append(options, "body: await readFile("+quoted(c.File)+")")
	} else if c.Body != "" {
		options = append(options, "body: "+quoted(c.Body))
	}
	request := "const response = await fetch(" + quoted(c.Address)
	if len(options) > 0 {
		request += ", {\n  " + strings.Join(options, ",\n  ") + ",\n}"
	}
	read := "json"
	for _, h := range c.Headers {
		if h[0] == "Accept" && !strings.HasSuffix(h[1], "json") || h[1] == "application/x-ndjson" {
			read = "text"
		}
	}
	text := request + ");"
	if !c.Silent {
		text += "\nconst answer = await response." + read + "();"
	}
	if c.File != "" {
		text = "import { readFile } from \"node:fs/promises\";\n\n" + text
	}
	return text
}

func (c call) golang() string {
	body := "nil"
	before := ""
	switch {
	case c.File != "":
		body = "file"
		before = "file, err := os.Open(" + quoted(c.File) + ")\nif err != nil {\n\treturn err\n}\ndefer file.Close()\n"
	case c.Body != "":
		body = "strings.NewReader(" + quoted(c.Body) + ")"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%srequest, err := http.NewRequest(%s, %s, %s)\nif err != nil {\n\treturn err\n}\n", before, quoted(c.Method), quoted(c.Address), body)
	for _, h := range c.Headers {
		fmt.Fprintf(&b, "request.Header.Set(%s, %s)\n", quoted(h[0]), quoted(h[1]))
	}
	b.WriteString("response, err := http.DefaultClient.Do(request)\nif err != nil {\n\treturn err\n}\ndefer response.Body.Close()\nanswer, err := io.ReadAll(response.Body)")
	return b.String()
}

func (c call) python() string {
	arguments := []string{quoted(c.Address)}
	if c.Method != "GET" {
		arguments = append(arguments, "method="+quoted(c.Method))
	}
	if len(c.Headers) > 0 {
		arguments = append(arguments, "headers={"+c.pairs(": ")+"}")
	}
	if c.File != "" {
		arguments = append(arguments, "data=open("+quoted(c.File)+", \"rb\").read()")
	} else if c.Body != "" {
		arguments = append(arguments, "data="+quoted(c.Body)+".encode()")
	}
	list := strings.Join(arguments, ", ")
	if len(arguments) > 1 {
		list = "\n    " + strings.Join(arguments, ",\n    ") + ",\n"
	}
	return "from urllib.request import Request, urlopen\n\nrequest = Request(" + list + ")\nwith urlopen(request) as response:\n    answer = response.read().decode()"
}

func (c call) pairs(sign string) string {
	parts := make([]string, len(c.Headers))
	for i, h := range c.Headers {
		parts[i] = quoted(h[0]) + sign + quoted(h[1])
	}
	return strings.Join(parts, ", ")
}

// quoted is a literal of JSON, which is one of JavaScript, Go and Python too.
func quoted(s string) string {
	b, _ := jsontext.AppendQuote(nil, s)
	return string(b)
}
