//go:build js && wasm && french

package main

import (
	"postil"
	"postil/language/french"
)

func withFrench(languages []*postil.Language) []*postil.Language {
	return append(languages, french.Language())
}
