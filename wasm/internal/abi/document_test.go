package abi_test

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"postil/wasm/internal/abi"
)

// TestDocument checks that docs/abi.md has every exported function and every code.
func TestDocument(t *testing.T) {
	document, err := os.ReadFile("../../../docs/abi.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(document)
	exports, err := os.ReadFile("exports.go")
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`(?m)^//go:wasmexport postil_(\w+)$`).FindAllStringSubmatch(string(exports), -1)
	if len(names) < 19 {
		t.Fatalf("%d functions", len(names))
	}
	for _, n := range names {
		if !strings.Contains(text, "postil_"+n[1]+"(") && !strings.Contains(text, "`"+n[1]+"`") {
			t.Errorf("there is nothing about postil_%s", n[1])
		}
	}
	for c := abi.OK; ; c++ {
		name := c.String()
		if strings.HasPrefix(name, "code ") {
			break
		}
		if !strings.Contains(text, fmt.Sprintf("| %d | `%s` |", c, name)) {
			t.Errorf("there is nothing about status %d, %s", c, name)
		}
	}
	if want := fmt.Sprintf("of version %d", abi.Version); !strings.Contains(strings.ReplaceAll(text, "\n", " "), want) {
		t.Errorf("it is not %q", want)
	}
}
