package server

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"time"

	"postil/docs"
)

// DescriptionPath is where the description of the HTTP interface is found. At
// the edge it is a static file.
const DescriptionPath = "/v1/openapi.json"

// NewDescription serves the description of the HTTP interface and leaves all
// else to another handler.
func NewDescription(next http.Handler) (http.Handler, error) {
	text, err := docs.OpenAPI()
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	tag := `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != DescriptionPath {
			next.ServeHTTP(w, r)
			return
		}
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			otherwise(w, r.Method)
			return
		}
		h.Set("Cache-Control", "public, max-age=0, must-revalidate")
		h.Set("Content-Type", "application/json")
		h.Set("ETag", tag)
		h.Set("X-Content-Type-Options", "nosniff")
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(text))
	}), nil
}

// otherwise answers what is no GET.
func otherwise(w http.ResponseWriter, method string) {
	const methods = "GET, HEAD, OPTIONS"
	h := w.Header()
	h.Set("Allow", methods)
	if method == http.MethodOptions {
		h.Set("Access-Control-Allow-Methods", methods)
		h.Set("Access-Control-Allow-Headers", "If-None-Match")
		h.Set("Access-Control-Max-Age", "86400")
		w.WriteHeader(http.StatusNoContent)
		return
	}
	h.Set("Access-Control-Expose-Headers", "Allow")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Type", "application/problem+json")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(http.StatusMethodNotAllowed)
	// A method is a token, of which JSON needs nothing escaped.
	fmt.Fprintf(w, `{"type":"about:blank","title":"Method Not Allowed","status":405,"detail":"%s does not take %s"}`, DescriptionPath, method)
}
