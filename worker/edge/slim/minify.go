package main

import (
	"bytes"
	"fmt"
	"regexp"
)

// Entities are looked up when HTML is minified, so their map is made then. The
// minifier of HTML has no use for others that are found by regular expressions
// or run as commands; those are left to the linker to drop.
var edits = [...]edit{
	{"html/html.go", "EntitiesMap, TextRevEntitiesMap", "entitiesMap(), TextRevEntitiesMap", 1},
	{"html/html.go", "EntitiesMap, nil", "entitiesMap(), nil", 2},
	{"html/table.go", "package html\n", "package html\n\nimport \"sync\"\n", 1},
	{"minify.go", "var cmdArgExtension = regexp.MustCompile(", "func cmdArgExtension() *regexp.Regexp { return regexp.MustCompile(", 1},
	{"minify.go", "(`^\\.[0-9a-zA-Z]+`)", "(`^\\.[0-9a-zA-Z]+`) }", 1},
	{"minify.go", "cmdArgExtension.", "cmdArgExtension().", 2},
	{"minify.go", "pattern *regexp.Regexp\n", "pattern interface {\n\t\tString() string\n\t\tMatch([]byte) bool\n\t}\n", 1},
}

// copyMinify copies minify's root package and that of HTML, edited.
func copyMinify(from, to string) error {
	return copyEdited(from, to, []string{"go.mod", "*.go", "html/*.go"}, editMinify)
}

func editMinify(name string, src []byte) ([]byte, error) {
	src, err := apply(edits[:], name, src)
	if err == nil && name == "html/table.go" {
		return lazyEntities(src)
	}
	return src, err
}

var entity = regexp.MustCompile(`(?m)^\t("\w+"): +\[\]byte\((".*")\),$`)

// lazyEntities turns the map of entities, which is filled when the program
// starts, into a table of strings, which costs nothing until it is used.
func lazyEntities(src []byte) ([]byte, error) {
	const opens, closes = "var EntitiesMap = map[string][]byte{\n", "\n}\n"
	before, rest, found := bytes.Cut(src, []byte(opens))
	body, after, closed := bytes.Cut(rest, []byte(closes))
	lines := bytes.Count(body, []byte("\n")) + 1
	if !found || !closed || len(entity.FindAll(body, -1)) != lines {
		return nil, fmt.Errorf("minify's EntitiesMap is not as it was")
	}
	var b bytes.Buffer
	b.Write(before)
	b.WriteString("var entities = [...][2]string{\n")
	b.Write(entity.ReplaceAll(body, []byte("\t{$1, $2},")))
	b.WriteString(`
}

var entitiesMap = sync.OnceValue(func() map[string][]byte {
	m := make(map[string][]byte, len(entities))
	for i := range entities {
		m[entities[i][0]] = []byte(entities[i][1])
	}
	return m
})
`)
	b.Write(after)
	return b.Bytes(), nil
}
