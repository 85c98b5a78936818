// Package article says what the facts about an article must be, for all who take
// articles in.
package article

import (
	"net/url"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// MaxID is the length of the longest id, in bytes.
const MaxID = 512

// IDProblem says what is wrong with the id of a term or an article, as in "the
// id is empty", or returns "".
func IDProblem(id string) string {
	switch {
	case id == "":
		return "is empty"
	case len(id) > MaxID:
		return "is longer than 512 bytes"
	case !utf8.ValidString(id):
		return "is not UTF-8"
	case strings.ContainsFunc(id, unicode.IsControl):
		return "has a control character"
	case strings.TrimSpace(id) != id:
		return "has white space at an end"
	}
	return ""
}

// UsableURL reports whether an address is one that a link may have: with http or
// https, or a path. A path is one of the same origin: nothing is taken that a browser
// reads as another host, as it does two slashes and, since it takes them for
// slashes, backslashes.
func UsableURL(s string) bool {
	u, err := url.Parse(s)
	if err != nil || strings.TrimSpace(s) != s || strings.Contains(s, `\`) {
		return false
	}
	switch u.Scheme {
	case "http", "https":
		return u.Host != ""
	case "":
		return u.Opaque == "" && u.Path != "" && !strings.HasPrefix(s, "//")
	}
	return false
}

// Date normalises a date to RFC 3339, or to its date part where the time of
// day is not known. Nothing is a date too.
func Date(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", true
	}
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t.Format(time.DateOnly), true
	}
	for _, layout := range [...]string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02T15:04Z07:00",
		"2006-01-02T15:04:05Z0700", time.DateTime, "2006-01-02 15:04", "2006-01-02 15:04:05 Z0700", "2006-01-02 15:04:05Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Format(time.RFC3339), true
		}
	}
	return "", false
}
