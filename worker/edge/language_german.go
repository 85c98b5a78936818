//go:build js && wasm && german

package main

import (
	"postil"
	"postil/language/german"
)

func withGerman(languages []*postil.Language) []*postil.Language {
	return append(languages, german.Language())
}
