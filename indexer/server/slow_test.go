package server_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"postil/indexer/server"
)

// patience is how long the servers of these tests wait for a client; a test that
// waits for much longer for the end of a connection has failed.
const patience, muchLonger = 50 * time.Millisecond, 30 * time.Second

// large is more than the system's buffers take of an answer.
const large = 64 << 20

// startImpatient serves bodies back at /echo and a large answer at /large.
func startImpatient(t *testing.T) string {
	mux := http.NewServeMux()
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		w.Write(body)
	})
	mux.HandleFunc("/large", func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, large)) })
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- server.ServeWithin(ctx, l, mux, slog.New(slog.DiscardHandler),
			server.Timeouts{Header: patience, Read: patience, Write: patience, Idle: patience})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return l.Addr().String()
}

// TestSlowClients: a connection ends whose client does not go on, and others are
// served meanwhile.
func TestSlowClients(t *testing.T) {
	const post = "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n"
	for _, c := range []struct {
		name, begin string
		trickle     string // sent byte by byte as long as the connection lasts
	}{
		{"nothing is sent", "", ""},
		{"half of a header", "GET /echo HTTP/1.1\r\nHo", ""},
		{"a header that never ends", "GET /echo HTTP/1.1\r\n", "X-A: b\r\n"},
		{"half of a body", post + "\r\nhello", ""},
		{"a body that never ends", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"},
		{"no request after the first", "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			address := startImpatient(t)
			conn := dial(t, address)
			io.WriteString(conn, c.begin)
			isServed(t, address)
			for c.trickle != "" {
				if _, err := io.WriteString(conn, c.trickle); err != nil {
					break
				}
			}
			if _, err := io.Copy(io.Discard, conn); errors.Is(err, os.ErrDeadlineExceeded) {
				t.Error("the connection is still there")
			}
			isServed(t, address)
		})
	}
}

// TestSlowReader: who does not take an answer does not get all of it.
func TestSlowReader(t *testing.T) {
	address := startImpatient(t)
	answer := beginLarge(t, address)
	var n int64
	for { // a little at a time, so that the time for writing is over before the end
		some, err := io.CopyN(io.Discard, answer, 4<<10)
		if n += some; errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatal("the connection is still there")
		} else if err != nil {
			break
		}
		isServed(t, address)
	}
	if n >= large {
		t.Errorf("the client got all %d bytes", n)
	}
}

// beginLarge asks for a large answer, again if the machine was too busy for the
// server's patience, and returns it after its first line.
func beginLarge(t *testing.T, address string) *bufio.Reader {
	t.Helper()
	for end := time.Now().Add(muchLonger); ; {
		conn := dial(t, address)
		io.WriteString(conn, "GET /large HTTP/1.1\r\nHost: a\r\n\r\n")
		answer := bufio.NewReader(conn)
		line, err := answer.ReadString('\n')
		switch {
		case err == nil && strings.Contains(line, "200"):
			return answer
		case err == nil || time.Now().After(end):
			t.Fatal(line, err)
		}
	}
}

func dial(t *testing.T, address string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(muchLonger))
	return conn
}

// isServed makes a request as other clients do, again if the machine was too busy
// for this one's patience.
func isServed(t *testing.T, address string) {
	t.Helper()
	const text = "hello"
	var last error
	for end := time.Now().Add(muchLonger); time.Now().Before(end); {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(conn, "POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", len(text), text)
		var answer []byte
		answer, last = io.ReadAll(conn)
		conn.Close()
		if strings.HasPrefix(string(answer), "HTTP/1.1 200 ") && strings.HasSuffix(string(answer), text) {
			return
		}
	}
	t.Fatalf("others are not served: %v", last)
}
