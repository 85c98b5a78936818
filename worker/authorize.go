package worker

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"

	"postil/internal/site"
)

// A Grant says who may change what: it knows a token by its SHA-256, so that
// whoever reads the configuration cannot use it.
type Grant struct {
	site string // "" for all, and for what belongs to none
	hash [sha256.Size]byte
}

// ParseGrants reads grants, separated by blanks: each is the SHA-256 of a token
// in hexadecimal digits or, if the token is for one site only, "SITE:" and that.
func ParseGrants(text string) ([]Grant, error) {
	var grants []Grant
	for _, field := range strings.Fields(text) {
		var g Grant
		digits := field
		if name, rest, ok := strings.Cut(field, ":"); ok {
			if !site.ValidName(name) {
				return nil, fmt.Errorf("a token is for site %q, which cannot be the name of one", name)
			}
			g.site, digits = name, rest
		}
		hash, err := hex.DecodeString(digits)
		if err != nil || len(hash) != len(g.hash) {
			return nil, fmt.Errorf("a token's hash has %d characters, want the 64 hexadecimal digits of its SHA-256", len(digits))
		}
		copy(g.hash[:], hash)
		grants = append(grants, g)
	}
	return grants, nil
}

// authorize checks that a request bears a token that may change a site, or what
// belongs to none if that is "". It takes the same time for all wrong tokens.
func (s *server) authorize(r *http.Request, name string) error {
	if len(s.Grants) == 0 {
		return &Problem{Status: http.StatusForbidden, Detail: "this service takes no changes: it has been given no tokens"}
	}
	scheme, token, _ := strings.Cut(header(r, "Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		return unauthorized("a token is needed: send Authorization: Bearer and the token", "Bearer")
	}
	hash := sha256.Sum256([]byte(token))
	known, allowed := 0, 0
	for _, g := range s.Grants {
		same := subtle.ConstantTimeCompare(hash[:], g.hash[:])
		known |= same
		if g.site == "" || g.site == name {
			allowed |= same
		}
	}
	switch {
	case known == 0:
		return unauthorized("the token is none of this service", `Bearer error="invalid_token"`)
	case allowed == 0:
		return &Problem{
			Status: http.StatusForbidden, Detail: "the token is for another site",
			header: [][2]string{{"WWW-Authenticate", `Bearer error="insufficient_scope"`}},
		}
	}
	return nil
}

func unauthorized(detail, challenge string) *Problem {
	return &Problem{Status: http.StatusUnauthorized, Detail: detail, header: [][2]string{{"WWW-Authenticate", challenge}}}
}
