package worker_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"postil/worker"
)

// batchServer streams batches.
func batchServer(t *testing.T) *httptest.Server {
	s := httptest.NewServer(worker.New(annotator(t), worker.Options{MaxBatch: -1}))
	t.Cleanup(s.Close)
	return s
}

// postBatch sends what is written to the pipe.
func postBatch(t *testing.T, s *httptest.Server) (*io.PipeWriter, <-chan *http.Response) {
	in, out := io.Pipe()
	t.Cleanup(func() { in.Close() })
	answered := make(chan *http.Response, 1)
	go func() {
		res, err := http.Post(s.URL+"/v1/annotate", "application/x-ndjson", in)
		if err != nil {
			t.Error(err)
		}
		answered <- res
	}()
	return out, answered
}

// line is one question, with an answer of some 16 KB.
func line(i int) string {
	return fmt.Sprintf(`{"id":%d,"text":"%s"}`+"\n", i, strings.Repeat("An AGI on a TPU, and then more of the words that texts have. ", 64))
}

// TestBatchStreams gets the answer to a line before it sends the next one.
func TestBatchStreams(t *testing.T) {
	in, answered := postBatch(t, batchServer(t))
	io.WriteString(in, line(0))
	res := <-answered
	defer res.Body.Close()
	if res.StatusCode != 200 || res.ContentLength >= 0 || res.Header.Get("Content-Type") != "application/x-ndjson" {
		t.Fatalf("%d %s", res.StatusCode, res.Header)
	}
	answers := bufio.NewReader(res.Body)
	for i := range 5 {
		if i > 0 {
			io.WriteString(in, line(i))
		}
		if got, err := answers.ReadString('\n'); err != nil || !strings.HasPrefix(got, fmt.Sprintf(`{"id":%d,"annotations":[{`, i)) {
			t.Fatalf("answer %d: %.100s %v", i, got, err)
		}
	}
	in.Close()
	if rest, err := io.ReadAll(answers); len(rest) > 0 || err != nil {
		t.Errorf("%q %v", rest, err)
	}
}

// TestBatchOfAnyLength sends 50 MB and looks, at every tenth of it, at the bytes
// that live: they do not grow with what has been sent.
func TestBatchOfAnyLength(t *testing.T) {
	total := 50 << 20
	if testing.Short() {
		total = 5 << 20
	}
	in, answered := postBatch(t, batchServer(t))
	n := total / len(line(0))
	each := n / 10
	live := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before, most := live(), int64(0)
	tenth, looked := make(chan struct{}), make(chan struct{})
	go func() {
		defer in.Close()
		for i := range n {
			io.WriteString(in, line(i))
			if (i+1)%each > 0 {
				continue
			}
			select { // until all of these are answered and looked at
			case tenth <- struct{}{}:
				<-looked
			case <-t.Context().Done():
				return
			}
		}
	}()
	res := <-answered
	defer res.Body.Close()
	answers, size := bufio.NewReader(res.Body), 0
	for i := range n {
		got, err := answers.ReadString('\n')
		if err != nil || !strings.HasPrefix(got, fmt.Sprintf(`{"id":%d,"annotations":[{`, i)) {
			t.Fatalf("answer %d: %.100s %v", i, got, err)
		}
		size += len(got)
		if (i+1)%each == 0 {
			<-tenth
			most = max(most, live())
			looked <- struct{}{}
		}
	}
	if grown := most - before; grown > 8<<20 {
		t.Errorf("%d bytes live while %d are answered", grown, total)
	}
	t.Logf("%d MB in, %d MB out, at most %d KB live", total>>20, size>>20, (most-before)>>10)
}

// TestBatchOfNothing sends little that becomes much.
func TestBatchOfNothing(t *testing.T) {
	h := worker.New(annotator(t), worker.Options{MaxBatch: -1})
	ask := func(bytesOut int) (cut any) {
		defer func() { cut = recover() }()
		body := gzipped([]byte(strings.Repeat("\n", bytesOut)))
		if w := post(h, bytes.NewReader(body), "Content-Type", "application/x-ndjson", "Content-Encoding", "gzip"); w.Code != 200 || w.Body.Len() > 0 {
			t.Errorf("%d bytes: %d %s", bytesOut, w.Code, w.Body)
		}
		return nil
	}
	if cut := ask(1 << 20); cut != nil {
		t.Error("a megabyte of nothing:", cut)
	}
	if cut := ask(16 << 20); cut != http.ErrAbortHandler {
		t.Error("sixteen megabytes of nothing are read:", cut)
	}
}

// TestBatchWaits sends as much as is taken of an endless batch whose answers
// nobody reads: not more than what connections hold.
func TestBatchWaits(t *testing.T) {
	in, answered := postBatch(t, batchServer(t))
	var sent atomic.Int64
	go func() {
		for i := 0; ; i++ {
			n, err := io.WriteString(in, line(i))
			if sent.Add(int64(n)); err != nil {
				return
			}
		}
	}()
	res := <-answered
	before := int64(-1)
	for now := sent.Load(); now != before; now = sent.Load() {
		if before = now; before > 64<<20 {
			t.Fatalf("%d bytes are taken and none of the answers read", before)
		}
		time.Sleep(300 * time.Millisecond)
	}
	// It goes on as soon as answers are read.
	if _, err := io.CopyN(io.Discard, res.Body, 16<<20); err != nil {
		t.Fatal(err)
	}
	for sent.Load() == before {
		time.Sleep(time.Millisecond)
	}
	res.Body.Close()
}

// TestBatchCutOff breaks off a batch in the middle of a line and sends one that
// is too long: what came before is answered.
func TestBatchCutOff(t *testing.T) {
	s := batchServer(t)
	in, answered := postBatch(t, s)
	io.WriteString(in, line(0)+`{"id":1,"te`)
	res := <-answered
	in.CloseWithError(io.ErrUnexpectedEOF)
	body, _ := io.ReadAll(res.Body)
	if !bytes.HasPrefix(body, []byte(`{"id":0,"annotations"`)) || bytes.Contains(body, []byte(`"id":1`)) {
		t.Errorf("%.200s", body)
	}

	h := worker.New(annotator(t), worker.Options{MaxBatch: -1, MaxBody: 1000})
	w := post(h, strings.NewReader(`{"id":1,"text":"`+strings.Repeat("a", 5000)+"\"}\n"+`{"id":2,"text":"AGI"}`), "Content-Type", "application/x-ndjson")
	want := `{"id":null,"error":{"code":"too-long","detail":"the line is longer than 1000 bytes","line":1}}` + "\n" + `{"id":2,"annotations":[{`
	if w.Code != 200 || !strings.HasPrefix(w.Body.String(), want) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestBatchNotUnpacked has a batch whose compression goes wrong, or too far, end with
// the reason, and not as if it were whole.
func TestBatchNotUnpacked(t *testing.T) {
	cut := gzipped([]byte(line(0) + line(1)))
	for name, c := range map[string]struct {
		body []byte
		want string
	}{
		"cut off": {cut[:len(cut)-8], `{"id":null,"error":{"code":"bad-body","detail":"the body is not valid gzip: it ends too early","line":3}}`},
		"too far": {gzipped([]byte(line(0) + strings.Repeat("\n", 8<<20))), `"detail":"the body is more than 100 times as long as it is sent: send it less compressed, or in parts"`},
	} {
		w := httptest.NewRecorder()
		func() {
			defer func() {
				if v := recover(); v != http.ErrAbortHandler {
					t.Errorf("%s: it ends with %v", name, v)
				}
			}()
			r := httptest.NewRequest("POST", "/v1/annotate", bytes.NewReader(c.body))
			r.Header.Set("Content-Type", "application/x-ndjson")
			r.Header.Set("Content-Encoding", "gzip")
			worker.New(annotator(t), worker.Options{MaxBatch: -1}).ServeHTTP(w, r)
		}()
		if got := w.Body.String(); !strings.HasPrefix(got, `{"id":0,"annotations"`) || !strings.Contains(got, c.want) || !strings.HasSuffix(got, "}}\n") {
			t.Errorf("%s: %.300s", name, got)
		}
	}
}

// TestBatchAborts has an answer that cannot be written cut the connection, so
// that it is not taken for whole.
func TestBatchAborts(t *testing.T) {
	h := worker.New(annotator(t), worker.Options{MaxBatch: -1})
	defer func() {
		if v := recover(); v != http.ErrAbortHandler {
			t.Errorf("it ends with %v", v)
		}
	}()
	post(h, io.MultiReader(strings.NewReader(line(0)), broken{}), "Content-Type", "application/x-ndjson")
	t.Error("the answer ends as if it were whole")
}
