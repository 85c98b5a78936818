//go:build js && wasm

package main

import "postil"

// languages are those that the program was built with, besides English: each
// has a build tag of its name. See LANGUAGES in the Makefile.
func languages() []*postil.Language {
	return withSpanish(withFrench(withGerman(nil)))
}
