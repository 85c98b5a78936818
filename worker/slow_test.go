package worker_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"postil/internal/store/storetest"
	"postil/worker"
)

// connect begins a request on a connection of its own.
func connect(t *testing.T, s *httptest.Server, head string) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := net.Dial("tcp", s.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(30 * time.Second))
	fmt.Fprintf(conn, "%s\r\nHost: h\r\n\r\n", head)
	return conn, bufio.NewReader(conn)
}

// TestSlowBodyEnds: who does not send in time is told so, in whatever form the text comes.
func TestSlowBodyEnds(t *testing.T) {
	s := httptest.NewUnstartedServer(worker.New(annotator(t), worker.Options{}))
	s.Config.ReadTimeout = 50 * time.Millisecond
	s.Start()
	defer s.Close()
	contract := readContract(t)
	for _, kind := range []string{"text/plain", "application/x-ndjson"} {
		conn, answer := connect(t, s, "POST /v1/annotate HTTP/1.1\r\nContent-Type: "+kind+"\r\nContent-Length: 100")
		io.WriteString(conn, "AGI")
		r := httptest.NewRequest("POST", "/v1/annotate", nil)
		res, err := http.ReadResponse(answer, r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(res.Body)
		if res.StatusCode != 408 || !res.Close {
			t.Errorf("%s: %d, closes %v", kind, res.StatusCode, res.Close)
		}
		contract.check(t, r, nil, res, body)
	}
}

// TestUnwantedUploads: who may not publish is told so before the upload, and not
// listened to any longer.
func TestUnwantedUploads(t *testing.T) {
	grants, err := worker.ParseGrants(strings.Repeat("00", 32))
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(worker.New(annotator(t), worker.Options{Store: &storetest.Memory{}, Grants: grants}))
	t.Cleanup(s.Close)
	for _, length := range []string{"Content-Length: 1000", "Content-Length: 30000000", "Transfer-Encoding: chunked"} {
		for token, want := range map[string]int{"": 401, "\r\nAuthorization: Bearer wrong": 401} {
			conn, answer := connect(t, s, "PUT /s/one/v1/index HTTP/1.1\r\n"+length+token)
			io.WriteString(conn, "1\r\na\r\n")
			res, err := http.ReadResponse(answer, nil)
			if err != nil {
				t.Fatalf("%s: %v", length, err)
			}
			if res.StatusCode != want || !res.Close {
				t.Errorf("%s: %d, closes %v", length, res.StatusCode, res.Close)
			}
		}
	}
}

// TestBatchPlaces: batches that are streamed have places of their own, and one that is
// refused or broken off leaves its own to others.
func TestBatchPlaces(t *testing.T) {
	s := httptest.NewServer(worker.New(annotator(t), worker.Options{MaxBatch: -1, MaxRunning: 8})) // two of them
	t.Cleanup(s.Close)                                                                             // after the connections
	begin := func() (net.Conn, int) {
		conn, answer := connect(t, s, "POST /v1/annotate HTTP/1.1\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked")
		fmt.Fprintf(conn, "%x\r\n%s\r\n", len(line(0)), line(0))
		res, err := http.ReadResponse(answer, nil)
		if err != nil {
			t.Fatal(err)
		}
		return conn, res.StatusCode
	}
	first, one := begin()
	_, two := begin()
	if one != 200 || two != 200 {
		t.Fatal(one, two)
	}
	for range 3 {
		if conn, code := begin(); code != 503 {
			t.Errorf("one more batch than may be: %d", code)
		} else {
			conn.Close()
		}
	}
	for _, path := range []string{"/v1/terms/agi", "/healthz"} {
		if res, err := http.Get(s.URL + path); err != nil || res.StatusCode != 200 {
			t.Errorf("%s: %v %v", path, res, err)
		}
	}
	if res, err := http.Post(s.URL+"/v1/annotate", "text/plain", strings.NewReader("AGI")); err != nil || res.StatusCode != 200 {
		t.Errorf("a text: %v %v", res, err)
	}
	first.Close()
	for end := time.Now().Add(30 * time.Second); ; {
		if _, code := begin(); code == 200 {
			return
		} else if time.Now().After(end) {
			t.Fatalf("there is no place again: %d", code)
		}
	}
}
