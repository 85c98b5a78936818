//go:build js && wasm && postil_debug

package main

import (
	"fmt"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"time"
)

// withDebugRoutes adds what tests need to break a running instance. The routes
// are not compiled into a release build.
func withDebugRoutes(h http.Handler) http.Handler {
	var ballast []byte
	started := time.Now().UnixNano()
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		// A request that names an object waits for it first, as one does that finds
		// what it knows of the archive too old.
		if key := r.Header.Get("Debug-Get"); key != "" {
			archive{}.Get(r.Context(), key, "")
		}
		h.ServeHTTP(w, r)
	})
	mux.HandleFunc("/debug/exit", func(http.ResponseWriter, *http.Request) {
		os.Exit(3)
	})
	mux.HandleFunc("/debug/fatal", func(http.ResponseWriter, *http.Request) {
		go func() { panic("a goroutine without a guard") }()
		select {}
	})
	mux.HandleFunc("/debug/started", func(w http.ResponseWriter, _ *http.Request) {
		w.Write(strconv.AppendInt(nil, started, 10))
	})
	mux.HandleFunc("/debug/memory", func(w http.ResponseWriter, _ *http.Request) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		fmt.Fprintf(w, "sys=%dM heap=%dM gcs=%d", m.Sys>>20, m.HeapAlloc>>20, m.NumGC)
	})
	mux.HandleFunc("/debug/hang", func(http.ResponseWriter, *http.Request) {
		select {}
	})
	mux.HandleFunc("/debug/grow", func(w http.ResponseWriter, r *http.Request) {
		mb, _ := strconv.Atoi(r.FormValue("mb"))
		ballast = make([]byte, mb<<20)
		w.Write(strconv.AppendInt(nil, int64(len(ballast)), 10))
	})
	return mux
}
