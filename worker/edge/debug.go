//go:build js && wasm && postil_debug

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"postil/internal/store"
)

// withDebugRoutes adds what tests need to break a running instance. The routes
// are not compiled into a release build.
func withDebugRoutes(h http.Handler) http.Handler {
	var ballast []byte
	started := time.Now().UnixNano()
	mux := http.NewServeMux()
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
	mux.HandleFunc("/debug/random", func(w http.ResponseWriter, _ *http.Request) {
		w.Write(strconv.AppendUint(nil, rand.Uint64(), 10))
	})
	mux.HandleFunc("/debug/memory", func(w http.ResponseWriter, _ *http.Request) {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		fmt.Fprintf(w, "sys=%dM heap=%dM gcs=%d", m.Sys>>20, m.HeapAlloc>>20, m.NumGC)
	})
	mux.HandleFunc("/debug/collect", func(w http.ResponseWriter, _ *http.Request) {
		runtime.GC()
		runtime.Gosched() // to the finalizers, which let go of JavaScript's objects
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		w.Write(strconv.AppendUint(nil, m.HeapAlloc, 10))
	})
	mux.HandleFunc("/debug/store/", debugStore)
	hanging := 0
	mux.HandleFunc("/debug/hang", func(http.ResponseWriter, *http.Request) {
		hanging++
		select {}
	})
	mux.HandleFunc("/debug/hanging", func(w http.ResponseWriter, _ *http.Request) {
		w.Write(strconv.AppendInt(nil, int64(hanging), 10))
	})
	mux.HandleFunc("/debug/grow", func(w http.ResponseWriter, r *http.Request) {
		mb, _ := strconv.Atoi(r.FormValue("mb"))
		ballast = make([]byte, mb<<20)
		w.Write(strconv.AppendInt(nil, int64(len(ballast)), 10))
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A request that names an object waits for it first, as one does that finds
		// what it knows of the archive too old.
		if key := r.Header.Get("Debug-Get"); key != "" {
			archive{}.Get(r.Context(), key, "")
		}
		if strings.HasPrefix(r.URL.Path, "/debug/") {
			mux.ServeHTTP(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
}

// debugStore makes one call of the archive: GET, PUT and DELETE of the key in
// the path, with the conditions of package store in the query, and SEARCH for the
// keys that begin with it.
func debugStore(w http.ResponseWriter, r *http.Request) {
	key := strings.TrimPrefix(r.URL.Path, "/debug/store/")
	version := store.Version(r.FormValue("version"))
	var body []byte
	var err error
	switch r.Method {
	case http.MethodGet:
		var o store.Object
		o, err = archive{}.Get(r.Context(), key, version)
		body, version = o.Data, o.Version
	case http.MethodPut:
		body, _ = io.ReadAll(r.Body)
		version, err = archive{}.Put(r.Context(), key, body, store.Condition{Absent: r.FormValue("absent") != "", Match: version})
	case http.MethodDelete:
		err = archive{}.Delete(r.Context(), strings.Split(key, ",")...)
	case "SEARCH":
		var page []store.Entry
		var more string
		page, more, err = archive{}.List(r.Context(), key, r.FormValue("after"))
		w.Header().Set("More", more)
		body, _ = json.Marshal(page)
	}
	w.Header().Set("Version", string(version))
	if err != nil {
		w.Header().Set("Error", err.Error())
	}
	if len(body) > 0 {
		w.Write(body)
	}
}
