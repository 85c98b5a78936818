package worker

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

// negotiate picks the media type of the answer from those offered, best first,
// by the request's Accept header (RFC 9110, section 12.5.1).
func negotiate(r *http.Request, offers ...string) (string, error) {
	accept := header(r, "Accept")
	if accept == "" {
		return offers[0], nil
	}
	best, bestQuality := "", 0.0
	for _, offer := range offers {
		if q := quality(accept, offer); q > bestQuality {
			best, bestQuality = offer, q
		}
	}
	if best == "" {
		detail := fmt.Sprintf("Accept is %q, and this request can be answered with %s", accept, strings.Join(offers, " or "))
		return "", &Problem{
			Status: http.StatusNotAcceptable,
			Detail: detail,
			Errors: []Detail{{Detail: detail, Header: "Accept"}},
		}
	}
	return best, nil
}

// quality is the weight that an Accept header gives to a media type: that of
// the most specific range that covers it, 0 if none does.
func quality(accept, media string) float64 {
	major, _, _ := strings.Cut(media, "/")
	weight, specificity := 0.0, 0
	for part := range strings.SplitSeq(accept, ",") {
		name, parameters, _ := strings.Cut(part, ";")
		s := 0
		switch strings.ToLower(strings.TrimSpace(name)) {
		case media:
			s = 3
		case major + "/*":
			s = 2
		case "*/*":
			s = 1
		}
		if s > specificity {
			weight, specificity = qvalue(parameters), s
		}
	}
	return weight
}

// qvalue is the q of a range's parameters; 1 if there is none or it is
// malformed.
func qvalue(parameters string) float64 {
	for p := range strings.SplitSeq(parameters, ";") {
		name, v, _ := strings.Cut(p, "=")
		if !strings.EqualFold(strings.TrimSpace(name), "q") {
			continue
		}
		if q, err := strconv.ParseFloat(strings.TrimSpace(v), 64); err == nil && q >= 0 && q <= 1 {
			return q
		}
	}
	return 1
}
