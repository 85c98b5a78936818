package worker_test

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"testing"

	"postil/worker"
)

// A unicodeCase is a string and where Unicode allows a break in it.
type unicodeCase struct {
	Text   string
	Breaks []int
}

// TestUnicode sends the strings of Unicode's tests of graphemes and words, where
// they are beside this checkout, as texts, ids, queries and options: each is
// answered as the description allows, a text with 200, and the term beside it is
// found where it stands.
func TestUnicode(t *testing.T) {
	contract := readContract(t)
	h := worker.New(annotator(t), worker.Options{})
	for _, name := range []string{"graphemes.jsonl", "words.jsonl"} {
		file := "../../shared/eval/unicode/" + name
		if _, err := os.Stat(file); os.IsNotExist(err) {
			t.Skipf("%s is not there", file)
		}
		lines := readLines[unicodeCase](t, file)
		if len(lines) == 0 {
			t.Fatalf("%s is empty", file)
		}
		for i, line := range lines {
			text := line.Text + " AGI. " + line.Text
			w := serve(h, httptest.NewRequest("POST", "/v1/annotate?offsets=utf-8", strings.NewReader(text)), "Content-Type", "text/plain")
			var found struct {
				Annotations []struct {
					Start, End int
					Exact      string
				}
			}
			if err := json.Unmarshal(w.Body.Bytes(), &found); err != nil || w.Code != 200 {
				t.Errorf("%+q as a text: %d %v %s", line.Text, w.Code, err, w.Body)
			}
			for _, a := range found.Annotations {
				if text[a.Start:a.End] != a.Exact {
					t.Errorf("%+q as a text: %q stands at %d to %d, not %q", line.Text, text[a.Start:a.End], a.Start, a.End, a.Exact)
				}
			}
			if !strings.Contains(w.Body.String(), `"exact":"AGI"`) {
				t.Errorf("%+q as a text: AGI is not found: %s", line.Text, w.Body)
			}
			if i%10 > 0 { // of the rest a tenth, which takes a tenth of a minute
				continue
			}
			segment, value := url.PathEscape(line.Text), url.QueryEscape(line.Text)
			for _, path := range []string{
				"/v1/terms/" + segment, "/v1/terms/" + segment + "/mentions", "/v1/articles/" + segment, "/v1/search?q=" + value,
				"/v1/suggest?q=" + value, "/v1/terms?prefix=" + value, "/v1/terms?kind=" + value, "/v1/terms?cursor=" + value, "/v1/terms?" + value + "=1",
			} {
				r := httptest.NewRequest("GET", path, nil)
				w := serve(h, r)
				if w.Code >= 500 || !json.Valid(w.Body.Bytes()) {
					t.Errorf("%s: %d %s", path, w.Code, w.Body)
				}
				if w.Code != 404 {
					contract.check(t, r, nil, w.Result(), w.Body.Bytes())
				}
			}
			for _, option := range []string{"terms", "exclude", "kinds", "occurrences", "language"} {
				w := serve(h, httptest.NewRequest("POST", "/v1/annotate?"+option+"="+value, strings.NewReader("AGI")), "Content-Type", "text/plain")
				if w.Code != 200 && w.Code != 422 || !json.Valid(w.Body.Bytes()) {
					t.Errorf("%+q as %s: %d %s", line.Text, option, w.Code, w.Body)
				}
			}
		}
	}
}
