// Package docs holds the description of the HTTP interface for programs that
// serve it.
package docs

import (
	_ "embed"

	"github.com/goccy/go-yaml"
)

//go:embed openapi.yaml
var openAPI []byte

// OpenAPI returns openapi.yaml as JSON.
func OpenAPI() ([]byte, error) { return yaml.YAMLToJSON(openAPI) }
