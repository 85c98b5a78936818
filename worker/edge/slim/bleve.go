package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/ast/astutil"
)

// Each package of bleve that analyzes a language registers all it has by name
// when the program starts, and so keeps all of it, and what that uses, in the
// program. An engine that does not search asks for stemmers and word lists
// directly. So its copy of these packages registers nothing.

const registry = "github.com/blevesearch/bleve/v2/registry"

// copyBleve copies those packages of bleve that the engine uses without search.
func copyBleve(from, to string) error {
	languages, err := filepath.Glob(filepath.Join(from, "analysis/lang/*"))
	if err != nil {
		return err
	}
	for _, dir := range append(languages, filepath.Join(from, "analysis")) {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := copyUnregistered(from, to, file); err != nil {
				return err
			}
		}
	}
	mod, err := os.ReadFile(filepath.Join(from, "go.mod"))
	if err != nil {
		return err
	}
	return write(filepath.Join(to, "go.mod"), mod)
}

func copyUnregistered(from, to, file string) error {
	// Snowball's stemmers are reached by name alone.
	if strings.HasSuffix(file, "_test.go") || strings.HasSuffix(file, "_snowball.go") {
		return nil
	}
	name, err := filepath.Rel(from, file)
	if err != nil {
		return err
	}
	src, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if src, err = unregistered(src); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return write(filepath.Join(to, name), src)
}

// unregistered leaves out of a file what registers, the functions only for that,
// and the imports that nothing needs then.
func unregistered(src []byte) ([]byte, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, 0)
	if err != nil {
		return nil, err
	}
	f.Decls = slices.DeleteFunc(f.Decls, registers)
	if err := dropImports(fset, f); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == strconv.Quote(registry) }) {
		return nil, fmt.Errorf("it still needs %s", registry)
	}
	return formatted(fset, f)
}

// dropImports leaves out of a file what nothing in it needs.
func dropImports(fset *token.FileSet, f *ast.File) error {
	for _, spec := range slices.Clone(f.Imports) {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		if !astutil.UsesImport(f, path) {
			alias := ""
			if spec.Name != nil {
				alias = spec.Name.Name
			}
			astutil.DeleteNamedImport(fset, f, alias, path)
		}
	}
	return nil
}

func formatted(fset *token.FileSet, f *ast.File) ([]byte, error) {
	var b bytes.Buffer
	err := format.Node(&b, fset, f)
	return b.Bytes(), err
}

// registers reports whether a declaration is an init function, or one that is
// registered: it takes a *registry.Cache.
func registers(d ast.Decl) bool {
	f, ok := d.(*ast.FuncDecl)
	if !ok {
		return false
	}
	return f.Recv == nil && f.Name.Name == "init" || slices.ContainsFunc(f.Type.Params.List, func(p *ast.Field) bool {
		star, ok := p.Type.(*ast.StarExpr)
		if !ok {
			return false
		}
		s, ok := star.X.(*ast.SelectorExpr)
		return ok && s.Sel.Name == "Cache"
	})
}
