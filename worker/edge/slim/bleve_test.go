package main

import (
	"strings"
	"testing"
)

func TestUnregistered(t *testing.T) {
	src := `package de
import (
	"bytes"
	"fmt"
	"github.com/blevesearch/bleve/v2/registry"
)
const Name = "de"
func Stem(b []byte) []byte { return bytes.ToLower(b) }
func Constructor(config map[string]any, cache *registry.Cache) (any, error) { return nil, fmt.Errorf("none") }
func init() { registry.Register(Name, Constructor) }
`
	got, err := unregistered([]byte(src))
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []string{"init", "registry", "fmt", "Constructor"} {
		if strings.Contains(string(got), gone) {
			t.Errorf("%s is still there:\n%s", gone, got)
		}
	}
	for _, kept := range []string{`"bytes"`, "const Name", "func Stem"} {
		if !strings.Contains(string(got), kept) {
			t.Errorf("%s is gone:\n%s", kept, got)
		}
	}
	if _, err := unregistered([]byte(src + "var _ registry.Cache\n")); err == nil {
		t.Error("no error for a file that needs the registry otherwise")
	}
}
