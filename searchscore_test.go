package postil_test

import (
	"encoding/json"
	"testing"

	"postil"
)

// TestScoresAreNumbers: what counts nothing is found, with scores that are numbers, page by page.
func TestScoresAreNumbers(t *testing.T) {
	a, err := postil.Open(withArticles(t))
	if err != nil {
		t.Fatal(err)
	}
	q := postil.SearchQuery{Text: "text:merger^0", Scope: postil.ScopeArticles, Limit: 1}
	for _, id := range []string{"two", "one"} {
		r, err := a.Search(q)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Articles) != 1 || r.Articles[0].ID != id || !json.Valid(r.AppendJSON(nil)) {
			t.Fatalf("%s, want %s", r.AppendJSON(nil), id)
		}
		q.Cursor = r.Next
	}
	if q.Cursor != "" {
		t.Error("there is a third page")
	}
}
