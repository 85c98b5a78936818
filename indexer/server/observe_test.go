package server_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"postil/indexer/server"
)

func TestRequestID(t *testing.T) {
	long := strings.Repeat("a", 64)
	for given, kept := range map[string]bool{
		"": false, "abc-1._~": true, long: true, long + "a": false, "a b": false, "a\"b": false, "a\nb": false, "é": false,
	} {
		var inner string
		h := server.Observe(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { inner = w.Header().Get("X-Request-Id") }), nil, nil)
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("X-Request-Id", given)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		id := w.Header().Get("X-Request-Id")
		if (id == given) != kept || len(id) < 16 && !kept || id != inner {
			t.Errorf("%q is answered with %q", given, id)
		}
	}
}

// TestLog holds that a line has what it should, and nothing of what was sent.
func TestLog(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(server.WithRequestID(slog.NewJSONHandler(&out, nil)))
	m := server.NewMetrics()
	done := make(chan bool, 1)
	observed := server.Observe(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Pattern = "/v1/terms/{id}"
		io.Copy(io.Discard, r.Body)
		log.ErrorContext(r.Context(), "request failed")
		w.WriteHeader(http.StatusEarlyHints)
		w.WriteHeader(http.StatusTeapot)
		io.WriteString(w, "short")
	}), log, m)
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		observed.ServeHTTP(w, r)
		done <- true
	}))
	defer h.Close()
	r, err := http.NewRequest("SECRET", h.URL+"/v1/terms/secret?q=secret", strings.NewReader("secret"))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer secret")
	r.Header.Set("X-Request-Id", "one")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	<-done

	var lines []map[string]any
	for d := json.NewDecoder(bytes.NewReader(out.Bytes())); d.More(); {
		var line map[string]any
		if err := d.Decode(&line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	if len(lines) != 2 || lines[0]["request_id"] != "one" || lines[0]["msg"] != "request failed" {
		t.Fatalf("%v", lines)
	}
	got := lines[1]
	ms, isNumber := got["ms"].(float64)
	if got["request_id"] != "one" || got["route"] != "/v1/terms/{id}" || got["method"] != "other" || got["status"] != 418.0 || got["bytes"] != 5.0 || !isNumber || ms < 0 {
		t.Errorf("%v", got)
	}
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	counted := w.Body.String()
	for _, want := range []string{
		`postil_request_duration_seconds_count{method="other",route="/v1/terms/{id}",status="418"} 1`,
		`postil_response_bytes_total{route="/v1/terms/{id}"} 5`, "go_goroutines ",
	} {
		if !strings.Contains(counted, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if strings.Contains(strings.ToLower(out.String()+counted), "secret") {
		t.Errorf("what was sent is told:\n%s%s", &out, counted)
	}
}
