package postil

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestMetaScan(t *testing.T) {
	for _, m := range []meta{
		{Language: "en", Terms: 561, Forms: 1885, Articles: 10, Kinds: []string{"company"}},
		{Language: "zh-Hant", Kinds: []string{"a", "Überbegriff", "c"}},
		{Kinds: []string{""}},
	} {
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var got meta
		if !got.scan(string(b)) || !reflect.DeepEqual(got, m) {
			t.Errorf("%s is read as %+v", b, got)
		}
	}
}

func TestMetaDecode(t *testing.T) {
	for _, m := range []meta{
		{Language: "en", Analysis: "english", Terms: 561, Forms: 1885, Articles: 10, Kinds: []string{"company"}},
		{Language: "e\"n", Kinds: []string{"R&D", "a\u2028b", "<b>"}},
		{Kinds: []string{}},
	} {
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var got meta
		if err := got.read(b); err != nil || !reflect.DeepEqual(got, m) {
			t.Errorf("%s is read as %+v (%v)", b, got, err)
		}
	}
	for _, s := range []string{``, `null`, `[]`, `{`, `{"language":1}`, `{"terms":"1"}`, `{"terms":1.5}`, `{"kinds":"a"}`, `{"kinds":[1]}`, `{"kinds":["a"`} {
		if err := new(meta).read([]byte(s)); err == nil {
			t.Errorf("%s: no error", s)
		}
	}
}

// Whatever scan takes, it reads as a JSON decoder does; the rest is left to one.
func FuzzMeta(f *testing.F) {
	for _, s := range []string{
		`{"language":"en","terms":5,"forms":8,"articles":1,"kinds":["a","b"]}`,
		`{"language":"en","terms":5,"forms":8,"articles":1,"kinds":null}`,
		`{"language":"en","terms":5,"forms":8,"articles":1,"kinds":[]}`,
		`{"language":"e\"n","terms":05,"forms":+8,"articles":1e2,"kinds":["a\\u0022,","b\x00"]}`,
		`{"language":"en","terms":5,"forms":8,"articles":1,"kinds":["a"],"more":["b"]}`,
		`{"language":"","terms":-0,"forms":8,"articles":1,"kinds":["a"]}{"language":"","terms":`,
		"{\"language\":\"\xff\",\"terms\":1,\"forms\":8,\"articles\":1,\"kinds\":[\"a\"]}",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var got, want meta
		ok := got.scan(s)
		if err := json.Unmarshal([]byte(s), &want); ok && (err != nil || !reflect.DeepEqual(got, want)) {
			t.Errorf("%q is read as %+v, want %+v (%v)", s, got, want, err)
		}
	})
}
