package main

import (
	"fmt"
	"os"
	"path/filepath"

	"postil/docs"
)

// writeDescription writes the description of the HTTP interface to its address,
// so that the Worker need not carry it.
func writeDescription(out string) error {
	text, err := docs.OpenAPI()
	if err != nil {
		return fmt.Errorf("docs/openapi.yaml: %w", err)
	}
	folder := filepath.Join(out, "v1")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "openapi.json"), text, 0o644)
}
