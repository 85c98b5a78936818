package text

import "strings"

// Initials reports whether a token is of capitals with full stops between them, as
// in F.T.C. and C.E.O.s, of which the last stop is no part of the token, and whether
// it has a plural s.
func Initials(token string) (plural, ok bool) {
	n := len(token)
	if n < 3 || n%2 == 0 {
		return false, false
	}
	if n > 4 && token[n-1] == 's' {
		plural = true
		n -= 2
	}
	for i := 0; i < len(token); i++ {
		switch c := token[i]; {
		case i%2 == 1 && c != '.', i%2 == 0 && i < n && (c < 'A' || c > 'Z'):
			return false, false
		}
	}
	return plural, true
}

// AfterInitials is what stands after a token without the last full stop of
// initials.
func AfterInitials(token, gap string) string {
	if strings.HasPrefix(gap, ".") {
		if plural, ok := Initials(token); ok && !plural {
			return gap[1:]
		}
	}
	return gap
}

// appendInitials appends initials in small letters and without their full stops.
func appendInitials(dst []byte, token string) []byte {
	for i := 0; i < len(token); i += 2 {
		dst = append(dst, lower[token[i]])
	}
	return dst
}
