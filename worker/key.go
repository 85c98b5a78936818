package worker

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// A Key lets its holder read; like a [Grant] it is known by its SHA-256 only.
type Key struct {
	hash   [sha256.Size]byte
	origin string // whose pages may use it; "" for everyone
}

// ParseKeys reads keys, separated by blanks: each is the SHA-256 of a key in
// hexadecimal digits, and "@https://example.org" after it if only pages of that
// origin may use it.
func ParseKeys(text string) ([]Key, error) {
	var keys []Key
	for _, field := range strings.Fields(text) {
		digits, origin, bound := strings.Cut(field, "@")
		if bound && !ValidOrigin(origin) {
			return nil, fmt.Errorf("a key is for %q, which is not an origin", origin)
		}
		hash, err := parseHash(digits)
		if err != nil {
			return nil, err
		}
		keys = append(keys, Key{hash, origin})
	}
	return keys, nil
}

// ValidOrigin reports whether a text is a web origin as browsers send it: in small
// letters, and without the port that its scheme has anyway.
func ValidOrigin(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || text != strings.ToLower(u.Scheme+"://"+u.Host) {
		return false
	}
	return u.Scheme == "http" && u.Port() != "80" || u.Scheme == "https" && u.Port() != "443"
}

// needsKey reports whether a request is only for holders of keys: reads are, where
// there are any. Changes and what belongs to them need tokens, preflights cannot
// have either.
func (s *server) needsKey(m methods, r *http.Request) bool {
	switch {
	case len(s.Keys) == 0, isState(r), m != nil && strings.HasPrefix(r.URL.Path, sitesPath):
		return false
	}
	return isRead(r)
}

// isRead reports whether a request is made with a method that changes nothing, at
// any path but those of sites' versions.
func isRead(r *http.Request) bool {
	return r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodPost
}

// identify checks that a request bears a key that may be used where it comes
// from. It takes the same time for all wrong keys.
func (s *server) identify(r *http.Request) error {
	hash, ok := bearer(r)
	if !ok {
		return unauthorized("a key is needed: send Authorization: Bearer and the key", "Bearer")
	}
	origin := header(r, "Origin")
	if origin == "" && header(r, "Sec-Fetch-Site") == "same-origin" {
		origin = strings.TrimSuffix(s.address(r), s.base)
	}
	known, allowed := 0, 0
	for _, k := range s.Keys {
		same := subtle.ConstantTimeCompare(hash[:], k.hash[:])
		known |= same
		if k.origin == "" || k.origin == origin {
			allowed |= same
		}
	}
	return refusal(known, allowed, "key", "origin")
}
