// Package docs holds the description of the HTTP interface for programs that
// serve it.
package docs

import (
	"bytes"
	_ "embed"
	"encoding/json"

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
	var b bytes.Buffer
	err = json.Compact(&b, spaced)
	return b.Bytes(), err
}
