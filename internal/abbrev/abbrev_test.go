package abbrev

import (
	"bufio"
	"encoding/json"
	"os"
	"reflect"
	"testing"
)

type testCase struct {
	Name string      `json:"name"`
	Text string      `json:"text"`
	Want [][2]string `json:"want"`
}

func readCases(t testing.TB) []testCase {
	t.Helper()
	f, err := os.Open("testdata/cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []testCase
	for sc := bufio.NewScanner(f); sc.Scan(); {
		var c testCase
		if err := json.Unmarshal(sc.Bytes(), &c); err != nil {
			t.Fatalf("%s: %v", sc.Text(), err)
		}
		out = append(out, c)
	}
	return out
}

func TestCases(t *testing.T) {
	for _, c := range readCases(t) {
		t.Run(c.Name, func(t *testing.T) {
			got := [][2]string{}
			for _, p := range Find(nil, c.Text) {
				got = append(got, [2]string{c.Text[p.ShortStart:p.ShortEnd], c.Text[p.LongStart:p.LongEnd]})
			}
			if !reflect.DeepEqual(got, c.Want) {
				t.Errorf("%s\n got %q\nwant %q", c.Text, got, c.Want)
			}
		})
	}
}
