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
