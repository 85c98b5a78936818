package parity_test

import (
	"os"
	"strings"
	"testing"

	"postil/wasm/parity"
)

// TestDocument checks that docs/parity.md is of these cases and these hosts. What
// make parity alone can know is how many cases are asked over HTTP.
func TestDocument(t *testing.T) {
	s, _ := suite(t)
	all := parity.Tally{}
	for _, c := range s.Cases {
		all[c.Group]++
	}
	var tallies []parity.Tally
	for range parity.Hosts() {
		tallies = append(tallies, all)
	}
	document, err := os.ReadFile("../../docs/parity.md")
	if err != nil {
		t.Fatal(err)
	}
	got, want := strings.Split(string(document), "\n"), strings.Split(s.Document(tallies), "\n")
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d: run make parity", len(got), len(want))
	}
	for i := range want {
		if strings.Contains(want[i], "over HTTP |") {
			got[i], _, _ = strings.Cut(got[i], "HTTP |")
			want[i], _, _ = strings.Cut(want[i], "HTTP |")
		}
		if got[i] != want[i] {
			t.Errorf("line %d is out of date: run make parity\n%s\nwant\n%s", i+1, got[i], want[i])
		}
	}
}

// TestCompare sees every kind of difference.
func TestCompare(t *testing.T) {
	s := &parity.Suite{Cases: []parity.Case{{Group: "g", Name: "one"}, {Group: "g", Name: "two"}}}
	native := map[string]parity.Answer{
		"one": {Name: "one", Body: []byte("1")},
		"two": {Name: "two", Failed: true, Body: []byte(`{"code":"not-found","detail":"x"}`)},
	}
	one, two := native["one"], native["two"]
	status := func(n int) parity.Answer { return parity.Answer{Name: "two", Failed: true, Status: n} }
	for _, c := range []struct {
		got  []parity.Answer
		http bool
		ok   bool
	}{
		{[]parity.Answer{one, two}, false, true},
		{[]parity.Answer{two, one}, false, true},
		{[]parity.Answer{one}, false, false},
		{[]parity.Answer{one}, true, true},
		{[]parity.Answer{one, one, two}, false, false},
		{[]parity.Answer{{Name: "three"}}, true, false},
		{[]parity.Answer{{Name: "one", Body: []byte("2")}}, true, false},
		{[]parity.Answer{{Name: "one", Body: []byte("1"), Failed: true}}, true, false},
		{[]parity.Answer{one, status(404)}, true, true},
		{[]parity.Answer{one, status(422)}, true, false},
		{[]parity.Answer{{Name: "one", Failed: true, Status: 404}}, true, false},
	} {
		tally, err := s.Compare(native, c.got, c.http)
		if (err == nil) != c.ok || c.ok && tally["g"] != len(c.got) {
			t.Errorf("%+v: %v, %v", c.got, tally, err)
		}
	}
}
