package worker

import (
	"net/http"
	"slices"
)

// allowOrigin lets pages of the configured origins read the answer. Credentials
// are never allowed: nothing here depends on who the reader is.
func (s *server) allowOrigin(h http.Header, r *http.Request) {
	const exposed = "Content-Location, ETag, Location, RateLimit, RateLimit-Policy, Retry-After, Server-Timing, X-Request-Id"
	if len(s.Origins) == 0 {
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Expose-Headers", exposed)
		return
	}
	h.Add("Vary", "Origin")
	if origin := r.Header.Get("Origin"); slices.Contains(s.Origins, origin) {
		h.Set("Access-Control-Allow-Origin", origin)
		h.Set("Access-Control-Expose-Headers", exposed)
	}
}

// preflight answers OPTIONS, whether a browser asks for leave or a person asks
// what there is.
func (s *server) preflight(m methods) *answer {
	return &answer{
		status: http.StatusNoContent,
		header: [][2]string{
			{"Allow", m.allow()},
			{"Access-Control-Allow-Methods", m.allow()},
			{"Access-Control-Allow-Headers", "Accept, Authorization, Content-Encoding, Content-Type, If-Match, If-None-Match"},
			{"Access-Control-Max-Age", "86400"},
		},
	}
}
