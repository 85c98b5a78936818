//go:build js && wasm && !postil_debug

package main

import "net/http"

// withDebugRoutes adds nothing to a release build.
func withDebugRoutes(h http.Handler) http.Handler { return h }
