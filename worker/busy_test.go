package worker_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"postil/worker"
)

// TestBusy: one request too many is refused at once, monitors are not, and when
// the others are done there is room again.
func TestBusy(t *testing.T) {
	const most = 3
	h := worker.New(annotator(t), worker.Options{MaxRunning: most})
	contract := readContract(t)
	var begun, done sync.WaitGroup
	hold := make(chan struct{})
	for range most {
		begun.Add(1)
		done.Go(func() {
			r := httptest.NewRequest("POST", "/v1/annotate", io.MultiReader(held{&begun, hold}, strings.NewReader("What is AGI?")))
			r.Header.Set("Content-Type", "text/plain")
			w := serve(h, r)
			if w.Code != 200 || !strings.Contains(w.Body.String(), "agi") {
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
	if w := serve(h, httptest.NewRequest("GET", "/healthz", http.NoBody)); w.Code != 200 {
		t.Errorf("/healthz answers %d", w.Code)
	}
	close(hold)
	done.Wait()
	if w := serve(h, httptest.NewRequest("GET", "/v1/terms/agi", http.NoBody)); w.Code != 200 {
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
