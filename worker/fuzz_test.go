package worker_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"postil/internal/store/storetest"
	"postil/worker"
)

func decode(t *testing.T, w *httptest.ResponseRecorder, v any) {
	t.Helper()
	if err := json.Unmarshal(w.Body.Bytes(), v); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
}

// FuzzAnnotate sends anything as body, type, Accept and query: the handler
// never fails, says JSON where it says so, answers nothing that is not
// documented, and takes no JSON that a strict reader would refuse.
func FuzzAnnotate(f *testing.F) {
	for _, c := range readCases(f) {
		if c.Path == "/v1/annotate" || strings.HasPrefix(c.Path, "/v1/annotate?") {
			_, query, _ := strings.Cut(c.Path, "?")
			if b := c.body(f); len(b) < 1000 {
				f.Add(b, c.Headers["Content-Type"], c.Headers["Accept"], query)
			}
		}
	}
	h := worker.New(annotator(f), worker.Options{})
	contract := readContract(f)
	f.Fuzz(func(t *testing.T, body []byte, kind, accept, query string) {
		r := httptest.NewRequest("POST", "/v1/annotate", bytes.NewReader(body))
		r.URL.RawQuery = query
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Accept", accept)
		w := serve(h, r)
		if w.Code >= 500 {
			t.Fatalf("status %d: %s", w.Code, w.Body)
		}
		res := w.Result()
		contract.response(t, contract.input(r), res, w.Body.Bytes())
		if w.Code == 200 && strings.HasPrefix(kind, "application/json") && r.Header.Get("Content-Encoding") == "" && !json.Valid(body) {
			t.Errorf("took %q for JSON", body)
		}
		if !validJSON(w.Header().Get("Content-Type"), w.Body.Bytes()) {
			t.Errorf("answered with no JSON: %s", w.Body)
		}
	})
}

// FuzzPublish sends anything to a site: nothing fails, every answer is
// documented, and the store changes only for an index that comes with a token.
func FuzzPublish(f *testing.F) {
	index, digest := indexOf(f, "one")
	for _, path := range []string{"/s/a/v1/index", "/s/b/v1/index/rollback", "/s/a/v1/terms/one", "/s/A/v1/index", "/s//v1/index", "/s/a/v1/"} {
		for _, method := range []string{"GET", "PUT", "POST", "DELETE", "OPTIONS"} {
			f.Add(method, path, "", "Bearer all", "application/octet-stream", index)
		}
	}
	f.Add("POST", "/s/a/v1/index/rollback", "version="+digest, "Bearer two", "", []byte{})
	contract := readContract(f)
	grants, err := worker.ParseGrants(hashed("all") + " two:" + hashed("two"))
	if err != nil {
		f.Fatal(err)
	}
	a := annotator(f)
	f.Fuzz(func(t *testing.T, method, path, query, token, kind string, body []byte) {
		st := &storetest.Memory{}
		h := worker.New(a, worker.Options{Store: st, Grants: grants})
		r, err := http.NewRequest(method, "http://host/", bytes.NewReader(body))
		if err != nil || method == http.MethodOptions {
			t.Skip("no method, or one that takes any query")
		}
		r.URL.Path, r.URL.RawQuery = path, query
		r.Header.Set("Authorization", token)
		r.Header.Set("Content-Type", kind)
		w := serve(h, r)
		if w.Code >= 500 {
			t.Fatalf("status %d: %s", w.Code, w.Body)
		}
		res := w.Result()
		res.Request = r
		if w.Code == 404 { // a site that is not there takes no method
			contract.problem(t, w.Body.Bytes(), res)
		} else {
			contract.check(t, r, body, res, w.Body.Bytes())
		}
		page, _, err := st.List(context.Background(), "", "")
		if err != nil {
			t.Fatal(err)
		}
		published := method == "PUT" && w.Code == 200 && strings.HasPrefix(token, "Bearer ") && bytes.Equal(body, index)
		if (len(page) > 0) != published {
			t.Errorf("%s %s: %d, and %d objects are stored", method, path, w.Code, len(page))
		}
	})
}
