package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Every query of bleve can read its parts from JSON, and through that each keeps
// all of them in the program, those of geography and numeric networks too. Ours
// are made of query strings. So in the copy nothing is read from JSON.

// copySearch copies what the program uses of bleve when it searches.
func copySearch(from, to string) error {
	for _, top := range []string{"go.mod", "analysis", "document", "geo", "mapping", "numeric", "registry", "search", "size", "util"} {
		err := filepath.WalkDir(filepath.Join(from, top), func(file string, d fs.DirEntry, err error) error {
			name, _ := filepath.Rel(from, file)
			if err != nil || d.IsDir() || name != "go.mod" && !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			src, err := os.ReadFile(file)
			if err == nil && filepath.ToSlash(name) == "search/query/query.go" {
				src, err = withoutJSON(src)
			}
			if err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
			return write(filepath.Join(to, name), src)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// withoutJSON has the function that reads any query as JSON refuse to.
func withoutJSON(src []byte) ([]byte, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "", src, 0)
	if err != nil {
		return nil, err
	}
	refuse, err := parser.ParseExpr(`func() (Query, error) { return nil, fmt.Errorf("queries are not read as JSON") }`)
	if err != nil {
		return nil, err
	}
	found := false
	for _, d := range f.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "ParseQuery" {
			fn.Body, found = refuse.(*ast.FuncLit).Body, true
		}
	}
	if !found {
		return nil, fmt.Errorf("there is no function ParseQuery")
	}
	if err := dropImports(fset, f); err != nil {
		return nil, err
	}
	return formatted(fset, f)
}
