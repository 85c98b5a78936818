package suggest_test

import (
	"strings"
	"testing"

	"postil/indexer/suggest"
)

func TestClosest(t *testing.T) {
	known := []string{"id", "label", "aliases", "abbreviations", "see_also", "case", "kind"}
	for unknown, want := range map[string]string{
		"lable": "label", "labels": "label", "alias": "aliases", "aliasses": "aliases", "seealso": "see_also", "kin": "kind",
		"i": "id", "xyz": "", "": "", "definition": "", "ld": "id", "abbrev": "",
		strings.Repeat("x", 1000): "",
	} {
		if got := suggest.Closest(unknown, known); got != want {
			t.Errorf("%.20q: got %q, want %q", unknown, got, want)
		}
	}
}
