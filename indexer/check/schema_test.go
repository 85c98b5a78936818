package check_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"postil"
	"postil/indexer/diag"
)

const schemaPath = "../../docs/glossary.schema.json"

func readSchema(t *testing.T) (map[string]any, *jsonschema.Schema) {
	t.Helper()
	data, err := os.ReadFile(schemaPath)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(data)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("glossary.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("glossary.json")
	if err != nil {
		t.Fatal(err)
	}
	return doc.(map[string]any), schema
}

// TestSchemaFields compares the schema's properties with the fields of the Go
// types, by name and type, and demands that each is described.
func TestSchemaFields(t *testing.T) {
	doc, _ := readSchema(t)
	defs := doc["$defs"].(map[string]any)
	for name, goType := range map[string]reflect.Type{
		"term": reflect.TypeFor[postil.Term](), "source": reflect.TypeFor[postil.Source](),
	} {
		def := defs[name].(map[string]any)
		properties := def["properties"].(map[string]any)
		var required []any
		for i := range goType.NumField() {
			field := goType.Field(i)
			tag, options, _ := strings.Cut(field.Tag.Get("json"), ",")
			p, ok := properties[tag].(map[string]any)
			if !ok {
				t.Errorf("%s.%s is not in the schema", name, tag)
				continue
			}
			if options == "" {
				required = append(required, tag)
			}
			if got, want := schemaType(p, defs), jsonType(field.Type); got != want {
				t.Errorf("%s.%s is %s in the schema, %s in Go", name, tag, got, want)
			}
			if d, _ := p["description"].(string); len(d) < 10 || !strings.HasSuffix(d, ".") {
				t.Errorf("%s.%s is not described", name, tag)
			}
			delete(properties, tag)
		}
		for tag := range properties {
			t.Errorf("%s.%s is not in Go", name, tag)
		}
		if got := def["required"].([]any); !reflect.DeepEqual(got, required) {
			t.Errorf("%s: the schema requires %v, Go %v", name, got, required)
		}
	}
}

func schemaType(p, defs map[string]any) string {
	if ref, ok := p["$ref"].(string); ok {
		p = defs[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
	}
	if enum, ok := p["enum"].([]any); ok {
		want := []any{string(postil.CaseSmart), string(postil.CaseExact), string(postil.CaseAny)}
		if reflect.DeepEqual(enum, want) {
			return "string"
		}
	}
	s, _ := p["type"].(string)
	return s
}

func jsonType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return jsonType(t.Elem())
	case reflect.String:
		return "string"
	case reflect.Slice:
		return "array"
	case reflect.Bool:
		return "boolean"
	case reflect.Float64:
		return "number"
	}
	return t.String()
}

// TestSchemaAcceptsStarterGlossary validates every file that ships.
func TestSchemaAcceptsStarterGlossary(t *testing.T) {
	_, schema := readSchema(t)
	files, err := filepath.Glob("../../glossary/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no glossary files: %v", err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := yaml.Unmarshal(data, &v); err != nil {
			t.Fatal(err)
		}
		src, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(jsonValue(t, src)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

func jsonValue(t *testing.T, src []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestSchemaAgreesWithCheck spoils a good term in many ways and compares the
// schema's verdict with that of the reader and the checker.
func TestSchemaAgreesWithCheck(t *testing.T) {
	_, schema := readSchema(t)
	good := map[string]any{"id": "good", "label": "Good thing", "definition": "D.", "sources": []any{map[string]any{"title": "S", "url": "https://example.org/"}}}
	long := strings.Repeat("ü", 601)
	values := []any{nil, true, 7, 0.5, 1.5, -1, "", " ", "text", "exact", "Exact", "en-GB", "english language", "a b", " a", "a\u0007b", long, long[:1200],
		[]any{}, []any{"x1", "x2"}, []any{""}, []any{7}, []any{nil}, map[string]any{},
		[]any{map[string]any{}}, []any{map[string]any{"title": "T"}}, []any{map[string]any{"title": ""}}, []any{map[string]any{"title": "T", "url": 7}},
		[]any{map[string]any{"title": "T", "url": "javascript:x"}}, []any{map[string]any{"title": "T", "url": "http://example.org"}},
		[]any{map[string]any{"title": "T", "url": ""}}, []any{map[string]any{"title": "T", "href": "http://example.org"}}}
	fields := []string{"unknown", "case"}
	for i := range reflect.TypeFor[postil.Term]().NumField() {
		tag, _, _ := strings.Cut(reflect.TypeFor[postil.Term]().Field(i).Tag.Get("json"), ",")
		fields = append(fields, tag)
	}
	dir := t.TempDir()
	for _, name := range fields {
		for _, value := range values {
			term := map[string]any{}
			for k, v := range good {
				term[k] = v
			}
			term[name] = value
			src, err := json.Marshal([]any{term})
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(dir, "g.json")
			if err := os.WriteFile(file, src, 0o600); err != nil {
				t.Fatal(err)
			}
			bySchema := schema.Validate(jsonValue(t, src))
			all := slices.DeleteFunc(run(t, file), func(d diag.Diagnostic) bool { return d.Severity == diag.Warning })
			formal := slices.DeleteFunc(slices.Clone(all), beyondSchema)
			if bySchema == nil && len(formal) > 0 || bySchema != nil && len(all) == 0 {
				t.Errorf("%s = %#.40v: schema says %v, check says %v", name, value, bySchema, all)
			}
		}
	}
}

// beyondSchema tells the errors that a schema cannot see.
func beyondSchema(d diag.Diagnostic) bool {
	return slices.Contains([]string{"dangling-see-also", "common-word", "single-letter", "unmatchable", "bad-language"}, d.Code)
}
