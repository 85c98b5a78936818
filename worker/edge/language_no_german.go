//go:build js && wasm && !german

package main

import "postil"

func withGerman(languages []*postil.Language) []*postil.Language { return languages }
