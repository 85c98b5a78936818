//go:build js && wasm && !french

package main

import "postil"

func withFrench(languages []*postil.Language) []*postil.Language { return languages }
