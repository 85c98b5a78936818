package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// sboms writes what the release is made of, in the format CycloneDX: the Go
// modules with their licences, and the npm packages that build and test it or, as
// fonts of the site, are part of it.
func (r *release) sboms() error {
	golang := exec.Command("bin/cyclonedx-gomod", "mod", "-licenses", "-json", "-noserial", "-notimestamp", "-std", "-output", r.path("sbom-go.cdx.json"), ".")
	if out, err := golang.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", golang, err, out)
	}
	npm := exec.Command("npm", "sbom", "--package-lock-only", "--sbom-format", "cyclonedx")
	npm.Stderr = os.Stderr
	out, err := npm.Output()
	if err != nil {
		return fmt.Errorf("%s: %w", npm, err)
	}
	out, err = timeless(out)
	if err != nil {
		return err
	}
	return r.write("sbom-npm.cdx.json", out)
}

// timeless takes from a document what differs each time that it is made, and
// gives its subject, which npm calls by the folder that it is in, its own name.
func timeless(document []byte) ([]byte, error) {
	var d map[string]any
	if err := json.Unmarshal(document, &d); err != nil {
		return nil, err
	}
	delete(d, "serialNumber")
	if m, ok := d["metadata"].(map[string]any); ok {
		delete(m, "timestamp")
		if c, ok := m["component"].(map[string]any); ok {
			reference, _ := c["bom-ref"].(string)
			c["name"], _, _ = strings.Cut(reference, "@")
		}
	}
	out, err := json.MarshalIndent(d, "", "  ")
	return append(out, '\n'), err
}
