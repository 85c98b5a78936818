package source

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

const (
	// maxYAML is the size of the largest YAML file read. The parser holds some
	// fifty times its size in memory; JSON Lines has no such limit.
	maxYAML = 16 << 20
	// maxCopies is how many values a YAML file may repeat through aliases.
	maxCopies = 10_000
)

// readYAML reads a YAML file: its documents, each a list of terms or an object
// with the fields language and terms.
func readYAML(f *file, d *decoder) {
	data, ok := d.load(maxYAML, "split it, or write it as JSON Lines")
	if !ok {
		return
	}
	documents, err := parseYAML(string(data))
	for i := range documents {
		d.document(&documents[i])
	}
	var bad *nodeError
	switch {
	case errors.As(err, &bad):
		d.report(&bad.at, bad.code, "%s", bad.message)
	case len(documents) == 0:
		d.report(&node{}, "empty", "the file holds no terms")
	}
}

// nodeError says what is wrong with a file's syntax, and where.
type nodeError struct {
	at            node
	code, message string
}

func (e *nodeError) Error() string { return e.message }

// parseYAML returns the values of a YAML stream's documents. The error is a
// *nodeError.
func parseYAML(src string) ([]node, error) {
	tokens := lexer.Tokenize(src)
	lines := lineWidths(src)
	if err := lines.checkLevels(tokens); err != nil {
		return nil, err
	}
	parsed, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		bad := &nodeError{at: node{line: 1, column: 1}, code: "syntax", message: "not YAML: " + err.Error()}
		var e yaml.Error
		if errors.As(err, &e) {
			bad.at = lines.position(e.GetToken())
			line := lineOf(src, bad.at.line)
			bad.message = "not YAML: " + plainer(e.GetMessage(), from(line, bad.at.column))
			if tabbed(line) {
				bad.message = "not YAML: the line is indented with a tab: use spaces"
			}
		}
		return nil, bad
	}
	var documents []node
	for _, doc := range parsed.Docs {
		if doc.Body == nil {
			continue
		}
		r := yamlReader{lines: lines, anchors: map[string]ast.Node{}}
		n, err := r.node(doc.Body)
		if err != nil {
			return documents, err
		}
		documents = append(documents, n)
	}
	return documents, nil
}

// yamlLines are the widths of a file's lines in code points.
type yamlLines []int32

func lineWidths(src string) yamlLines {
	var widths yamlLines
	for line := range strings.Lines(src) {
		widths = append(widths, int32(utf8.RuneCountInString(strings.TrimSuffix(line, "\n"))))
	}
	return append(widths, 0)
}

// position is the place of a token. The parser puts some that it implies
// beyond a line's end.
func (l yamlLines) position(t *token.Token) node {
	n := node{line: 1, column: 1}
	if t != nil && t.Position != nil {
		n.line = min(max(t.Position.Line, 1), len(l))
		n.column = min(max(t.Position.Column, 1), int(l[n.line-1])+1)
	}
	return n
}

// yamlReader turns syntax into nodes. Aliases are copied where they are used.
type yamlReader struct {
	lines   yamlLines
	anchors map[string]ast.Node
	depth   int
	copying int // aliases being copied
	copies  int
}

func (r *yamlReader) node(y ast.Node) (node, error) {
	n := r.lines.position(y.GetToken())
	if r.depth++; r.depth > maxDepth {
		return n, &nodeError{at: n, code: "too-deep", message: fmt.Sprintf("nested more than %d levels deep", maxDepth)}
	}
	defer func() { r.depth-- }()
	if r.copying > 0 {
		if r.copies++; r.copies > maxCopies {
			return n, &nodeError{at: n, code: "too-many-aliases",
				message: fmt.Sprintf("aliases repeat more than %d values", maxCopies)}
		}
	}
	switch y := y.(type) {
	case *ast.MappingNode:
		return r.object(n, y.Values)
	case *ast.MappingValueNode:
		return r.object(n, []*ast.MappingValueNode{y})
	case *ast.SequenceNode:
		n.kind = list
		for _, v := range y.Values {
			item, err := r.node(v)
			if err != nil {
				return n, err
			}
			n.items = append(n.items, item)
		}
		return n, nil
	case *ast.AnchorNode:
		r.anchors[y.Name.GetToken().Value] = y.Value
		return r.node(y.Value)
	case *ast.AliasNode:
		return r.alias(n, y)
	case *ast.TagNode:
		return r.tagged(n, y)
	}
	return scalar(n, y)
}

func scalar(n node, y ast.Node) (node, error) {
	switch y := y.(type) {
	case *ast.NullNode:
	case *ast.BoolNode:
		n.kind, n.text = boolean, fmt.Sprint(y.Value)
	case *ast.IntegerNode:
		n.kind, n.text = number, fmt.Sprint(y.Value)
	case *ast.FloatNode:
		n.kind, n.text = number, fmt.Sprint(y.Value)
	case *ast.StringNode:
		n.kind, n.text = text, y.Value
	case *ast.LiteralNode:
		n.kind, n.text = text, y.Value.Value
	case *ast.InfinityNode, *ast.NanNode:
		n.kind, n.text = number, y.GetToken().Value
	default:
		return n, &nodeError{at: n, code: "syntax", message: fmt.Sprintf("%s is not used in glossaries", strings.ToLower(y.Type().String()))}
	}
	return n, nil
}

func (r *yamlReader) object(n node, values []*ast.MappingValueNode) (node, error) {
	n.kind = object
	if len(values) > 0 {
		at := r.lines.position(values[0].Key.GetToken())
		if n.line >= at.line {
			n.line, n.column = at.line, at.column
		}
	}
	var merged []field
	for _, v := range values {
		value, err := r.node(v.Value)
		if err != nil {
			return n, err
		}
		if v.Key.IsMergeKey() {
			merged = append(merged, value.fields...)
			continue
		}
		key := r.lines.position(v.Key.GetToken())
		n.fields = append(n.fields, field{name: keyName(v.Key), line: key.line, column: key.column, value: value, bare: v.Start == v.Key.GetToken()})
	}
	n.merge(merged)
	return n, nil
}

// merge adds the fields that the object does not have itself.
func (n *node) merge(fields []field) {
	for _, f := range fields {
		known := false
		for _, have := range n.fields {
			known = known || have.name == f.name
		}
		if !known {
			n.fields = append(n.fields, f)
		}
	}
}

func keyName(key ast.MapKeyNode) string {
	if s, ok := key.(*ast.StringNode); ok {
		return s.Value
	}
	return key.GetToken().Value
}

func (r *yamlReader) alias(n node, y *ast.AliasNode) (node, error) {
	name := y.Value.GetToken().Value
	target, ok := r.anchors[name]
	if !ok {
		return n, &nodeError{at: n, code: "syntax", message: fmt.Sprintf("the alias *%s has no anchor &%s before it", name, name)}
	}
	r.copying++
	defer func() { r.copying-- }()
	value, err := r.node(target)
	value.line, value.column = n.line, n.column
	return value, err
}

// tagged reads a value with a tag; !!str makes a text of any scalar.
func (r *yamlReader) tagged(n node, y *ast.TagNode) (node, error) {
	if y.Start.Value != "!!str" || y.Value == nil {
		return n, &nodeError{at: n, code: "syntax", message: fmt.Sprintf("the tag %s is not used in glossaries", y.Start.Value)}
	}
	value, err := r.node(y.Value)
	if err == nil && (value.kind == number || value.kind == boolean) {
		value.kind, value.text = text, y.Value.GetToken().Value
	}
	return value, err
}
