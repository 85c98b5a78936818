//go:build js && wasm && spanish

package main

import (
	"postil"
	"postil/language/spanish"
)

func withSpanish(languages []*postil.Language) []*postil.Language {
	return append(languages, spanish.Language())
}
