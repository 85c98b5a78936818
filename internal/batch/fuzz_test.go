package batch_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"postil"
	"postil/internal/batch"
)

// FuzzRun answers any bytes: one valid line for each that is not blank, with an
// id and either annotations or an error.
func FuzzRun(f *testing.F) {
	for _, s := range []string{
		`{"id":"a","text":"On AGI."}`, "{\"id\":1,\"html\":\"<p>A <b>T</b>PU\"}\r\n\n{\"id\":2}", `{"id":"\ud800","text":""}`,
		`{"id":null}`, `[{"id":1}]`, "\ufeff{}", "\xff", `{"id":"a","text":"x","a":{"b":[1,{"c":null}]}}`,
	} {
		f.Add([]byte(s))
	}
	a := annotator(f)
	f.Fuzz(func(t *testing.T, in []byte) {
		want := 0
		for i, line := range bytes.Split(in, []byte("\n")) {
			if i == 0 {
				line = bytes.TrimPrefix(line, []byte("\ufeff"))
			}
			if len(bytes.Trim(line, " \t\r")) > 0 {
				want++
			}
		}
		var out bytes.Buffer
		stats, err := batch.Run(context.Background(), bytes.NewReader(in), &out, a, postil.Options{}, 2)
		if err != nil {
			t.Fatal(err)
		}
		if n := bytes.Count(out.Bytes(), []byte("\n")); n != want || stats.Lines != want {
			t.Fatalf("%d answers, %+v, want %d", n, stats, want)
		}
		failed := 0
		for line := range bytes.Lines(out.Bytes()) {
			var answer struct {
				ID          json.RawMessage
				Annotations *[]any
				Error       *struct {
					Code, Detail string
					Line         int
				}
			}
			if err := json.Unmarshal(line, &answer); err != nil || answer.ID == nil || (answer.Annotations == nil) == (answer.Error == nil) {
				t.Fatalf("answer %s: %v", line, err)
			}
			if e := answer.Error; e != nil {
				failed++
				if e.Code == "" || e.Detail == "" || e.Line < 1 {
					t.Errorf("error %s", line)
				}
			}
		}
		if failed != stats.Failed {
			t.Errorf("%d failed, %+v", failed, stats)
		}
	})
}
