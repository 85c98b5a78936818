package worker

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// negotiate picks the media type of the answer from those offered, best first,
// by the request's Accept header (RFC 9110, section 12.5.1). The error lists
// what is offered.
func negotiate(r *http.Request, offers ...string) (string, error) {
	accept := header(r, "Accept")
	if strings.Trim(accept, " \t,") == "" {
		return offers[0], nil
	}
	ranges := mediaRanges(accept)
	best, bestQuality := "", 0.0
	for _, offer := range offers {
		if q := quality(ranges, offer); q > bestQuality {
			best, bestQuality = offer, q
		}
	}
	if best == "" {
		detail := fmt.Sprintf("Accept is %q, and this request can be answered with %s", accept, strings.Join(offers, " or "))
		return "", &Problem{
			Status:    http.StatusNotAcceptable,
			Detail:    detail,
			Errors:    []Detail{{Detail: detail, Header: "Accept"}},
			Available: offers,
		}
	}
	return best, nil
}

// A mediaRange is one element of an Accept header.
type mediaRange struct {
	name       string // in lower case
	parameters [][2]string
	q          float64
}

func mediaRanges(accept string) (all []mediaRange) {
	for part := range splitQuoted(accept, ',') {
		m := mediaRange{q: 1}
		for p := range splitQuoted(part, ';') {
			name, v, given := strings.Cut(p, "=")
			name, v = strings.ToLower(strings.TrimSpace(name)), strings.Trim(strings.TrimSpace(v), `"`)
			switch {
			case m.name == "":
				m.name = name
			case name == "q":
				// A weight that is none is no reason to refuse.
				if q, err := strconv.ParseFloat(v, 64); err == nil && q >= 0 && q <= 1 {
					m.q = q
				}
			case given:
				m.parameters = append(m.parameters, [2]string{name, v})
			}
		}
		all = append(all, m)
	}
	return all
}

// splitQuoted yields the parts of s between separators that stand outside of
// quotation marks.
func splitQuoted(s string, separator byte) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		quoted, start := false, 0
		for i := 0; i < len(s); i++ {
			switch c := s[i]; {
			case c == '"':
				quoted = !quoted
			case c == '\\' && quoted:
				i++
			case c == separator && !quoted:
				if !yield(s[start:i]) {
					return
				}
				start = i + 1
			}
		}
		yield(s[start:])
	}
}

// quality is the weight of a media type: that of the most specific range that
// covers it, 0 if none does.
func quality(ranges []mediaRange, offer string) (weight float64) {
	best := 0
	for _, m := range ranges {
		if s := m.specificity(offer); s > best {
			best, weight = s, m.q
		}
	}
	return weight
}

// specificity says how narrowly a range covers a media type; 0 means that it
// does not.
func (m *mediaRange) specificity(offer string) int {
	major, _, _ := strings.Cut(offer, "/")
	s := 0
	switch m.name {
	case offer:
		s = 3
	case major + "/*":
		s = 2
	case "*/*":
		s = 1
	default:
		return 0
	}
	for _, p := range m.parameters {
		switch {
		case p[0] == "charset" && strings.EqualFold(p[1], "utf-8"), p[0] == "profile" && p[1] == annotationProfile && offer == mediaLD:
			s++
		case p[0] == "profile": // a wish, which does not change what the type means (RFC 6906)
		default:
			return 0
		}
	}
	return s
}
