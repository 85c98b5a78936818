package abi_test

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"postil/wasm/internal/abi"
)

// FuzzAsk makes any call with any options and any text: a known status, JSON, and
// the same answer when asked again.
func FuzzAsk(f *testing.F) {
	calls := []string{"annotate", "annotate_numbers", "cards", "annotate_html", "mark_html", "search", "suggest", "mentions", "related", "article", "term", "terms", "info", "verify", "compile", "none"}
	p := &abi.Program{}
	_, data := p.Ask("compile", 0, nil, []byte(glossary))
	index := p.OpenBytes(append([]byte(nil), data...))
	if index == 0 {
		f.Fatal("the index does not open")
	}
	for i := range calls {
		for _, options := range []string{"", `{"offsets":"utf-8","limit":2}`, `{"overlaps":"all","min_score":0,"kinds":[],"explain":true}`, `{"in":"terms","cursor":"x"}`, `[{"a":1e999}]`} {
			for _, text := range []string{"", "1,0", "The CMA looked at AGI.", "<p>An A<b>GI", "cma", `+agi "x y"~2 /a.*/`, glossary, "\xff"} {
				f.Add(uint8(i), []byte(options), []byte(text))
			}
		}
	}
	f.Fuzz(func(t *testing.T, call uint8, options, text []byte) {
		name := calls[int(call)%len(calls)]
		handle := index
		if name == "compile" {
			handle = 0
		}
		code, body := p.Ask(name, handle, options, text)
		first := append([]byte(nil), body...)
		switch {
		case code > abi.Internal:
			t.Errorf("status %d", code)
		case code == abi.Internal:
			t.Errorf("a fault of the module: %s", first)
		case code == abi.OK && name == "annotate_numbers":
			if len(first)%16 != 0 {
				t.Errorf("%d bytes of numbers", len(first))
			}
		case code == abi.OK && (name == "mark_html" || name == "verify" || name == "compile"):
		case !json.Valid(first) || !utf8.Valid(first):
			t.Errorf("%s: %v: not JSON: %q", name, code, first)
		}
		if again, body := p.Ask(name, handle, options, text); again != code || string(body) != string(first) {
			t.Errorf("%s: %v %.300q, and again %v %.300q", name, code, first, again, body)
		}
	})
}
