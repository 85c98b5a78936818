package worker

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"postil"
)

// TestSlowBatch: a batch may be as slow as it likes until others want its place.
func TestSlowBatch(t *testing.T) {
	index, err := postil.Compile([]postil.Term{{ID: "agi", Label: "AGI"}}, postil.CompileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := postil.Open(index)
	if err != nil {
		t.Fatal(err)
	}
	service := New(a, Options{MaxBatch: -1, MaxRunning: 8}) // two of them
	service.own.load.grace = -time.Hour                     // as if each had begun long ago
	s := httptest.NewServer(service)
	t.Cleanup(s.Close)
	begin := func() (send func() error) {
		conn, err := net.Dial("tcp", s.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { conn.Close() })
		conn.SetDeadline(time.Now().Add(30 * time.Second))
		fmt.Fprint(conn, "POST /v1/annotate HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
		var answers *bufio.Reader
		return func() error {
			const line = `{"id":1,"text":"AGI"}` + "\n"
			fmt.Fprintf(conn, "%x\r\n%s\r\n", len(line), line)
			if answers == nil {
				res, err := http.ReadResponse(bufio.NewReader(conn), nil)
				if err != nil {
					return err
				}
				answers = bufio.NewReader(res.Body)
			}
			_, err := answers.ReadString('\n')
			return err
		}
	}
	first := begin()
	if err := first(); err != nil {
		t.Fatalf("alone it is refused: %v", err)
	}
	second := begin()
	if err := second(); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("where there is no place left a slow one goes on: %v", err)
	}
	if err := first(); err != nil {
		t.Errorf("the place was given up, and still it is refused: %v", err)
	}
}
