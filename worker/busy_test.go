package worker_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"postil/internal/store"
	"postil/internal/store/storetest"
	"postil/worker"
)

// TestBusy: one request too many is refused at once, monitors are not, and when
// the others are done there is room again.
func TestBusy(t *testing.T) {
	const most = 3
	var begun, done sync.WaitGroup
	begun.Add(most)
	hold := make(chan struct{})
	h := worker.New(annotator(t), worker.Options{MaxRunning: most, Store: &heldStore{held: held{&begun, hold}}})
	contract := readContract(t)
	for range most {
		done.Go(func() {
			if w := get(h, "/s/none/v1/terms"); w.Code != 404 {
				t.Errorf("%d %s", w.Code, w.Body)
			}
		})
	}
	begun.Wait()
	r := httptest.NewRequest("GET", "/v1/terms/agi", http.NoBody)
	w := serve(h, r)
	if w.Code != 503 || w.Header().Get("Retry-After") == "" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	contract.check(t, r, nil, w.Result(), w.Body.Bytes())
	if w := get(h, "/healthz"); w.Code != 200 {
		t.Errorf("/healthz answers %d", w.Code)
	}
	close(hold)
	done.Wait()
	if w := get(h, "/v1/terms/agi"); w.Code != 200 {
		t.Errorf("afterwards: %d", w.Code)
	}
}

// held says that it is read, and ends when it may.
type held struct {
	begun *sync.WaitGroup
	hold  chan struct{}
}

func (h held) Read([]byte) (int, error) {
	h.begun.Done()
	<-h.hold
	return 0, io.EOF
}

// heldStore answers when it may.
type heldStore struct {
	storetest.Memory
	held held
}

func (s *heldStore) Get(ctx context.Context, key string, known store.Version) (store.Object, error) {
	s.held.Read(nil)
	return s.Memory.Get(ctx, key, known)
}

// TestSlowBodies: clients who send slowly take no place from others, however many
// they are.
func TestSlowBodies(t *testing.T) {
	h := worker.New(annotator(t), worker.Options{MaxRunning: 1})
	for _, kind := range []string{"text/plain", "application/x-ndjson"} {
		var begun, done sync.WaitGroup
		hold := make(chan struct{})
		const text = `{"id":1,"text":"What is AGI?"}`
		for range 50 {
			begun.Add(1)
			done.Go(func() {
				w := post(h, io.MultiReader(strings.NewReader(text), held{&begun, hold}), "Content-Type", kind)
				if w.Code != 200 && w.Code != 503 { // all go on at once, and one has a place
					t.Errorf("%d %s", w.Code, w.Body)
				}
			})
			begun.Wait()
		}
		if w := get(h, "/v1/terms/agi"); w.Code != 200 {
			t.Errorf("%s: GET: %d", kind, w.Code)
		}
		if w := post(h, strings.NewReader(text), "Content-Type", kind); w.Code != 200 || !strings.Contains(w.Body.String(), "agi") {
			t.Errorf("%s: POST: %d %s", kind, w.Code, w.Body)
		}
		close(hold)
		done.Wait()
	}
}

// TestHeldBodies: bodies that are still sent take a bounded room, the last of it
// only small ones.
func TestHeldBodies(t *testing.T) {
	const large = 100 << 10
	h := worker.New(annotator(t), worker.Options{MaxHeld: 1 << 20})
	contract := readContract(t)
	var answered, group sync.WaitGroup
	hold := make(chan struct{})
	codes := make(chan int, 50)
	for range cap(codes) {
		answered.Add(1)
		group.Go(func() {
			// One that says how long it is counts what has come all the same.
			r := httptest.NewRequest("POST", "/v1/annotate", io.MultiReader(strings.NewReader(strings.Repeat("a ", large/2)), &once{done: answered.Done, hold: hold}))
			r.Header.Set("Content-Type", "text/plain")
			r.ContentLength = large + 1
			w := serve(h, r)
			if codes <- w.Code; w.Code != 200 {
				contract.check(t, r, nil, w.Result(), w.Body.Bytes())
				answered.Done()
			}
		})
	}
	answered.Wait()
	if n := len(codes); n < 40 || n == cap(codes) {
		t.Errorf("%d of %d bodies are refused", n, cap(codes))
	}
	for range 3 {
		if w := post(h, strings.NewReader("AGI")); w.Code != 200 {
			t.Errorf("a small one: %d %s", w.Code, w.Body)
		}
	}
	close(hold)
	group.Wait()
	if w := post(h, strings.NewReader(strings.Repeat("a ", large/2))); w.Code != 200 {
		t.Errorf("a large one afterwards: %d %s", w.Code, w.Body)
	}
}

// once calls done when it is first read, and has one more byte when it may.
type once struct {
	done func()
	hold chan struct{}
	sync.Once
}

func (o *once) Read(p []byte) (int, error) {
	o.Do(o.done)
	<-o.hold
	p[0] = 'a'
	return 1, io.EOF
}

// TestSlowReaders: who takes an answer slowly takes no place from others either.
func TestSlowReaders(t *testing.T) {
	text := strings.Repeat("AGI ", 4000)
	size := post(worker.New(annotator(t), worker.Options{}), strings.NewReader(text)).Body.Len()
	h := worker.New(annotator(t), worker.Options{MaxRunning: 1, MaxHeld: int64(2 * size)})
	var begun, done sync.WaitGroup
	hold := make(chan struct{})
	ask := func() *slowWriter {
		w := &slowWriter{httptest.NewRecorder(), held{&begun, hold}}
		r := httptest.NewRequest("POST", "/v1/annotate", strings.NewReader(text))
		r.Header.Set("Content-Type", "text/plain")
		h.ServeHTTP(w, r)
		return w
	}
	var mu sync.Mutex
	codes := map[int]int{}
	for range 3 {
		begun.Add(1)
		done.Go(func() {
			w := ask()
			mu.Lock()
			defer mu.Unlock()
			codes[w.Code]++
		})
		begun.Wait()
		if w := get(h, "/v1/terms/agi"); w.Code != 200 {
			t.Errorf("GET: %d", w.Code)
		}
	}
	close(hold)
	done.Wait()
	if codes[200] != 1 || codes[503] != 2 {
		t.Errorf("room for one and a half answers of %d bytes: %v", size, codes)
	}
}

type slowWriter struct {
	*httptest.ResponseRecorder
	held held
}

func (w *slowWriter) Write(p []byte) (int, error) {
	w.held.Read(nil)
	return w.ResponseRecorder.Write(p)
}
