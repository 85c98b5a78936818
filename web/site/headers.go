package main

import (
	"os"
	"path/filepath"
	"strings"
)

// policy is the site's content security policy. It leaves no way in for a
// script or style that is not a file of the site.
var policy = strings.Join([]string{
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"font-src 'self'",
	"img-src 'self'",
	"connect-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
	"require-trusted-types-for 'script'",
	"trusted-types 'none'",
}, "; ")

// playgroundPolicy lets the playground, alone of the site's pages, compile
// WebAssembly in a Worker. Its folder holds the Worker's script, which has a
// policy of its own.
var playgroundPolicy = strings.NewReplacer(
	"script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'",
	"trusted-types 'none'", "trusted-types playground",
).Replace(policy)

// writeHeaders writes the file from which Workers' static assets (and postil
// serve) take headers. Pages of other origins may load the embed script and
// its parts, which browsers fetch as modules and so with CORS.
func writeHeaders(out string) error {
	headers := `/*
  Content-Security-Policy: ` + policy + `
  Referrer-Policy: strict-origin-when-cross-origin
  X-Content-Type-Options: nosniff

/playground/*
  ! Content-Security-Policy
  Content-Security-Policy: ` + playgroundPolicy + `

/playground/engine/*
  Cache-Control: public, max-age=31536000, immutable

/embed.js
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  Cache-Control: public, max-age=300, stale-while-revalidate=86400

/embed.mjs
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  Cache-Control: public, max-age=300, stale-while-revalidate=86400

/embed/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin
  Cache-Control: public, max-age=31536000, immutable

/v1/openapi.json
  Access-Control-Allow-Origin: *

/assets/*
  Cache-Control: public, max-age=31536000, immutable
`
	return os.WriteFile(filepath.Join(out, "_headers"), []byte(headers), 0o644)
}
