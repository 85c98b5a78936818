// Package docs holds the description of the HTTP interface for programs that
// serve it.
package docs

import (
	_ "embed"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/goccy/go-yaml"
)

//go:embed openapi.yaml
var openAPI []byte

// OpenAPI returns openapi.yaml as JSON.
func OpenAPI() ([]byte, error) {
	spaced, err := yaml.YAMLToJSON(openAPI)
	if err != nil {
		return nil, err
	}
	// A name that occurs twice is an error: YAML's merge keys can make some.
	text := jsontext.Value(spaced)
	err = text.Compact()
	return text, err
}
