//go:build js && wasm && !spanish

package main

import "postil"

func withSpanish(languages []*postil.Language) []*postil.Language { return languages }
