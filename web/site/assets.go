package main

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
)

//go:embed style templates
var files embed.FS

// assets maps the names that templates use to addresses. The addresses change
// with the content, so that browsers may keep what they have for ever.
type assets map[string]string

// scripts are bundled by web/build.mjs as NAME-HASH.js.
var scripts = []string{"docs", "gloss", "glossary", "playground", "search"}

// writeAssets writes the style sheet, which is the parts in style/ in order of
// their names, and finds the scripts and fonts that were bundled before.
func writeAssets(out string) (assets, error) {
	folder := filepath.Join(out, "assets")
	a := assets{}
	for _, name := range scripts {
		found, err := filepath.Glob(filepath.Join(folder, name+"-*.js"))
		if err != nil {
			return nil, err
		}
		if len(found) != 1 {
			return nil, fmt.Errorf("%d files %s/%s-*.js, want one: run node web/build.mjs first", len(found), folder, name)
		}
		a[name+".js"] = "/assets/" + filepath.Base(found[0])
	}
	var sheet strings.Builder
	parts, err := fs.Glob(files, "style/*.css")
	if err != nil {
		return nil, err
	}
	for _, part := range parts {
		text, err := files.ReadFile(part)
		if err != nil {
			return nil, err
		}
		sheet.Write(text)
	}
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	small, err := m.String("text/css", sheet.String())
	if err != nil {
		return nil, fmt.Errorf("style: %w", err)
	}
	sum := sha256.Sum256([]byte(small))
	name := "site-" + hex.EncodeToString(sum[:4]) + ".css"
	a["site.css"] = "/assets/" + name
	if err := os.WriteFile(filepath.Join(folder, name), []byte(small), 0o644); err != nil {
		return nil, err
	}
	icon, err := files.ReadFile("style/favicon.svg")
	if err != nil {
		return nil, err
	}
	return a, os.WriteFile(filepath.Join(out, "favicon.svg"), icon, 0o644)
}
