package parity

import (
	"bytes"
	"fmt"
)

// Tally is how many answers of a host were compared, by group.
type Tally map[string]int

// statuses are those that errors have over HTTP.
var statuses = map[string]int{"bad-json": 400, "bad-text": 400, "not-found": 404, "bad-option": 422, "bad-query": 422, "bad-cursor": 422}

// Compare compares the answers of a host with the native ones. Every case must be
// answered, but over HTTP, which has no words for some. The error says where an
// answer differs first.
func (s *Suite) Compare(native map[string]Answer, got []Answer, http bool) (Tally, error) {
	cases := map[string]Case{}
	for _, c := range s.Cases {
		cases[c.Name] = c
	}
	tally := Tally{}
	for _, a := range got {
		c, ok := cases[a.Name]
		if !ok {
			return nil, fmt.Errorf("%q is answered: no case is called so, or it was answered before", a.Name)
		}
		delete(cases, a.Name)
		want := native[a.Name]
		switch {
		case a.Status != 0:
			if code := codeOf(want.Body); !want.Failed || a.Status != statuses[code] {
				return nil, fmt.Errorf("%s: status %d, natively %s", a.Name, a.Status, code)
			}
		case a.Failed != want.Failed, !bytes.Equal(a.Body, want.Body):
			return nil, fmt.Errorf("%s: %s", a.Name, difference(a.Body, want.Body))
		}
		tally[c.Group]++
	}
	if !http && len(cases) > 0 {
		for name := range cases {
			return nil, fmt.Errorf("%q and %d others are not answered", name, len(cases)-1)
		}
	}
	return tally, nil
}

// codeOf is the code of an error.
func codeOf(body []byte) string {
	_, rest, _ := bytes.Cut(body, []byte(`{"code":"`))
	code, _, _ := bytes.Cut(rest, []byte(`"`))
	return string(code)
}

// difference shows where two answers begin to differ.
func difference(got, want []byte) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	from := max(0, i-40)
	return fmt.Sprintf("%d bytes, natively %d; from byte %d it is\n%.160q, natively\n%.160q", len(got), len(want), from, got[from:], want[from:])
}
