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
		var err error
		if g.hash, err = parseHash(digits); err != nil {
			return nil, err
		}
		grants = append(grants, g)
	}
	return grants, nil
}

// parseHash does not repeat what it cannot read: a secret may stand there by
// mistake.
func parseHash(digits string) (hash [sha256.Size]byte, err error) {
	data, err := hex.DecodeString(digits)
	if err != nil || len(data) != len(hash) {
		return hash, fmt.Errorf("a hash has %d characters, want the 64 hexadecimal digits of a SHA-256", len(digits))
	}
	copy(hash[:], data)
	return hash, nil
}

// authorize checks that a request bears a token that may change a site, or what
// belongs to none if that is "". It takes the same time for all wrong tokens.
func (s *server) authorize(r *http.Request, name string) error {
	if len(s.Grants) == 0 {
		return &Problem{Status: http.StatusForbidden, Detail: "this service takes no changes: it has been given no tokens"}
	}
	hash, ok := bearer(r)
	if !ok {
		return unauthorized("a token is needed: send Authorization: Bearer and the token", "Bearer")
	}
	known, allowed := 0, 0
	for _, g := range s.Grants {
		same := subtle.ConstantTimeCompare(hash[:], g.hash[:])
		known |= same
		if g.site == "" || g.site == name {
			allowed |= same
		}
	}
	return refusal(known, allowed, "token", "site")
}

// bearer is the hash of the secret that a request bears.
func bearer(r *http.Request) (hash [sha256.Size]byte, ok bool) {
	scheme, secret, _ := strings.Cut(header(r, "Authorization"), " ")
	secret = strings.TrimLeft(secret, " ") // RFC 9110, section 11.4, has one or more
	if !strings.EqualFold(scheme, "Bearer") || secret == "" {
		return hash, false
	}
	return sha256.Sum256([]byte(secret)), true
}

// refusal is what is said of a secret that is not known, or is for somewhere
// else; nil if it is neither.
func refusal(known, allowed int, secret, where string) error {
	switch {
	case known == 0:
		return unauthorized("the "+secret+" is none of this service", `Bearer error="invalid_token"`)
	case allowed == 0:
		return &Problem{
			Status: http.StatusForbidden, Detail: "the " + secret + " is for another " + where,
			header: [][2]string{{"WWW-Authenticate", `Bearer error="insufficient_scope"`}},
		}
	}
	return nil
}

func unauthorized(detail, challenge string) *Problem {
	return &Problem{Status: http.StatusUnauthorized, Detail: detail, header: [][2]string{{"WWW-Authenticate", challenge}}}
}
