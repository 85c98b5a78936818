package parity_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestScripts sees that terms of every script are found in each of its texts, but
// for those that say so.
func TestScripts(t *testing.T) {
	s, native := suite(t)
	for _, c := range s.Cases {
		if c.Group != "scripts" || c.Call != "annotate" || strings.Contains(c.Name, "none") {
			continue
		}
		var answer struct{ Annotations []struct{ Exact string } }
		if err := json.Unmarshal(native[c.Name].Body, &answer); err != nil {
			t.Fatal(c.Name, err)
		}
		if len(answer.Annotations) == 0 {
			t.Errorf("%s: nothing is found in %q", c.Name, c.Text)
		}
		for _, a := range answer.Annotations {
			if !strings.Contains(string(c.Text), a.Exact) {
				t.Errorf("%s: %q is not in the text", c.Name, a.Exact)
			}
		}
	}
}
