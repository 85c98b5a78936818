package remote_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"postil/indexer/remote"
)

// answers gives them one after the other, and remembers what was asked.
type answers struct {
	list  []string // "STATUS BODY"; "" breaks the connection off
	asked []string
}

func (a *answers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	a.asked = append(a.asked, fmt.Sprintf("%s %s %s %s", r.Method, r.URL, r.Header.Get("Authorization"), body))
	next := a.list[0]
	a.list = a.list[1:]
	if next == "" {
		panic(http.ErrAbortHandler)
	}
	var status int
	fmt.Sscan(next, &status)
	if status/100 == 3 {
		w.Header().Set("Location", "/elsewhere")
	}
	w.WriteHeader(status)
	io.WriteString(w, next[4:])
}

const (
	listed  = `200 {"site":"x","versions":[{"index":"sha256-b","size":2},{"index":"sha256-a","size":1}]}`
	problem = `503 {"detail":"try again shortly"}`
)

func TestRepeats(t *testing.T) {
	for _, c := range []struct {
		list  []string
		asked int
		want  string
	}{
		{[]string{listed}, 1, "sha256-b"},
		{[]string{problem, "", "502 nothing", listed}, 4, "sha256-b"},
		{[]string{problem, problem, problem, problem, problem}, 5, "try again shortly"},
		{[]string{`401 {"detail":"none of this service"}`}, 1, "401 Unauthorized: none of this service"},
		{[]string{`404 {"detail":"there is no site \"x\""}`}, 1, "nothing has been published there yet"},
		{[]string{`404 nothing`}, 1, "404 Not Found: Not Found"},
		{[]string{`301 moved`}, 1, "the address leads to /elsewhere: "},
		{[]string{`307 moved`}, 1, "the address leads to /elsewhere: "},
		{[]string{`200 <html>`}, 1, "is it a site of a Postil service?"},
		{[]string{`200 {}`}, 1, "is it a site of a Postil service?"},
	} {
		a := &answers{list: c.list}
		server := httptest.NewServer(a)
		s, err := remote.New(server.URL+"/base/s/x/", "token")
		if err != nil {
			t.Fatal(err)
		}
		s.Pause = 0
		sent := 0
		versions, err := s.Publish(context.Background(), []byte("index"), func(n int) { sent = n })
		got := fmt.Sprint(versions, err)
		if !strings.Contains(got, c.want) || len(a.asked) != c.asked {
			t.Errorf("%q: %s after %d requests, want %s after %d", c.list, got, len(a.asked), c.want, c.asked)
		}
		for _, asked := range a.asked {
			if asked != "PUT /base/s/x/v1/index Bearer token index" {
				t.Errorf("asked %s", asked)
			}
		}
		if sent != 5 {
			t.Errorf("%d bytes were reported", sent)
		}
		server.Close()
	}
}

// TestGivenUp ends a request that is being repeated.
func TestGivenUp(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		cancel()
		w.WriteHeader(503)
	}))
	defer server.Close()
	s, err := remote.New(server.URL+"/s/x", "token")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Versions(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestAddresses(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://h/s/a": true, "http://h:1/s/a/": true, "https://h/base/s/a": true,
		"": false, "h/s/a": false, "https://h": false, "https://h/s/": false, "https://h/s/a/v1": false, "ftp://h/s/a": false, "https://h/s/a?x": false, "://": false,
	} {
		if _, err := remote.New(address, "t"); (err == nil) != ok {
			t.Errorf("%q: error %v", address, err)
		}
	}
}
